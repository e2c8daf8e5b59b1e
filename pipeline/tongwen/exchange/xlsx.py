"""A termbase as a workbook that translators edit and send back: the sheets Terms, Concepts and Links.

They have the columns of the folder's files. The sheet Glossary before them is for reading: it is protected, so that
nobody edits what is not read back. Of a workbook without such a sheet Terms the first
sheet is read as a table that somebody made.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from tongwen.concept import LINK_KINDS, STATUSES, TERM_TYPES, Concept
from tongwen.errors import UnreadableFile, UsageError
from tongwen.exchange import archive
from tongwen.exchange.cells import plain
from tongwen.exchange.csv_table import has_a_row_for_each_term, read_rows
from tongwen.exchange.overview import overview
from tongwen.exchange.reading import Reading
from tongwen.exchange.rows import COLUMNS, FACTS, Entries, Row, concept_rows, facts, link_rows, term_rows
from tongwen.exchange.separated import Table, unknown_columns
from tongwen.exchange.table_losses import lost_in_tables
from tongwen.exchange.writing import Written
from tongwen.export.guard import holds_as_number, is_formula
from tongwen.export.sheet import Sheet
from tongwen.export.widths import column_widths

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# The limits of the format (ECMA-376, as Excel states them).
CELL, ROWS = 32_767, 1_048_576
_WIDEST = 200  # columns that are read
_CHOICES = {"status": STATUSES, "type": TERM_TYPES, "kind": LINK_KINDS}
_NUMBERS = ("count", "documents")


def write_xlsx(concepts: Sequence[Concept], title: str = "Tongwen") -> Written:
    """Raises ``UsageError`` where a sheet or a cell would be too large for the format."""
    from openpyxl import Workbook  # noqa: PLC0415  takes a quarter of a second

    header, *rows = overview(concepts)
    book = Workbook(write_only=True)
    book.properties.title = plain(title)
    _fill(book.create_sheet("Glossary"), Sheet("Glossary", header, rows), editable=False)
    for sheet in _sheets(concepts):
        _fill(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return Written(out.getvalue(), lost_in_tables(concepts))


def _sheets(concepts: Sequence[Concept]) -> Iterator[Sheet]:
    terms = [(*row, *facts(t)) for c in concepts for row, t in zip(term_rows(c), c.terms, strict=True)]
    yield Sheet("Terms", (*COLUMNS["terms"], *FACTS), terms)
    yield Sheet("Concepts", COLUMNS["concepts"], [row for c in concepts for row in concept_rows(c)])
    yield Sheet("Links", COLUMNS["links"], [row for c in concepts for row in link_rows(c)])


def _fill(page: WriteOnlyWorksheet, sheet: Sheet, editable: bool = True) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    header = list(sheet.header or ())
    _check(sheet)
    for number, width in enumerate(column_widths(sheet), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "C2"  # the header, and what tells the rows apart
    page.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(sheet.rows) + 1}"
    for name, choices in _CHOICES.items() if editable else ():
        if name in header:
            _offer(page, get_column_letter(header.index(name) + 1), choices)
    if not editable:
        _protect(page)
    page.append([_heading(page, name, name in FACTS) for name in header])
    cells = _Cells(page)
    for row in sheet.rows:
        page.append([cells.of(text, name in _NUMBERS) for name, text in zip(header, row, strict=True)])


def _check(sheet: Sheet) -> None:
    longest = max((len(cell) for row in sheet.rows for cell in row), default=0)
    if longest > CELL or len(sheet.rows) >= ROWS:
        size = f"{len(sheet.rows):,} rows and a cell of {longest:,} characters"
        raise UsageError(f"The glossary is too large for XLSX: the sheet {sheet.name} has {size}.", "Take it as CSV.")


def _offer(page: WriteOnlyWorksheet, letter: str, choices: Iterable[str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)
    rule.add(f"{letter}2:{letter}{ROWS}")
    page.data_validations.append(rule)


def _protect(page: WriteOnlyWorksheet) -> None:
    """Without a password: who wants to can take it off; filters and column widths stay free."""
    page.protection.sheet = True
    page.protection.autoFilter = page.protection.sort = page.protection.formatColumns = False


def _heading(page: WriteOnlyWorksheet, name: str, told: bool) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415

    cell = WriteOnlyCell(page, name)
    cell.font = Font(bold=True, italic=told, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="808080" if told else "1F4E79")
    return cell


class _Cells:
    """Makes cells of text that stays text when it is edited. The look is made once: that takes most of the time."""

    def __init__(self, page: WriteOnlyWorksheet) -> None:
        self._page = page
        self._style, self._quoted = self._look(False), self._look(True)

    def _look(self, quoted: bool) -> Any:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
        from openpyxl.styles import Alignment  # noqa: PLC0415

        cell = WriteOnlyCell(self._page)
        cell.number_format = "@"
        cell.quotePrefix = quoted
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell._style

    def of(self, text: str, numeric: bool) -> WriteOnlyCell | None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        if not text:
            return None
        if numeric and holds_as_number(text):
            return WriteOnlyCell(self._page, int(text))
        cell = WriteOnlyCell(self._page, plain(text))
        cell.data_type = "s"
        cell._style = self._quoted if is_formula(text) else self._style
        return cell


def read_xlsx(data: bytes, name: str) -> Reading:
    """:raises UnreadableFile: it is no workbook, it goes beyond a bound, or it has no sheet with terms"""
    from openpyxl import load_workbook  # noqa: PLC0415

    archive.check(data, name)
    faults: list[str] = []
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        tables = _tables(book.worksheets, name, faults)
    except UnreadableFile:
        raise
    except Exception as fault:  # the library tells damage in many ways
        message = f"{name} is no XLSX workbook that can be read, or it is damaged."
        raise UnreadableFile(message, "Open it in a spreadsheet and save it again as XLSX.") from fault
    if "terms" in tables and has_a_row_for_each_term(tables["terms"]):
        return _read_sheets(tables, name, faults)
    filled = [table for table in tables.values() if table.header]
    found = read_rows(filled[0] if filled else Table([], []), name)
    return Reading(found.concepts, (*faults, *found.faults))


def _read_sheets(tables: dict[str, Table], name: str, faults: list[str]) -> Reading:
    found = Entries(faults)
    for title, take in (("terms", found.term), ("concepts", found.concept), ("links", found.link)):
        for row in _rows(tables.get(title, Table([], [])), title, name, faults):
            take(*row)
    return Reading(found.concepts(), tuple(faults))


def _rows(table: Table, title: str, name: str, faults: list[str]) -> Iterator[Row]:
    known = (*COLUMNS[title], *FACTS)
    faults.extend(unknown_columns(table.header, known, f"{name} {title.title()}"))
    return table.named(known, faults)


def _tables(pages: Iterable[Any], name: str, faults: list[str]) -> dict[str, Table]:
    """By the names of the sheets; all together have no more rows than one may have, claimed ones included."""
    tables, left = {}, ROWS
    for page in pages:
        tables[page.title.casefold()], seen = _table(page, name, faults, left)
        left -= seen
        if left < 0:
            raise UnreadableFile(f"{name} has more than {ROWS:,} rows in all its sheets.", "Split the termbase.")
    return tables


def _table(page: Any, name: str, faults: list[str], most: int) -> tuple[Table, int]:
    """And how many rows it claims to have, up to one more than ``most``.

    ``where`` is file, sheet and row. A formula is not run, and its cell is empty.
    """
    rows: list[tuple[str, list[str]]] = []
    number = 0
    for number, cells in enumerate(islice(page.iter_rows(max_col=_columns(page, most + 1)), most + 1), 1):
        formulas = [cell.coordinate for cell in cells if cell.data_type == "f"]
        faults.extend(f"{name} {page.title}!{place}: is a formula, and is read as empty." for place in formulas)
        row = ["" if cell.data_type == "f" else _text(cell.value).strip() for cell in cells]
        if any(row):
            rows.append((f"{name} {page.title}:{number}", row))
    return (Table(rows[0][1], rows[1:]) if rows else Table([], [])), number


def _columns(page: Any, most: int) -> int:
    """How many columns the header has; what stands behind them is not read, for a row may claim thousands."""
    for row in islice(page.iter_rows(max_col=_WIDEST, values_only=True), most):
        filled = [number for number, value in enumerate(row, 1) if _text(value).strip()]
        if filled:
            return filled[-1]
    return 1


def _text(value: object) -> str:
    """Numbers as a person would type them, days as ISO 8601 has them."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
