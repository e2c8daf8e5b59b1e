"""A data table of a page: a rectangular grid, merged cells repeated, and its text, a line a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4.element import Tag

from tongwen.decode.html_marks import Place, unmark
from tongwen.decode.html_walk import collapse, elements, value, walk
from tongwen.model import Cell, Grid, Span

_WIDEST = 1000  # columns, as the HTML standard bounds a colspan
_LARGEST = 200_000  # cells after merged ones are repeated; past it, they are not

BREAKS = elements("block") | {"br"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the grid: ``own`` where the cell stands itself, not a repetition of it."""

    text: str
    own: bool
    header: bool


def cell_text(cell: Tag) -> str:
    return collapse("".join(_parts(cell))).strip()


def lay_out(rows: list[list[Tag]], text_of: Callable[[Tag], str] = cell_text) -> list[list[Slot]]:
    """The cells at their places: HTML standard, section 4.9.12.1 ("forming a table")."""
    expand = sum(_span(cell, "colspan") for row in rows for cell in row) <= _LARGEST
    hanging: dict[int, tuple[int, Slot]] = {}  # column -> rows still to fill, and with what
    grid = [_row(row, hanging, expand, text_of) for row in rows]
    width = max(map(len, grid))
    if width * len(grid) > _LARGEST:
        return [[slot for slot in row if slot.own] for row in grid]
    return [row + [Slot("", True, False)] * (width - len(row)) for row in grid]


def _row(
    cells: list[Tag], hanging: dict[int, tuple[int, Slot]], expand: bool, text_of: Callable[[Tag], str]
) -> list[Slot]:
    row: list[Slot] = []
    for cell in cells:
        _hang(row, hanging)
        slot = Slot(text_of(cell), True, cell.name == "th")
        repeated = Slot(slot.text, False, slot.header)
        for number in range(_span(cell, "colspan") if expand else 1):
            if (depth := _span(cell, "rowspan")) > 1:
                hanging[len(row)] = (depth - 1, repeated)
            row.append(repeated if number else slot)
    _hang(row, hanging)
    return row


def _hang(row: list[Slot], hanging: dict[int, tuple[int, Slot]]) -> None:
    """Fill the next places with the cells that reach down from the rows above."""
    while (column := len(row)) in hanging:
        depth, slot = hanging.pop(column)
        if depth > 1:
            hanging[column] = (depth - 1, slot)
        row.append(slot)


def _span(cell: Tag, name: str) -> int:
    printed = value(cell, name)
    return max(1, min(int(printed), _WIDEST)) if printed.isdecimal() and len(printed) < 6 else 1


def _parts(cell: Tag) -> Iterator[str]:
    for event, what in walk(cell):
        if event == "text":
            yield str(what)
        elif isinstance(what, Tag) and what.name in BREAKS:
            yield " "


def write(grid: list[list[Slot]], start: int) -> tuple[str, Grid, list[Place]]:
    """The table's text, beginning at ``start`` of the document's, its cells and the markers in it."""
    pieces: list[str] = []
    cells: list[tuple[Cell, ...]] = []
    marks: list[Place] = []
    position = start
    for row in grid:
        line: list[Cell] = []
        for slot in row:
            text, places = unmark(slot.text)
            printed = text if slot.own else ""
            span = Span(position, position + len(printed)) if slot.own else None
            line.append(Cell(text, span, slot.header))
            marks += (Place(at.key, position + at.start, position + at.end) for at in places if slot.own)
            pieces += (printed, "\t")
            position += len(printed) + 1
        pieces[-1] = "\n"
        cells.append(tuple(line))
    return "".join(pieces[:-1]), tuple(cells), marks
