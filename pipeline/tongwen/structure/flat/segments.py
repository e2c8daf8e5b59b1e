"""Pieces of a line that wide blanks part, and the columns of a table in which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tongwen.structure.flat.cells import cell, joined
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatCell
from tongwen.structure.flat.words import STRONG, Word, is_value

Band = tuple[int, int]
"""Where on the line a column of the table begins and ends."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words with no wide blank between them, from place ``at`` to ``end``."""

    at: int
    end: int
    cell: FlatCell
    value: bool


Cells = dict[int, Segment]
"""By column of the table: what one line has there."""

Segments = dict[int, list[Segment]]
"""By line: its pieces."""


def segments_of(sheet: Sheet, i: int) -> list[Segment]:
    """The pieces of line ``i``, measured in columns."""
    groups: list[list[Word]] = []
    for word in sheet.words(i):
        if groups and word.border < STRONG:
            groups[-1].append(word)
        else:
            groups.append([word])
    line = sheet.lines[i]
    return [_segment(sheet, cell(group, line), group[0].at) for group in groups]


def _segment(sheet: Sheet, printed: FlatCell, at: int) -> Segment:
    return Segment(at, at + sheet.columns(printed), printed, is_value(sheet.text(printed)))


def in_characters(sheet: Sheet, i: int, segment: Segment) -> Segment:
    """A piece of line ``i``, measured in characters."""
    line = sheet.lines[i]
    at = line.indent + segment.cell.pieces[0].start - line.span.start
    return replace(segment, at=at, end=at + len(segment.cell.pieces[0]))


def full(segments: Segments, lines: range, width: int) -> list[list[Segment]]:
    return [segments[i] for i in lines if len(segments[i]) == width]


def bands(full: Sequence[Sequence[Segment]]) -> list[Band]:
    """The columns of the page that each column of the table takes."""
    return [(min(s.at for s in column), max(s.end for s in column)) for column in zip(*full, strict=True)]


def ragged(full: Sequence[Sequence[Segment]]) -> int:
    """By how many places the cells of each column begin apart."""
    return sum(max(s.at for s in column) - min(s.at for s in column) for column in zip(*full, strict=True))


def parted(columns: Sequence[Band]) -> bool:
    """Whether no column of the table reaches into the next."""
    return all(a[1] <= b[0] for a, b in pairwise(columns))


def placed(found: Sequence[Segment], columns: Sequence[Band]) -> Cells:
    """Which column each segment stands in: in order where none is missing, else the nearest to it."""
    if len(found) == len(columns):
        return dict(enumerate(found))
    out: Cells = {}
    for segment in found:
        free = range(max(out, default=-1) + 1, len(columns))
        near = min(free, key=lambda n: _distance(segment, columns[n]), default=None)
        if near is None:
            last = max(out)
            out[last] = Segment(out[last].at, segment.end, joined(out[last].cell, segment.cell), value=False)
        else:
            out[near] = segment
    return out


def _distance(segment: Segment, band: Band) -> tuple[int, int]:
    """Columns between a segment and a band, 0 where they overlap; then how far their beginnings are apart."""
    return max(0, band[0] - segment.end, segment.at - band[1]), abs(segment.at - band[0])
