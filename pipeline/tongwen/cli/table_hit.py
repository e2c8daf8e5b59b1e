"""A hit in a table: which table, row and column, and the row as context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from tongwen.cli import table_rows
from tongwen.cli.healing import healed
from tongwen.cli.page import Page
from tongwen.cli.passage import INDENT, Passage
from tongwen.cli.script import Reading
from tongwen.model import Record, Span

if TYPE_CHECKING:
    from tongwen.search import Hit
    from tongwen.search.cells import TableCell
    from tongwen.store import Reader

SHOWN = 3
"""Rows that are printed of a table."""

STEP, CELL = " · ", " | "


def matching_rows(store: Reader, hit: Hit, reading: Reading, page: Page) -> None:
    """Prints the rows in which most cells match: those that hold all of several words, where there are any; the header
    with the first."""
    record = store.record(hit.doc, hit.id)
    rows: dict[int | None, list[TableCell]] = defaultdict(list)
    for cell in hit.cells:
        rows[cell.row].append(cell)
    most = max(map(len, rows.values()))
    best = [row for row in rows if len(rows[row]) == most][:SHOWN]
    for row in best:
        page.folded(reading(_name(record, rows[row])), INDENT, 2)
        if row is not None and row == best[0] and table_rows.labels(record.fields):
            for part in _row(store, hit, record, None):
                page.line(" " * INDENT + page.paint(page.safe(reading(part.cut().text)), "faint"))
        for part in _row(store, hit, record, row):
            for line in part.cut().read(reading).lines(page):
                page.line(line)
    if left := len(rows) - len(best):
        more = f"[{left:,} more {'row matches' if left == 1 else 'rows match'} in part or in whole]"
        page.line(" " * INDENT + page.paint(more, "faint"))


def _name(record: Record, cells: Sequence[TableCell]) -> str:
    """``表1　泰国的监测 · 男性 · 感染率（%）``: the table, the row, and the columns in which something matches."""
    table = table_rows.caption(record.fields, record.label)
    row = cells[0].row_label or ""
    columns = dict.fromkeys(cell.column_label for cell in cells if cell.column_label and not _is_label(cell, record))
    return STEP.join(healed(part) for part in (table, row, ", ".join(columns)) if part)


def _is_label(cell: TableCell, record: Record) -> bool:
    """Whether the cell is the one by which its row is called."""
    return cell.row is not None and table_rows.rows(record.fields)[cell.row][cell.column] == cell.row_label


def _row(store: Reader, hit: Hit, record: Record, row: int | None) -> Iterator[Passage]:
    """A row of the table, or those of its header, with what matched in it."""
    heads = table_rows.heads(record.fields)
    printed = [*heads, *table_rows.rows(record.fields)]
    places = cast(list[list[list[list[int]]]], record.fields.get("cells") or [])
    for at in range(len(heads)) if row is None else [len(heads) + row]:
        whole = Passage("", [])
        for column, text in enumerate(printed[at]):
            source = next((r for r in range(at, -1, -1) if places[r][column] or printed[r][column] != text), at)
            pieces = [Span(*edges) for edges in places[source][column]] if printed[source][column] == text else []
            if text:
                whole = whole.followed(_cell(store, hit, text, pieces), CELL)
        yield whole


def _cell(store: Reader, hit: Hit, text: str, pieces: Sequence[Span]) -> Passage:
    """With what matched; a cell that repeats the one on its left is not marked."""
    if not pieces:
        return Passage(text, [False] * len(text))
    whole = Passage("", [])
    for piece in pieces:
        part = Passage.of(store.cut(hit.doc, piece), [piece], hit.highlights)
        latin = whole.text[-1:].isascii() and part.text[:1].isascii()
        whole = whole.followed(part, " " if latin else "")
    return whole
