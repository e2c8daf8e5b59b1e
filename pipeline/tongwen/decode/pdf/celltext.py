"""Chunks put together to one text: with the white between them, and without the wraps of a cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from tongwen.decode.pdf.shapes import Chunk

Ranges = list[tuple[int, int]]


def between(chunk: Chunk, following: Chunk) -> str:
    """The spaces that stand between two chunks of a line: those of the file, or as many as have room there."""
    printed = chunk.text[len(chunk.text.rstrip()) :]
    room = (following.box.x0 - chunk.box.x1) / chunk.size
    return printed or (" " if room < 1.5 else " " * max(2, round(2 * room)))


def cell_text(chunks: Sequence[Chunk]) -> tuple[str, Ranges]:
    """A cell's text in one line, and where raised signs stand in it. Lines of hanzi are joined without a space."""
    text = ""
    raised: Ranges = []
    for chunk in sorted(chunks, key=lambda chunk: (round(chunk.base / (0.4 * chunk.size)), chunk.box.x0)):
        printed = chunk.text.strip()
        if text and printed and not _close(text[-1], printed[0]):
            text += " "
        raised += [(len(text) + start, len(text) + end) for start, end in chunk.raised]
        text += printed
    return text, raised


def _close(last: str, first: str) -> bool:
    return last == "-" or all(unicodedata.east_asian_width(side) in "WF" for side in (last, first))
