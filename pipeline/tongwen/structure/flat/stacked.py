"""Tables whose cells stand one below the other, a blank line after each; a row may begin with two cells on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tongwen.model import Problem
from tongwen.structure.flat.cells import joined, parts
from tongwen.structure.flat.headers import capitals
from tongwen.structure.flat.headers import stacked as labels
from tongwen.structure.flat.judged import Candidate, spread
from tongwen.structure.flat.parsed import doubtful, fitted
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import EMPTY, FlatCell, Row

LABEL = 26
"""Columns of the longest label in a header."""

COLUMNS = 9
"""The most columns that are tried."""

GROUP = 0
"""Stands for a block that names the rows below it."""

FUSED = 4
"""Columns by which a line with two cells is longer than the others of its block."""


@dataclass(frozen=True)
class Block:
    """The lines of one or of several cells. ``fused``: its first line is longer by the cell before it."""

    sheet: Sheet
    lines: list[int]

    @cached_property
    def cells(self) -> list[FlatCell]:
        return labels(self.sheet, self.lines)

    @cached_property
    def fused(self) -> bool:
        first, *others = (self.sheet.lines[i].width for i in self.lines)
        split = parts(self.sheet.words(self.lines[0])) > 1
        return split and bool(others) and first >= max(others) + FUSED

    def taken_as(self, count: int, width: int) -> list[FlatCell]:
        """Its cells where it is ``count`` of them: all that are parted, one, or as a GROUP one in a row of its own."""
        if count == GROUP:
            return [joined(*self.cells), *[EMPTY] * (width - 1)]
        return self.cells if count == len(self.cells) else [joined(*self.cells)]


def stacked(sheet: Sheet, start: int, end: int) -> Iterator[Candidate]:
    """Every way to read the blocks of ``[start, end)`` as rows of cells, with a header or without."""
    blocks = [Block(sheet, lines) for lines in sheet.blocks(start, end)]
    for head in range(min(COLUMNS, len(blocks) - 2)):
        named = labels(sheet, [i for block in blocks[:head] for i in block.lines])
        if not all(_is_label(sheet, block) for block in blocks[:head]):
            break
        wide = {len(named), len(named) + 1, len(capitals(sheet, [i for block in blocks[:head] for i in block.lines]))}
        for width in sorted(wide) if head else range(3, COLUMNS):
            yield from _read(blocks, head, width)


def _is_label(sheet: Sheet, block: Block) -> bool:
    return all(not sheet.lines[i].ends_sentence for i in block.lines) and not any(
        sheet.words(i)[-1].value for i in block.lines
    )


def _read(blocks: Sequence[Block], head: int, width: int) -> Iterator[Candidate]:
    sheet = blocks[0].sheet
    lines = [i for block in blocks[:head] for i in block.lines]
    fit = fitted(capitals(sheet, lines), width) or fitted(labels(sheet, lines), width) if head else ((), ())
    path = _filled(blocks[head:], width) if fit and width > 1 else None
    if not path or not fit or path.rows < 2:
        return
    read = zip(blocks[head:], path.counts, strict=True)
    cells = [cell for block, count in read for cell in block.taken_as(count, width)]
    rows = tuple(tuple(cells[i : i + width]) for i in range(0, len(cells), width))
    cost = path.cost + (len(fit[1]) if head else 2) + spread(sheet, rows)
    problems = (*fit[1], *_unsure(blocks[head:], path.counts, rows))
    yield Candidate(fit[0] or None, rows, blocks[0].lines[0], blocks[-1].lines[-1] + 1, problems, cost)


@dataclass(frozen=True, slots=True)
class _Path:
    """How many cells each block was taken for, and what that costs."""

    cost: float
    counts: tuple[int, ...]
    rows: int = 0


def _filled(blocks: Sequence[Block], width: int) -> _Path | None:
    """The cheapest way to fill rows of ``width`` cells: fused blocks are several cells and begin rows."""
    best: dict[int, _Path] = {0: _Path(0, ())}
    for block in blocks:
        following: dict[int, _Path] = {}
        for at, path in best.items():
            for count in _counts(block, path, at, last=block is blocks[-1]):
                if at + count <= width:
                    ends = at + (count or width) == width
                    cost = path.cost + _cost(block, count, at)
                    new = _Path(cost, (*path.counts, count), path.rows + ends)
                    where = 0 if ends else at + count
                    if where not in following or cost < following[where].cost:
                        following[where] = new
        best = following
    return best.get(0)


def _counts(block: Block, path: _Path, at: int, *, last: bool) -> set[int]:
    """How many cells a block may be. One that names the rows below it begins a row, is on one line, and has rows."""
    group = at == 0 and not last and len(block.lines) == 1 and path.counts[-1:] != (GROUP,)
    return {1, len(block.cells)} | ({GROUP} if group else set())


def _cost(block: Block, count: int, at: int) -> float:
    if count == GROUP:
        return 1.25
    if len(block.cells) == 1:
        return 0
    if count == 1:
        return 2 if block.fused else 0.5
    if block.fused:
        return 0 if at == 0 else 1.5
    return 0.75 if at == 0 else 1.25


def _unsure(blocks: Sequence[Block], counts: Sequence[int], rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows that do not begin as the others do, two cells on one line: which blocks are their first is not sure."""
    at, fused = 0, []
    width = len(rows[0])
    for block, count in zip(blocks, counts, strict=True):
        if at % width == 0:
            fused.append(block.fused and count > 1)
        at += count or width
    if any(fused):
        for row, begins in zip(rows, fused, strict=True):
            if not begins:
                yield doubtful(row[:2], "The other rows begin with two cells on one line; this one does not.")
