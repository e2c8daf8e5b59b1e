"""Chunks put together to one text: with the white between them, and without the wraps of a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

from tongwen.decode.pdf.shapes import Chunk, Slot

Ranges = list[tuple[int, int]]

_ON_LINE = 0.4  # ems
_WORD = re.compile(r"[A-Za-z]{4,}")
_LETTER = 0.62  # ems: the widest of the usual small letters


def between(chunk: Chunk, following: Chunk) -> str:
    """The spaces that stand between two chunks of a line: those of the file, or as many as have room there."""
    printed = chunk.text[len(chunk.text.rstrip()) :]
    room = (following.box.x0 - chunk.box.x1) / chunk.size
    return printed or (" " if room < 1.5 else " " * max(2, round(2 * room)))


def in_cell_order(chunks: Iterable[Chunk]) -> list[Chunk]:
    """From line to line, each from left to right."""
    rows: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.base):
        if rows and chunk.base - rows[-1][0].base <= _ON_LINE * chunk.size:
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    return [chunk for row in rows for chunk in sorted(row, key=lambda chunk: chunk.box.x0)]


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The longer Latin words of a document, in small letters: what shows that a word in a narrow cell is cut."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def cell_text(slot: Slot, words: Container[str] = ()) -> tuple[str, Ranges]:
    """A cell's text in one line, and where raised signs stand in it. Lines of hanzi are joined without a space, and so
    are the parts of one of ``words`` that the cell has cut."""
    text = ""
    raised: Ranges = []
    last: Chunk | None = None
    for chunk in slot.chunks:
        printed = chunk.text.strip()
        if last and not _close(text[-1], printed[0]) and not _is_cut(slot, last, printed, words):
            text += " "
        raised += [(len(text) + start, len(text) + end) for start, end in chunk.raised]
        text += printed
        last = chunk
    return text, raised


def unwrapped(lines: str) -> str:
    """Lines as one, those of hanzi without a space between them."""
    first, *others = lines.split("\n")
    for line in others:
        first += line if _close(first[-1:] or "-", line[:1] or "-") else f" {line}"
    return first


def _close(last: str, first: str) -> bool:
    return last == "-" or all(unicodedata.east_asian_width(side) in "WF" for side in (last, first))


def _is_cut(slot: Slot, last: Chunk, following: str, words: Container[str]) -> bool:
    """Whether a word longer than its cell is cut: it stands alone on its line and no letter more has room there."""
    room = slot.right - last.box.x1 - max(last.box.x0 - slot.left, 0)
    start, rest = last.text.strip(), re.match(r"[a-z]+", following)
    return rest is not None and start.isalpha() and room < _LETTER * last.size and (start + rest[0]).lower() in words
