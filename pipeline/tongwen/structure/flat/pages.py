"""Tables that go on after a page break, under their caption printed once more."""

from __future__ import annotations

from dataclasses import replace

from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatTable, Row, grouped


def continued(sheet: Sheet, table: FlatTable, rest: FlatTable) -> FlatTable | None:
    """``table`` with the rows of ``rest``; None where they have another number of columns."""
    same = _texts(sheet, table.header) == _texts(sheet, rest.header)
    more = rest.rows if same or rest.header is None else (rest.header, *rest.rows)
    if len(table.rows[0]) != len(rest.rows[0]):
        return None
    rows = (*table.rows, *more)
    repeated = _header_lines(sheet, rest.header) if same and rest.header else ()
    return replace(
        table,
        lines=tuple(sorted((*table.lines, *rest.caption, *rest.lines))),
        rows=rows,
        groups=grouped(rows, sheet.key),
        notes=(*table.notes, *rest.notes),
        again=tuple(sorted((*table.again, *rest.caption, *repeated))),
        problems=(*table.problems, *rest.problems),
    )


def _texts(sheet: Sheet, row: Row | None) -> list[str]:
    return [sheet.text(cell) for cell in row or ()]


def _header_lines(sheet: Sheet, row: Row) -> set[int]:
    return {sheet.line_at(piece.start) for cell in row for piece in cell.pieces}
