"""Tables drawn with box characters or in ASCII, as grids."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tongwen.model import Problem, Span
from tongwen.structure.flat.frames import Frame, edges, sweep
from tongwen.structure.flat.glyphs import RULED, Glyph, glyphs, runs
from tongwen.structure.flat.piped import piped
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.spreads import parted, spread
from tongwen.structure.flat.surroundings import surrounded
from tongwen.structure.flat.table import EMPTY, FlatCell, FlatTable, Row, grouped
from tongwen.structure.lines import Line

_MOST = 100
"""Sweeps that may cross a line in vain: hardly a page has as many, and each costs as much as the lines below."""


def drawn(lines: Sequence[Line], key: str) -> list[FlatTable]:
    """The tables that stand in frames, by their first lines; ``key`` is the document's search key."""
    out: list[FlatTable] = []
    for start, end in _regions(lines):
        rows = [glyphs(line) for line in lines[start:end]]
        frames = _frames(rows)
        out += [_table(frame, rows, start, frames, key) for frame in frames]
    out += piped(lines, key, {i for table in out for i in table.lines})
    sheet = Sheet(lines, key)
    return sorted((surrounded(sheet, table) for table in out), key=lambda table: table.lines)


def _regions(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines that have rules in them."""
    start = None
    for i, line in enumerate(lines):
        ruled = line.kind == "line" and RULED.search(line.text)
        if ruled and start is None:
            start = i
        elif not ruled and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(lines)


def _frames(rows: Sequence[Sequence[Glyph]]) -> list[Frame]:
    """Every frame in a region, those on the same lines from left to right."""
    out: list[Frame] = []
    fruitless = _Fruitless()
    for y, row in enumerate(rows):
        for start, end in runs(row):
            run = row[start:end]
            spreads = bool(out) and y == out[-1].bottom + 1
            if any(_inside(frame, y, run[0]) for frame in out) or (fruitless.again(y, run) and not spreads):
                continue
            frame = sweep(rows, y, run)
            whole = spread(out[-1], frame, rows) if out else None
            if whole:
                out[-1] = whole
            elif _is_table(frame):
                out.append(frame)
            else:
                fruitless.add(frame, run)
    return [parted(frame) for frame in out]


@dataclass(slots=True)
class _Fruitless:
    """The sweeps that gave no table, by their edges, with the last line of each.

    Such a sweep has had the same edges on all of its lines, so one that begins on them with these would end as it did.
    """

    ends: dict[tuple[int, ...], int] = field(default_factory=dict)
    crossed: Counter[int] = field(default_factory=Counter)

    def add(self, frame: Frame, run: Sequence[Glyph]) -> None:
        self.ends[edges(run)] = frame.bottom
        self.crossed.update(range(frame.top, frame.bottom + 1))

    def again(self, y: int, run: Sequence[Glyph]) -> bool:
        return y < self.ends.get(edges(run), 0) or self.crossed[y] > _MOST


def _inside(frame: Frame, y: int, glyph: Glyph) -> bool:
    return frame.top <= y <= frame.bottom and frame.left <= glyph.at <= frame.right


def _is_table(frame: Frame) -> bool:
    """Two columns and two rows at least: less is a text box, a bracket or a root sign."""
    columns, rows = _lattice(frame)
    return len(columns) > 2 and (len(rows) > 2 or _lattice(parted(frame)) != (columns, rows))


def _lattice(frame: Frame) -> tuple[list[int], list[int]]:
    columns = sorted({edge for box in frame.boxes for edge in (box.left, box.right)})
    return columns, sorted({y for box in frame.boxes for y in (box.top, box.bottom)})


def _table(frame: Frame, rows: Sequence[Sequence[Glyph]], start: int, others: Sequence[Frame], key: str) -> FlatTable:
    grid = _grid(frame)
    headed = _headed(grid)
    body = tuple(grid[1:] if headed else grid)
    return FlatTable(
        lines=tuple(range(frame.top + start, frame.bottom + start + 1)),
        caption=(),
        number=None,
        header=grid[0] if headed else None,
        rows=body,
        origin="drawn",
        head=_levels(grid) if headed else 0,
        groups=grouped(body, key),
        beside=_beside(frame, rows, others),
        problems=() if frame.closed else (_unclosed(frame, rows),),
    )


def _grid(frame: Frame) -> list[Row]:
    columns, rows = _lattice(frame)
    grid = [[EMPTY] * (len(columns) - 1) for _ in rows[1:]]
    for box in frame.boxes:
        cell = FlatCell(tuple(piece for line in box.pieces for piece in _runs(line)))
        merged = FlatCell(cell.pieces, repeat=True)
        for y in range(bisect_left(rows, box.top), bisect_left(rows, box.bottom)):
            for x in range(bisect_left(columns, box.left), bisect_left(columns, box.right)):
                grid[y][x] = merged
        grid[bisect_left(rows, box.top)][bisect_left(columns, box.left)] = cell
    return [tuple(row) for row in grid]


def _runs(line: Sequence[Glyph]) -> list[Span]:
    """The text of a line of a cell; in two pieces where it runs on from one half of a spread into the other."""
    out: list[Span] = []
    for before, glyph in zip([None, *line], line, strict=False):
        blanks = glyph.at - before.at - before.width if before else 0
        if before and glyph.offset - before.offset <= blanks + 1:
            out[-1] = Span(out[-1].start, glyph.offset + 1)
        else:
            out.append(Span(glyph.offset, glyph.offset + 1))
    return out


def _headed(grid: Sequence[Row]) -> bool:
    """Whether the first row names the columns: it has several cells, and some text."""
    first = [cell for cell in grid[0] if not cell.repeat]
    return len(first) > 1 and any(cell.pieces for cell in first) and len(grid) > 1


def _levels(grid: Sequence[Row]) -> int:
    """How many rows the header takes: those into which a cell of the first row reaches down."""
    first = [cell.pieces for cell in grid[0]]
    count = 1
    while count < len(grid) - 1 and any(
        c.repeat and p and c.pieces == p for c, p in zip(grid[count], first, strict=True)
    ):
        count += 1
    return count


def _beside(frame: Frame, rows: Sequence[Sequence[Glyph]], others: Sequence[Frame]) -> tuple[Span, ...]:
    """Text on the frame's lines that stands in no frame."""
    out: list[Span] = []
    near = [other for other in others if other.top <= frame.bottom and frame.top <= other.bottom]
    inside = {g.offset for other in near for box in other.boxes for line in box.pieces for g in line}
    for y in range(frame.top, frame.bottom + 1):
        out += _runs([g for g in rows[y] if g.offset not in inside and not g.arms])
    return tuple(out)


def _unclosed(frame: Frame, rows: Sequence[Sequence[Glyph]]) -> Problem:
    span = Span(rows[frame.top][0].offset, rows[frame.bottom][-1].offset + 1)
    return Problem(
        "table-unclosed", "The frame of a table has no rule at its foot.", "Its last row may be cut off.", span
    )
