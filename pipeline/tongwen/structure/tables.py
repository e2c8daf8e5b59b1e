"""Tables that mark-up delimits, as records; each cell is a passage of its own, so no phrase crosses a rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tongwen.model import Document, Grid, Json, Passage, Record, Span


def tables(document: Document, records: Sequence[Record]) -> tuple[list[Record], list[Passage]]:
    """One record a table block; its parent is the smallest record around it."""
    out, passages = [], []
    blocks = [b for b in document.blocks if b.kind == "table"]
    for n, block in enumerate(blocks, 1):
        parent = smallest(block.span, (r for r in records if r.kind != "paragraph"))
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


def smallest(span: Span, records: Iterable[Record]) -> Record | None:
    """The smallest record around a span, None where it stands outside all."""
    return min((r for r in records if r.span.holds(span)), key=lambda r: len(r.span), default=None)


def _split(grid: Grid) -> tuple[list[Json] | None, list[Json]]:
    """The header row, where every cell of the first row is marked as one, and the rows below."""
    rows: list[Json] = [[cell.text for cell in row] for row in grid]
    if grid and all(cell.header for cell in grid[0]):
        return [cell.text for cell in grid[0]], rows[1:]
    return None, rows
