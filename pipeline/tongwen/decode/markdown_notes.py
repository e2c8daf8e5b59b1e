"""Notes in Markdown: ``[^1]`` and ``[^1]: text``, and numbers set high, ``<sup>1</sup>``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tongwen.decode.superscripts import is_marker
from tongwen.model import Block, Mark, Span

_BEGIN = re.compile(r"\[\^(?P<printed>[^\]\s]{1,40})\]:\s*|<sup>\[?(?P<high>\d{1,4})\]?</sup>\s*", re.I)
_MARKER = re.compile(r"\[\^(?P<printed>[^\]\s]{1,40})\]|<sup>\[?(?P<high>\d{1,4})\]?</sup>", re.I)
_BESIDE = 24  # characters that are looked at on both sides


class Begin(NamedTuple):
    """How a note begins: its label, how long the mark before its text is, whether it can be nothing but a note."""

    label: str
    length: int
    printed: bool


def note_begin(line: str) -> Begin | None:
    match = _BEGIN.match(line)
    if not match or match.end() == len(line):
        return None
    return Begin(match["printed"] or match["high"], match.end(), match["printed"] is not None)


def raised(line: str) -> Iterator[str]:
    """The numbers in a line that are set high."""
    return (match["high"] for match in _MARKER.finditer(line) if match["high"])


def note_marks(text: str, blocks: Sequence[Block]) -> Iterator[Mark]:
    """The markers in the blocks: each is bound to the next note with its label, else to the first."""
    notes = _notes(blocks)
    for block in blocks:
        for match in _MARKER.finditer(text, block.span.start, block.span.end):
            if match["printed"] or _is_marker(text, match):
                bound = notes.get(match["printed"] or match["high"], [])
                at = bisect_right(bound, match.start(), key=lambda span: span.start)
                note = bound[at if at < len(bound) else 0] if bound else None
                yield Mark(Span(*match.span("printed" if match["printed"] else "high")), note)


def _notes(blocks: Sequence[Block]) -> dict[str, list[Span]]:
    """Where the notes begin, by their labels."""
    notes: dict[str, list[Span]] = {}
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.kind == "note" and not (before and before.kind == "note" and before.label == block.label):
            notes.setdefault(block.label, []).append(block.span)
    return notes


def _is_marker(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - _BESIDE) : match.start()], text[match.end() : match.end() + _BESIDE]
    return is_marker(before, match["high"], after)
