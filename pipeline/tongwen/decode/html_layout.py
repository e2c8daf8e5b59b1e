"""Tables of a page that set a text: to be read one cell after the other."""

from __future__ import annotations

from bs4.element import Tag

from tongwen.decode.html_table import cell_text
from tongwen.decode.set_text import are_numbers, are_prose


def is_layout(table: list[list[Tag]], letters: list[list[int]]) -> bool:
    """Whether its rows are to be read one cell after the other; ``letters`` say how much each cell holds."""
    filled = [
        [cell for cell, count in zip(row, counts, strict=False) if count]
        for row, counts in zip(table, letters, strict=False)
    ]
    pairs = [row for row in filled if len(row) == 2]
    if not pairs or max(map(len, filled)) > 2 or _has_header(table):
        return False
    if are_numbers([cell_text(first) for first, _ in pairs]):
        return True
    labelled = any(cell.name == "th" for row in pairs for cell in row)
    return not labelled and are_prose([cell_text(second) for _, second in pairs])


def _has_header(table: list[list[Tag]]) -> bool:
    """A row of nothing but header cells stands above data."""
    return any(row and all(cell.name == "th" for cell in row) for row in table)
