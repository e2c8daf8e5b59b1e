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

GROUP, REST = 0, -1
"""Counts that stand for a block that names the rows below it, and for one that goes on from the cell above it."""

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
            else:
                cells += block.taken_as(count or 1) + [EMPTY] * ((width - 1) * (count == GROUP))
        return [tuple(cells[i : i + width]) for i in range(0, len(cells), width)]

    def starts(self, width: int) -> Iterator[int]:
        """The block with which each row begins."""
        at = 0
        for n, count in enumerate(self.counts):
            if at == 0 and count != REST:
                yield n
            at = (at + (count or width) * (count != REST)) % width


def filled(blocks: Sequence[Block], width: int) -> Filling | None:
    """The cheapest way to fill rows of ``width`` cells, None where they do not come out even."""
    wrap = max((block.sheet.lines[i].width for block in blocks for i in block.lines[:-1]), default=0)
    best: dict[int, Filling] = {0: Filling(0, ())}
    for n, block in enumerate(blocks):
        following: dict[int, Filling] = {}
        for at, path in best.items():
            for count in _counts(block, path, at, last=n == len(blocks) - 1):
                where = at if count == REST else at + (count or width)
                if where <= width:
                    cost = path.cost + _cost(blocks, n, count, at, wrap)
                    new = Filling(cost, (*path.counts, count), path.rows + (where == width and count != REST))
                    if where % width not in following or cost < following[where % width].cost:
                        following[where % width] = new
        best = following
    found = best.get(0)
    lonely = found is not None and found.counts.count(GROUP) == 1
    return Filling(found.cost + LONELY * lonely, found.counts, found.rows) if found else None


def _counts(block: Block, path: Filling, at: int, *, last: bool) -> set[int]:
    """How many cells a block may be. One that names the rows below it begins a row, is on one line, and has rows."""
    before = path.counts[-1:]
    plain = len(block.lines) == len(block.cells) == 1
    group = at == 0 and not last and plain and before != (GROUP,) and not _is_value(block)
    rest = bool(before) and before != (GROUP,) and len(block.cells) == 1
    return {1, len(block.cells)} | ({GROUP} if group else set()) | ({REST} if rest else set())


def _cost(blocks: Sequence[Block], n: int, count: int, at: int, wrap: int) -> float:
    block = blocks[n]
    if count == REST:
        return _broken(blocks, n, wrap)
    if count == GROUP:
        return 1.25 + 3 * _is_value(blocks[n + 1])
    if len(block.cells) == 1:
        return 0
    if count == 1:
        return 2 if block.fused else 0.5
    if block.fused:
        return 0 if at == 0 else 1.5
    return 0.75 if at == 0 else 1.25


def _is_value(block: Block) -> bool:
    """Whether a block begins no row, as a number mostly does not."""
    return len(block.cells) == 1 and is_value(block.sheet.text(block.cells[0]))


def _broken(blocks: Sequence[Block], n: int, wrap: int) -> float:
    """What speaks against a cell that a page break or a blank line has cut in two: its line must be full."""
    sheet = blocks[n].sheet
    line = sheet.lines[blocks[n - 1].lines[-1]]
    if line.ends_sentence:
        return 4
    full = wrap - 1 <= line.width <= wrap
    return 0.5 if sheet.turns(blocks[n].lines[0]) else 1 if full else 3
