"""Tables that are there for the look of a page: to be read one cell after the other."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from tongwen.decode.docx.elements import child, name
from tongwen.decode.docx.grid import Row
from tongwen.decode.set_text import are_numbers, are_prose


def is_layout(rows: list[Row], printed: Callable[[Element], str], lined: bool) -> bool:
    """Whether it is no table of data; ``lined``: lines are drawn around it.

    A table is none that has a table in it, a single row or column, no two cells of a row that hold text, articles'
    numbers beside their texts, or prose in two columns without lines.
    """
    cells = [cell for row in rows for cell in row.cells]
    nested = any(child(cell, "tbl") is not None for cell in cells)
    if nested or len(rows) < 2 or max(len(row.cells) for row in rows) < 2:
        return True
    texts = [[text for cell in row.cells if (text := printed(cell))] for row in rows]
    pairs = [row for row in texts if len(row) == 2]
    if max(map(len, texts)) < 2 or any(row.header for row in rows):
        return max(map(len, texts)) < 2
    if max(map(len, texts)) > 2:
        return False
    return are_numbers([first for first, _ in pairs]) or (not lined and are_prose([second for _, second in pairs]))


def printed_in(cell: Element) -> str:
    """What a cell holds, near enough to tell of which sort it is: a number that is counted stands for itself."""
    shown = "".join(element.text or "" for element in cell.iter() if name(element) == "t").strip()
    counted = any(name(element) in ("numPr", "sym", "footnoteReference") for element in cell.iter())
    return shown or ("•" if counted else "")
