"""How wide the columns of a sheet should be: as wide as their texts, up to a measure that is pleasant to read."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from tongwen.export.sheet import Sheet

NARROWEST, WIDEST = 8, 48  # digits


def column_widths(sheet: Sheet) -> Iterator[tuple[str, float]]:
    """The letter of each column and its width, in digits."""
    for number in range(sheet.columns):
        cells = (row[number] for row in sheet.lines if number < len(row))
        longest = max((_digits(line) for cell in cells for line in cell.splitlines()), default=0)
        yield letter(number), min(max(longest + 2, NARROWEST), WIDEST)


def letter(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _digits(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
