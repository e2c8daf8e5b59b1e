"""Tables with a line for each cell: row after row, or column after column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, pairwise, product
from math import log
from statistics import median

from tongwen.model import Problem
from tongwen.structure.flat.headers import levels
from tongwen.structure.flat.judged import NO_HEADER, Candidate, misnamed, spread
from tongwen.structure.flat.parsed import doubtful
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatCell, Row
from tongwen.structure.flat.words import is_value, is_year
from tongwen.structure.lines import NEVER_FIRST

COLUMNS = 9
"""The most columns that are tried."""

LEAST_ROWS = 2
"""Rows below labels on two levels."""

REMAINDER = (",", "、", ";")
"""Marks that follow a single character where a word was cut in two."""

WAYS = 2000
"""The most ways to put the lines of a block together that are tried."""

CLEAR = 0.2
"""By how much the best way must be better to be sure."""


def listed(sheet: Sheet, start: int, end: int) -> Iterator[Candidate]:
    """Every way to read the lines of ``[start, end)`` as cells, a header first where none of its cells is a value."""
    blocks = sheet.blocks(start, end)
    if len(blocks) > 2:
        yield from _row_blocks(sheet, blocks)
    if len(blocks) > 1 and len({len(block) for block in blocks}) == 1:
        yield from _column_blocks(sheet, blocks)
    lines = [i for block in blocks for i in block]
    if len(blocks) in (1, len(lines)):
        yield from _one_after_another(sheet, lines)
        yield from _under_two_levels(sheet, lines)


def _row_blocks(sheet: Sheet, blocks: Sequence[Sequence[int]]) -> Iterator[Candidate]:
    """A blank line after each row; the lines of a block are its cells, some of them wrapped."""
    wrap = _wrap(sheet, blocks)
    for width in {min(len(block) for block in blocks), len(blocks[0])}:
        if 1 < width <= COLUMNS and all(len(block) >= width for block in blocks):
            ways = [_ways(sheet, block, width, wrap) for block in blocks]
            usual = _usual(sheet, [found[0][1] for found in ways[1:] if _decided(found)])
            best = [min(found, key=lambda way: way[0] + _unlike(sheet, way[1], usual)) for found in ways]
            rows = tuple(row for _cost, row in best)
            unsure = () if usual else [row for found, row in zip(ways, rows, strict=True) if not _decided(found)]
            problems = tuple(doubtful(row, "Its lines may be put together otherwise.") for row in unsure)
            yield _candidate(sheet, rows, problems, sum(cost for cost, _row in best))


def _wrap(sheet: Sheet, blocks: Sequence[Sequence[int]]) -> int:
    """Columns at which the cells were wrapped: the width that most lines have in the blocks with most lines."""
    usual = min(len(block) for block in blocks)
    widths = Counter(sheet.lines[i].width for block in blocks if len(block) > usual for i in block)
    return max(widths, key=lambda w: (widths[w] + widths[w - 1], w), default=0)


def _ways(sheet: Sheet, block: Sequence[int], width: int, wrap: int) -> list[tuple[float, Row]]:
    """A block's lines in ``width`` cells, with what speaks against each way, the best first."""
    costs = [_broken(sheet, above, below, wrap) for above, below in pairwise(block)]
    found = []
    for starts in islice(combinations(range(1, len(block)), width - 1), WAYS):
        cost = sum(max(c, 0) if n not in starts else -min(c, 0) for n, c in enumerate(costs, 1))
        bounds = pairwise((0, *starts, len(block)))
        found.append((cost, tuple(FlatCell(tuple(sheet.lines[i].span for i in block[a:b])) for a, b in bounds)))
    return sorted(found, key=lambda way: way[0])


def _decided(ways: Sequence[tuple[float, Row]]) -> bool:
    return len(ways) < 2 or ways[1][0] - ways[0][0] >= CLEAR


def _usual(sheet: Sheet, rows: Sequence[Row]) -> list[float]:
    """The usual length of each column's cells."""
    return [median(len(sheet.text(cell)) + 1 for cell in column) for column in zip(*rows, strict=True)]


