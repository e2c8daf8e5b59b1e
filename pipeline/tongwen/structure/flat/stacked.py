"""Tables whose cells stand one below the other, a blank line after each; a row may begin with two cells on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongwen.model import Problem
from tongwen.structure.flat.filling import Block, Filling, filled
from tongwen.structure.flat.headers import capitals, levels
from tongwen.structure.flat.headers import stacked as labels
from tongwen.structure.flat.judged import NO_HEADER, Candidate, misnamed, spread
from tongwen.structure.flat.parsed import doubtful, fitted
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatCell, Row
from tongwen.structure.flat.words import is_value, is_year

_SENTENCE = re.compile(r"[,;。!?]")

LABEL = 26
"""Columns of the longest label in a header."""

COLUMNS = 9
"""The most columns that are tried."""


def stacked(sheet: Sheet, start: int, end: int) -> Iterator[Candidate]:
    """Every way to read the blocks of ``[start, end)`` as rows of cells, with a header or without."""
    blocks = [Block(sheet, lines) for lines in sheet.blocks(start, end)]
    for head in range(min(COLUMNS, len(blocks) - 2)):
        named = _names(sheet, blocks[:head])
        if not all(_is_label(sheet, cell) for cell in named):
            break
        widths = {len(named), len(named) + 1} if head else set(range(3, COLUMNS))
        for width in sorted(widths):
            yield from _read(blocks, head, width)
        for over in range(2, 5):
            width, rest = divmod((len(named) - 1) * over, over + 1)
            if head and not rest and width >= 2 * over:
                yield from _read_levels(blocks, head, width + 1, over)


def _names(sheet: Sheet, blocks: Sequence[Block]) -> list[FlatCell]:
    """The labels of a header, parted by blanks, or by capitals where that gives more."""
    lines = [i for block in blocks for i in block.lines]
    plain, english = labels(sheet, lines), capitals(sheet, lines)
    return english if len(english) > len(plain) else plain


def _is_label(sheet: Sheet, cell: FlatCell) -> bool:
    text = sheet.text(cell)
    return sheet.columns(cell) <= LABEL and not _SENTENCE.search(text) and (is_year(text) or not is_value(text))


def _read(blocks: Sequence[Block], head: int, width: int) -> Iterator[Candidate]:
    sheet = blocks[0].sheet
    fit = fitted(_names(sheet, blocks[:head]), width) if head else ((), ())
    path = filled(blocks[head:], width) if fit and width > 1 else None
    if not path or not fit or path.rows < 2:
        return
    rows = tuple(path.cells(blocks[head:], width))
    fused = any(block.fused for block in blocks[head:])
    alone = sum(len(block.cells) == 1 for block in blocks[1:head]) if head and len(_names(sheet, blocks[:1])) > 1 else 0
    named = len(fit[1]) * (1 if fused else 2) + misnamed(sheet, fit[0]) if head else NO_HEADER
    cost = path.cost + alone + named + spread(sheet, rows)
    problems = (*fit[1], *_unsure(blocks[head:], path, rows))
    yield Candidate(fit[0] or None, rows, blocks[0].lines[0], blocks[-1].lines[-1] + 1, problems, cost)


def _read_levels(blocks: Sequence[Block], head: int, width: int, over: int) -> Iterator[Candidate]:
    """A header on two levels, the same labels below each of the upper ones."""
    sheet = blocks[0].sheet
    named = _names(sheet, blocks[:head])
    below = [sheet.text(cell) for cell in named[1 - width :]]
    path = filled(blocks[head:], width) if below[over:] == below[:-over] else None
    rows = levels(named, width)
    if path and rows and path.rows > 1:
        body = tuple(path.cells(blocks[head:], width))
        cost = path.cost + spread(sheet, body)
        yield Candidate(rows[0], (rows[1], *body), blocks[0].lines[0], blocks[-1].lines[-1] + 1, (), cost, 2)


def _unsure(blocks: Sequence[Block], path: Filling, rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows that do not begin as the others do, two cells on one line: which blocks are their first is not sure."""
    fused = [blocks[n].fused and path.counts[n] > 1 for n in path.starts(len(rows[0]))]
    if any(fused):
        for row, begins in zip(rows, fused, strict=True):
            if not begins:
                yield doubtful(row[:2], "The other rows begin with two cells on one line; this one does not.")
