"""Blocks of lines filled into rows: the cheapest way to take each for a cell, several, or a group's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tongwen.structure.flat.cells import joined, parts
from tongwen.structure.flat.headers import stacked
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import EMPTY, FlatCell, Row
from tongwen.structure.flat.words import is_value

FUSED = 4
"""Columns by which a line with two cells is longer than the others of its block."""

GROUP, REST, HEADED = 0, -1, -2
"""Counts that stand for a block that names the rows below it, for one that goes on from the cell above it, and for one
whose first line names the rows and whose others are the first cell of them."""

ACROSS = 1.5
"""How many times as wide as any other a line is that stands across the columns."""

LONELY = 1.5
"""What speaks against a group where no other names one."""


@dataclass(frozen=True)
class Block:
    """The lines of one or of several cells. ``fused``: its first line is longer by the cell before it."""

    sheet: Sheet
    lines: list[int]

    @cached_property
    def cells(self) -> list[FlatCell]:
        return stacked(self.sheet, self.lines)

    @cached_property
    def fused(self) -> bool:
        first, *others = (self.sheet.lines[i].width for i in self.lines)
        split = parts(self.sheet.words(self.lines[0])) > 1
        return split and bool(others) and first >= max(others) + FUSED

    @cached_property
    def value(self) -> bool:
        """Whether it begins no row, as a number mostly does not."""
        return len(self.cells) == 1 and is_value(self.sheet.text(self.cells[0]))

    @cached_property
    def first(self) -> list[FlatCell]:
        return stacked(self.sheet, self.lines[:1])

    @cached_property
    def others(self) -> list[FlatCell]:
        return stacked(self.sheet, self.lines[1:])

    def taken_as(self, count: int) -> list[FlatCell]:
        """Its cells where it is ``count`` of them: all that are parted, or one."""
        return self.cells if count == len(self.cells) else [joined(*self.cells)]


@dataclass(frozen=True, slots=True)
class Filling:
    """``counts``: for how many cells each block was taken, and what that costs."""

    cost: float
    counts: tuple[int, ...]
    rows: int = 0

    def cells(self, blocks: Sequence[Block], width: int) -> list[Row]:
        cells: list[FlatCell] = []
        for block, count in zip(blocks, self.counts, strict=True):
            if count == REST:
                cells[-1] = joined(cells[-1], *block.cells)
            elif count == HEADED:
                cells += [joined(*block.first), *[EMPTY] * (width - 1), joined(*block.others)]
            else:
                cells += block.taken_as(count or 1) + [EMPTY] * ((width - 1) * (count == GROUP))
        return [tuple(cells[i : i + width]) for i in range(0, len(cells), width)]

    def starts(self, width: int) -> Iterator[int]:
        """The block with which each row begins."""
        at = 0
        for n, count in enumerate(self.counts):
            if at == 0 and count != REST:
                yield from [n, n] if count == HEADED else [n]
            at = _place(count, at, width) % width


def _place(count: int, at: int, width: int) -> int:
    """Where the next cell of a row goes behind a block that begins at ``at``; more than ``width`` where it does not
    fit."""
    if count > 0:
        return at + count
    return at if count == REST else at + width if count == GROUP else at * width + 1


def filled(blocks: Sequence[Block], width: int) -> Filling | None:
    """The cheapest way to fill rows of ``width`` cells, None where they do not come out even."""
    wrap = max((block.sheet.lines[i].width for block in blocks for i in block.lines[:-1]), default=0)
    across = _across(blocks)
    best: dict[int, Filling] = {0: Filling(0, ())}
    for n, block in enumerate(blocks):
        following: dict[int, Filling] = {}
        ways: dict[tuple[bool, tuple[int, ...]], list[tuple[int, float]]] = {}  # what can be, and costs, at all places
        for at, path in best.items():
            known = (at == 0, path.counts[-1:])
            if known not in ways:
                counts = {HEADED} if n == across and not at else _counts(block, path, at, last=n == len(blocks) - 1)
                ways[known] = [(count, _cost(blocks, n, count, at, wrap)) for count in counts]
            for count, added in ways[known]:
                where, cost = _place(count, at, width), path.cost + added
                rival = following.get(where % width)
                if where <= width and (rival is None or cost < rival.cost):
                    full = count == HEADED or (where == width and count != REST)
                    following[where % width] = Filling(cost, (*path.counts, count), path.rows + full)
        best = following
    found = best.get(0)
    lonely = found is not None and found.counts.count(GROUP) == 1
    return Filling(found.cost + LONELY * lonely, found.counts, found.rows) if found else None


def _across(blocks: Sequence[Block]) -> int | None:
    """The block whose first line is much longer than any other, so that no column holds it: it names the rows below."""
    widths = sorted((block.sheet.lines[i].width, n, i) for n, block in enumerate(blocks) for i in block.lines)
    if len(widths) < 2:
        return None
    width, n, i = widths[-1]
    return n if len(blocks[n].lines) > 1 and i == blocks[n].lines[0] and width >= ACROSS * widths[-2][0] else None


def _counts(block: Block, path: Filling, at: int, *, last: bool) -> set[int]:
    """How many cells a block may be. One that names the rows below it begins a row, is on one line, and has rows."""
    before = path.counts[-1:]
    plain = len(block.lines) == len(block.cells) == 1
    group = at == 0 and not last and plain and before != (GROUP,) and not block.value
    rest = bool(before) and before != (GROUP,) and len(block.cells) == 1
    return {1, len(block.cells)} | ({GROUP} if group else set()) | ({REST} if rest else set())


def _cost(blocks: Sequence[Block], n: int, count: int, at: int, wrap: int) -> float:
    block = blocks[n]
    if count == REST:
        return _broken(blocks, n, wrap)
    if count == GROUP:
        return 1.25 + 3 * blocks[n + 1].value
    if count == HEADED or len(block.cells) == 1:
        return 0
    if count == 1:
        return 2 if block.fused else 0.5
    if block.fused:
        return 0 if at == 0 else 1.5
    return 0.75 if at == 0 else 1.25


def _broken(blocks: Sequence[Block], n: int, wrap: int) -> float:
    """What speaks against a cell that a page break or a blank line has cut in two: its line must be full."""
    sheet = blocks[n].sheet
    line = sheet.lines[blocks[n - 1].lines[-1]]
    if line.ends_sentence:
        return 4
    full = wrap - 1 <= line.width <= wrap
    return 0.5 if sheet.turns(blocks[n].lines[0]) else 1 if full else 3