def _unlike(sheet: Sheet, row: Row, usual: Sequence[float]) -> float:
    return sum(abs(log((len(sheet.text(cell)) + 1) / length)) for cell, length in zip(row, usual, strict=False)) / 2


def _broken(sheet: Sheet, above: int, below: int, wrap: int) -> float:
    """What speaks against a cell that goes on from one line into the next."""
    line, after = sheet.lines[above], sheet.lines[below]
    if (
        after.key.startswith(NEVER_FIRST)
        or after.key[1:2] in REMAINDER
        or any(line.key.count(a) > line.key.count(b) for a, b in ("()", "《》"))
    ):
        return -1
    return min(1.5, abs(wrap - line.width) / 4) + (0.5 if line.ends_sentence else 0)


def _column_blocks(sheet: Sheet, blocks: Sequence[Sequence[int]]) -> Iterator[Candidate]:
    """A blank line after each column; every block has a line for each row."""
    if len(blocks[0]) > 2:
        yield _candidate(sheet, _turned(sheet, blocks), (), 0.5)


def _turned(sheet: Sheet, columns: Sequence[Sequence[int]]) -> tuple[Row, ...]:
    return tuple(tuple(FlatCell((sheet.lines[i].span,)) for i in row) for row in zip(*columns, strict=True))


def _one_after_another(sheet: Sheet, lines: Sequence[int]) -> Iterator[Candidate]:
    """Cell after cell with nothing between rows: the columns of values show where they begin."""
    for width in range(2, COLUMNS):
        rows, rest = divmod(len(lines), width)
        if rest or rows < 3:
            continue
        across = tuple(zip(*[iter(lines)] * width, strict=True))
        down = [lines[n : n + rows] for n in range(0, len(lines), rows)]
        yield _candidate(sheet, _turned(sheet, list(zip(*across, strict=True))), (), 1)
        yield _candidate(sheet, _turned(sheet, down), (), 1.5)


def _under_two_levels(sheet: Sheet, lines: Sequence[int]) -> Iterator[Candidate]:
    """Row after row below labels on two levels, of which the lower come again under each of the upper."""
    for over, under in product(range(2, COLUMNS), repeat=2):
        width, count = 1 + over * under, 1 + over + over * under
        rows, rest = divmod(len(lines) - count, width)
        if width > COLUMNS or rest or rows < LEAST_ROWS:
            continue
        labels, body = lines[:count], lines[count:]
        if _recur(sheet, labels[1 + over :], under) and not any(_figure(sheet, i) for i in labels):
            cells = [FlatCell((sheet.lines[i].span,)) for i in labels]
            across = _turned(sheet, list(zip(*zip(*[iter(body)] * width, strict=True), strict=True)))
            top, lower = levels(cells, width)
            yield Candidate(top, (lower, *across), lines[0], lines[-1] + 1, (), 1 + spread(sheet, across), head=2)


def _recur(sheet: Sheet, labels: Sequence[int], period: int) -> bool:
    return all(sheet.lines[i].key == sheet.lines[n].key for i, n in zip(labels, labels[period:], strict=False))


def _figure(sheet: Sheet, i: int) -> bool:
    return is_value(sheet.lines[i].key) and not is_year(sheet.lines[i].key)


def _candidate(sheet: Sheet, rows: tuple[Row, ...], problems: tuple[Problem, ...], cost: float) -> Candidate:
    lines = [piece.start for row in rows for cell in row for piece in cell.pieces]
    start, end = sheet.line_at(min(lines)), sheet.line_at(max(lines)) + 1
    wide = len(rows[0]) > len(rows)
    if any(is_value(text) and not is_year(text) for text in map(sheet.text, rows[0])):
        return Candidate(None, rows, start, end, problems, cost + wide + NO_HEADER + spread(sheet, rows))
    against = cost + wide + misnamed(sheet, rows[0]) + spread(sheet, rows[1:])
    return Candidate(rows[0], rows[1:], start, end, problems, against)
