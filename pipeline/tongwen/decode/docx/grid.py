"""A table's cells at their places: a rectangular grid (ECMA-376 part 1, section 17.4), merged cells repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from xml.etree.ElementTree import Element

from tongwen.decode.docx.borders import is_drawn, signature
from tongwen.decode.docx.changes import Changes
from tongwen.decode.docx.elements import child, is_on, name, number, value
from tongwen.decode.docx.inline import Inline
from tongwen.decode.docx.styles import Styles

_WIDEST = 1000  # columns; Word has 63
_LARGEST = 200_000  # cells after merged ones are repeated; past it, they are not
_FIRST_ROW = 0x0020  # in the bits of a table's look
_SPACE = str.maketrans("\n\t", "  ")
_GONE = frozenset(("del", "moveFrom"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the grid: ``own`` where the cell stands itself, not a repetition of it."""

    inline: Inline
    own: bool = True
    header: bool = False

    @property
    def text(self) -> str:
        return self.inline.text.translate(_SPACE).strip()


@dataclass(frozen=True, slots=True)
class Row:
    cells: list[Element]
    before: int = 0
    header: bool = False


def read_rows(table: Element, changes: Changes) -> list[Row]:
    """The rows that are not deleted; ``before``: the columns that a row leaves out at its beginning."""
    return [
        Row([*_within(row, "tc", changes)], _columns(row, "gridBefore"), is_on(child(row, "trPr", "tblHeader")))
        for row in _within(table, "tr", changes)
    ]


def _columns(row: Element, wanted: str) -> int:
    return min(max(number(child(row, "trPr", wanted)) or 0, 0), _WIDEST)


def _within(parent: Element, wanted: str, changes: Changes) -> Iterator[Element]:
    """The rows of a table or cells of a row, in content controls too."""
    for element in parent:
        tag = name(element)
        if tag in _GONE:
            changes.accept()
        elif tag == wanted:
            if not _is_deleted(element, changes):
                yield element
        elif tag not in ("tbl", "p") and not tag.endswith("Pr"):
            yield from _within(element, wanted, changes)


def _is_deleted(element: Element, changes: Changes) -> bool:
    row, cell = child(element, "trPr"), child(element, "tcPr")
    deleted = child(row, "del") is not None or child(cell, "cellDel") is not None
    if deleted or child(row, "ins") is not None or child(cell, "cellIns") is not None:
        changes.accept()
    return deleted


def is_box(table: Element, rows: list[Row], styles: Styles) -> bool:
    """Whether lines are drawn around what it holds, or it has a ground of its own."""
    properties = child(table, "tblPr")
    own = is_drawn(child(properties, "tblBorders"))
    styled = styles.of(value(child(properties, "tblStyle"))).drawn
    cells = [child(cell, "tcPr") for row in rows for cell in row.cells]
    lined = any(signature(child(cell, "tcBorders")) for cell in cells)
    ground = bool(cells) and all(value(child(cell, "shd"), "fill") not in ("", "auto", "FFFFFF") for cell in cells)
    return lined or ground or bool(styled if own is None else own)


def lay_out(rows: list[Row], read: Callable[[Element], Inline]) -> list[list[Slot]]:
    """The grid, filled by ``read``, which gives what is printed in a cell."""
    expand = sum(_span(cell) for row in rows for cell in row.cells) <= _LARGEST
    grid: list[list[Slot]] = []
    for row in rows:
        grid.append(_row(row, grid[-1] if grid else [], read, expand))
    width = max(map(len, grid))
    if width * len(grid) > _LARGEST:
        return [[slot for slot in row if slot.own] for row in grid]
    return [row + [Slot(Inline()) for _ in range(width - len(row))] for row in grid]


def _row(row: Row, above: list[Slot], read: Callable[[Element], Inline], expand: bool) -> list[Slot]:
    slots = [Slot(Inline()) for _ in range(row.before if expand else 0)]
    for cell in row.cells:
        upper = above[len(slots)] if len(slots) < len(above) else None
        if _merge(cell, "hMerge") == "continue" and slots:
            slots.append(Slot(slots[-1].inline, False, row.header))
            continue
        slot = Slot(read(cell), True, row.header)
        if _merge(cell, "vMerge") == "continue" and upper and not slot.text:
            slot = Slot(upper.inline, False, row.header)
        slots.append(slot)
        slots += [Slot(slot.inline, False, row.header) for _ in range(_span(cell) - 1 if expand else 0)]
    return slots


def _span(cell: Element) -> int:
    return min(max(number(child(cell, "tcPr", "gridSpan")) or 1, 1), _WIDEST)


def _merge(cell: Element, way: str) -> str:
    """``restart`` or ``continue``, which may be left unsaid; "" where the cell is not merged."""
    merge = child(cell, "tcPr", way)
    return "" if merge is None else value(merge) or "continue"


def with_header(grid: list[list[Slot]], table: Element, styles: Styles) -> list[list[Slot]]:
    """The grid with its first row marked as the header, where the table's style or bold type alone shows it."""
    if any(slot.header for row in grid for slot in row):
        heads = len([*takewhile(lambda row: row[0].header, grid)])
        return [_marked(row, number < heads) for number, row in enumerate(grid)]
    return [_marked(row, not number and _looks_so(grid, table, styles)) for number, row in enumerate(grid)]


def _marked(row: list[Slot], header: bool) -> list[Slot]:
    return [Slot(slot.inline, slot.own, header) for slot in row]


def _looks_so(grid: list[list[Slot]], table: Element, styles: Styles) -> bool:
    properties = child(table, "tblPr")
    styled = styles.of(value(child(properties, "tblStyle"))).first_row
    if styled and _has_first_row(child(properties, "tblLook")):
        return True
    return _is_bold(grid[0]) and not any(map(_is_bold, grid[1:]))


def _has_first_row(look: Element | None) -> bool:
    said = value(look, "firstRow")
    bits = value(look)
    if said or len(bits) > 4 or not all(digit in "0123456789abcdefABCDEF" for digit in bits):
        return said in ("1", "true", "on")
    return bool(int(bits or "0", 16) & _FIRST_ROW)


def _is_bold(row: list[Slot]) -> bool:
    filled = [slot for slot in row if slot.text]
    return bool(filled) and all(slot.inline.bold for slot in filled)
