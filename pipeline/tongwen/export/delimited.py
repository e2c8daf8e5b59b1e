"""CSV as RFC 4180 has it: header and rows alone, so that every line is one of the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TextIO

from tongwen.export.guard import inert
from tongwen.export.sheet import Sheet

BOM = "\ufeff"
"""By which Excel knows UTF-8."""


def delimited(sheet: Sheet, bom: bool = False) -> str:
    out = io.StringIO()
    write(sheet.grid, out)
    return (BOM if bom else "") + out.getvalue()


def write(rows: Iterable[Sequence[str]], out: TextIO) -> None:
    """Rows of texts as CSV; no cell is run as a formula."""
    csv.writer(out).writerows([inert(cell) for cell in row] for row in rows)
