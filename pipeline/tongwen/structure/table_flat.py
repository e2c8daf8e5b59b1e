"""What a table of plain text says."""

from __future__ import annotations

from collections.abc import Sequence

from tongwen.structure.captions import read_caption
from tongwen.structure.flat import FlatCell, FlatTable
from tongwen.structure.lines import joined
from tongwen.structure.table_content import TableContent, closed_up, levels
from tongwen.structure.table_groups import Group


def content_of_flat(table: FlatTable, text: str, caption: str | None, notes: Sequence[str] = ()) -> TableContent:
    """Of a table found in plain ``text``; ``caption`` and ``notes`` as printed."""
    grid = [*([table.header] if table.header else []), *table.rows]
    heads = max(table.head, 1) if table.header else 0
    printed = [[_read(cell, text) for cell in row] for row in grid[:heads]]
    rows = [_line(row, text) for row in grid[heads:]]
    moved = len(grid) - len(table.rows) - heads  # rows that name columns too are no rows any more
    named = read_caption(caption or "")
    return TableContent(
        named.number or table.number,
        named.title,
        list(map(levels, zip(*printed, strict=True))) if printed else None,
        rows,
        [
            Group(rows[g.row + moved][0], g.row + moved, g.first + moved, g.last + moved - 1, g.sure)
            for g in table.groups
        ],
        list(notes),
        table.origin,
        named.label,
        printed,
        [[() if cell.repeat else cell.pieces for cell in row] for row in grid],
    )


def _line(row: Sequence[FlatCell], text: str) -> list[str]:
    """The cells of a row; of one cell that spans it, the first alone."""
    first, *others = row
    if others and first.pieces and all(cell.repeat and cell.pieces == first.pieces for cell in others):
        return [_read(first, text), *[""] * len(others)]
    return [_read(cell, text) for cell in row]


def _read(cell: FlatCell, text: str) -> str:
    return closed_up(joined(text, cell.pieces).strip()) if cell.pieces else ""
