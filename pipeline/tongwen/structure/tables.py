"""Tables that mark-up delimits, as records; each cell is a passage of its own, so no phrase crosses a rule."""

from __future__ import annotations

from collections.abc import Sequence

from tongwen.model import Block, Document, Grid, Json, Passage, Record


def tables(document: Document, records: Sequence[Record]) -> tuple[list[Record], list[Passage]]:
    """One record a table block; its parent is the smallest record around it."""
    out, passages = [], []
    blocks = [b for b in document.blocks if b.kind == "table"]
    for n, block in enumerate(blocks, 1):
        parent = _around(block, records)
        above = (*parent.headings, parent.label) if parent else ()
        header, rows = _split(block.grid)
        fields: dict[str, Json] = {
            "number": str(n),
            "caption": None,
            "header": header,
            "rows": rows,
            "groups": [],
            "notes": [],
            "origin": document.format,
        }
        id_ = f"table_{n}"
        out.append(Record(id_, "table", block.span, parent.id if parent else None, "", above, fields))
        cells = [cell.span for row in block.grid for cell in row if cell.span]
        passages += [Passage(id_, (span,)) for span in cells]
    return out, passages


def _around(block: Block, records: Sequence[Record]) -> Record | None:
    holders = [r for r in records if r.kind != "paragraph" and r.span.holds(block.span)]
    return min(holders, key=lambda r: len(r.span), default=None)


def _split(grid: Grid) -> tuple[list[Json] | None, list[Json]]:
    """The header row, where every cell of the first row is marked as one, and the rows below."""
    rows: list[Json] = [[cell.text for cell in row] for row in grid]
    if grid and all(cell.header for cell in grid[0]):
        return [cell.text for cell in grid[0]], rows[1:]
    return None, rows
