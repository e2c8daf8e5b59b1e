"""How wide the columns of a sheet should be: as wide as their texts, up to a measure that is pleasant to read."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from tongwen.export.sheet import Sheet

NARROWEST, WIDEST = 8, 48  # digits


def column_widths(sheet: Sheet) -> Iterator[float]:
    """The width of each column, in digits."""
    for number in range(sheet.columns):
        cells = (row[number] for row in sheet.lines if number < len(row))
        longest = max((_digits(line) for cell in cells for line in cell.splitlines()), default=0)
        yield min(max(longest + 2, NARROWEST), WIDEST)


def _digits(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
