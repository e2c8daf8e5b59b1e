"""How wide the columns of a sheet should be: as wide as their texts, up to a measure that is pleasant to read."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from tongwen.export.sheet import Sheet

NARROWEST, WIDEST = 8, 48  # digits


def column_widths(sheet: Sheet) -> Iterator[float]:
    """The width of each column, in digits."""
    longest = [0] * sheet.columns
    for row in sheet.lines:
        for number, cell in enumerate(row):
            longest[number] = max(longest[number], *map(_digits, cell.splitlines()), 0)
    return (min(max(digits + 2, NARROWEST), WIDEST) for digits in longest)


def _digits(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
