"""Where a note's text ends: at the next number, or where the page's text goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tongwen.model import Span
from tongwen.structure.lines import Line
from tongwen.structure.notes.floats import floats
from tongwen.structure.notes.kinds import NoteBody
from tongwen.structure.notes.labels import Label

LONGEST = 60
"""Lines that one note takes at most."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[-/._=&?]$")
"""A web address that breaks off behind one of its marks."""

FULL = 0.75
"""Share of the widest line around it that a line must reach to go on in the next one."""


def extents(lines: Sequence[Line], run: Sequence[Label], texts: set[int]) -> list[tuple[int, ...]]:
    """The lines of each note of a run; ``texts`` are lines on which a marker stands, so that they are none."""
    out = []
    for label, after in pairwise(run):
        between = range(label.line + 1, after.line)
        inside = len(between) < LONGEST and not any(i in texts or lines[i].kind == "heading" for i in between)
        limit = next((i for i in between if floats(lines[i]) and _parted(lines, i)), after.line)
        last = limit if inside else _end(lines, label.line, min(after.line, label.line + LONGEST))
        out.append(tuple(range(label.line, last)))
    last = _end(lines, run[-1].line, min(len(lines), run[-1].line + LONGEST))
    return [*out, tuple(range(run[-1].line, last))]


def _parted(lines: Sequence[Line], i: int) -> bool:
    """Whether the line before ends what it says."""
    return lines[i].blank_before or lines[i - 1].ends_sentence


def _end(lines: Sequence[Line], first: int, limit: int) -> int:
    """The line behind a note that no other follows: it goes on while lines are full and no sentence ends."""
    i = first + 1
    while i < limit and _goes_on(lines, i):
        i += 1
    return i


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    before, line = lines[i - 1], lines[i]
    if line.blank_before or line.kind != before.kind:
        return False
    if _ADDRESS.search(before.key) and line.key[0].isalnum() and line.key[0].isascii():
        return True
    if before.ends_sentence or before.key[-1] == ".":
        return False
    return before.width >= FULL * max(near.width for near in lines[max(0, i - 4) : i + 3])


def body(lines: Sequence[Line], label: Label, held: tuple[int, ...], series: int) -> NoteBody:
    first = lines[label.line].span
    pieces = [Span(min(first.start + label.text, first.end), first.end), *(lines[i].span for i in held[1:])]
    printed = Span(first.start + label.start, first.start + label.end)
    return NoteBody(str(label.number), series, printed, held, tuple(p for p in pieces if len(p)))
