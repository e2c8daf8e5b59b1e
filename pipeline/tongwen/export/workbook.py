"""An XLSX workbook with a sheet for each table: header and rows from A1 on, what stands around the table below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from tongwen.errors import UsageError
from tongwen.export.guard import holds_as_number, is_formula, writable
from tongwen.export.sheet import Sheet
from tongwen.export.widths import column_widths

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# The limits of the format (ECMA-376, as Excel states them).
NAME, CELL, ROWS, COLUMNS = 31, 32_767, 1_048_576, 16_384

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffd]")
_RESERVED = "history"
_LINE_END = re.compile(r"\r\n?")  # a spreadsheet breaks lines at a line feed alone


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Raises ``UsageError`` where a table is too large for the format."""
    from openpyxl import Workbook  # noqa: PLC0415  takes a quarter of a second

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, name in zip(sheets, names([sheet.name for sheet in sheets]), strict=True):
        _check(sheet)
        _fill(book.create_sheet(name), sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def names(wanted: Sequence[str]) -> list[str]:
    """Legal names of sheets, no two alike, letter case aside."""
    taken = {_RESERVED}
    found = []
    for name in wanted:
        base = _NOT_IN_NAMES.sub("_", writable(name)).strip("' ") or "table"
        number, legal = 1, base[:NAME]
        while legal.casefold() in taken:
            number += 1
            legal = f"{base[: NAME - len(f' ({number})')]} ({number})"
        taken.add(legal.casefold())
        found.append(legal)
    return found


def _check(sheet: Sheet) -> None:
    longest = max((len(cell) for row in sheet.lines for cell in row), default=0)
    rows = len(sheet.lines)
    if longest > CELL or sheet.columns > COLUMNS or rows > ROWS - len(sheet.notes) - 3:
        size = f"{rows:,} rows, {sheet.columns:,} columns and a cell of {longest:,} characters"
        raise UsageError(f"{sheet.name} is too large for XLSX: it has {size}.", "Take it as CSV.")


def _fill(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    strong, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    heads = len(sheet.lines) - len(sheet.rows)
    for at, row in enumerate(sheet.lines):
        for column, text in enumerate(row, 1):
            cell = page.cell(at + 1, column)
            _write(cell, text, numeric=at >= heads)
            cell.alignment = wrapped
            if at < heads or at - heads in sheet.groups:
                cell.font = strong
    below = [text for text in (sheet.title, *sheet.notes, sheet.source) if text]
    for at, text in enumerate(below, len(sheet.lines) + 2):
        _write(page.cell(at, 1), text)
    for column, width in enumerate(column_widths(sheet), 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"A{heads + 1}" if heads else None


def _write(cell: Cell, text: str, numeric: bool = False) -> None:
    """A number as one that is shown just as it is printed, everything else as text that stays text when edited."""
    if numeric and holds_as_number(text):
        cell.value = float(text.replace(",", "")) if "." in text else int(text.replace(",", ""))
        cell.number_format = _shown(text)
    else:
        cell.value = _LINE_END.sub("\n", writable(text))
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = is_formula(text)


def _shown(number: str) -> str:
    """The number format that prints ``number`` as it is written."""
    whole, _, decimals = number.partition(".")
    return ("#,##0" if "," in whole else "0") + ("." + "0" * len(decimals) if decimals else "")
