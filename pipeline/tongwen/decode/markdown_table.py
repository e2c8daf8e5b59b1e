"""A table in Markdown: its cells as they are printed, but that an escaped bar is a bar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongwen.decode.plain import lines
from tongwen.model import Block, Cell, Span

_CELL = re.compile(r"(?:\\.|[^|\\])*")


def table(text: str, rows: Sequence[Span]) -> Block:
    """The block of a table; ``rows`` are its lines without that of dashes."""
    grid = [list(_cells(text, row, header=number == 0)) for number, row in enumerate(rows)]
    width = max(map(len, grid))
    for row, cells in zip(rows, grid, strict=True):
        cells.extend(Cell("", Span(row.end, row.end), cells[0].header) for _ in range(width - len(cells)))
    return Block("table", Span(rows[0].start, rows[-1].end), grid=tuple(map(tuple, grid)))


def _cells(text: str, row: Span, header: bool) -> Iterator[Cell]:
    start = row.start + (text[row.start] == "|")
    end = row.end - (text[row.end - 1] == "|" and row.end > start)
    position = start
    while position <= end:
        stop = min(m.end() if (m := _CELL.match(text, position, end)) else end, end)
        cell = next(lines(text, position, stop), Span(position, position))
        yield Cell(cell.of(text).replace("\\|", "|"), cell, header)
        position = stop + 1
