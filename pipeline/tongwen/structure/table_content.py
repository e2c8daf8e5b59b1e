"""What a grid says: caption, header, rows, groups and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from tongwen.model import Cell, Grid, Span
from tongwen.structure.captions import is_caption, is_note, read_caption
from tongwen.structure.table_groups import Group, groups
from tongwen.structure.table_header import has_figures, header_rows

Row = tuple[Cell, ...]

_SPREAD = re.compile(r"[^\x00-\x7f](?:\s+[^\x00-\x7f])+")

LEVELS = " · "
"""Between the labels of a column that several header rows name."""


@dataclass(frozen=True, slots=True)
class TableContent:
    """What a table says. ``rows`` hold the labels of groups in their first cell alone; ``head_rows`` are the header as
    printed, of which ``header`` has one label a column. ``cells``: the pieces of text in which each cell stands, header
    rows first; none where a cell is empty or repeats another."""

    number: str | None
    caption: str | None
    header: list[str] | None
    rows: list[list[str]]
    groups: list[Group]
    notes: list[str]
    origin: str
    label: str = ""
    head_rows: list[list[str]] = field(default_factory=list)
    cells: list[list[tuple[Span, ...]]] = field(default_factory=list)


def content_of(grid: Grid, caption: str | None, origin: str, notes: Sequence[str] = ()) -> TableContent:
    """``caption`` as printed, label and all; ``origin``: the format, or how the text was laid out."""
    title, grid = _titled(grid, caption)
    caption = " ".join(dict.fromkeys(filter(None, (caption, title))))
    below = list(reversed([*takewhile(_is_note_row, reversed(grid))]))
    head, body = _split(grid[: len(grid) - len(below)])
    rows = [_texts(row) for row in body]
    printed = [[closed_up(cell.text) for cell in row] for row in head]
    named = read_caption(caption)
    return TableContent(
        named.number,
        named.title,
        list(map(levels, zip(*printed, strict=True))) if head else None,
        rows,
        groups(rows, list(map(_across, body))),
        [*(row[0].text for row in below), *notes],
        origin,
        named.label,
        printed,
        [[_pieces(cell) for cell in row] for row in (*head, *body)],
    )


def _pieces(cell: Cell) -> tuple[Span, ...]:
    return (cell.span,) if cell.span else ()


def _titled(grid: Grid, caption: str | None) -> tuple[str | None, Grid]:
    """What is set as the first row to name the table, above a header or for want of a caption; the grid without it.

    Where other rows lie across the table too, the first is the label of a group as they are.
    """
    if len(grid) < 2 or not _across(grid[0]):
        return None, grid
    text = grid[0][0].text
    headed = _is_header(grid[0]) and _is_header(grid[1]) and not _across(grid[1])
    lone = _is_header(grid[0]) and not caption and not any(map(_across, grid[1:]))
    return (text, grid[1:]) if headed or lone or is_caption(text) else (None, grid)


def _is_header(row: Row) -> bool:
    return all(cell.header for cell in row)


def _split(grid: Grid) -> tuple[list[Row], list[Row]]:
    """The header rows and the rows below: those in which every cell is marked as one, or those that name the columns.

    No row that lies across the table is one.
    """
    head = list(takewhile(lambda row: _is_header(row) and not _across(row), grid))
    head = head[:1] + list(takewhile(lambda row: not has_figures(row), head[1:]))
    if len(head) == len(grid):
        head = head[:1] if len(grid) > 1 else []
    if not head and not any(cell.header for row in grid[1:] for cell in row[1:]):
        head = list(grid[: header_rows(grid)])
    return head, list(grid[len(head) :])


def _across(row: Row) -> bool:
    """Whether one cell spans the row."""
    first, *others = row
    return bool(others and first.text) and all(cell.span is None and cell.text == first.text for cell in others)


def _is_note_row(row: Row) -> bool:
    return (_across(row) or not any(cell.text for cell in row[1:])) and is_note(row[0].text)


def _texts(row: Row) -> list[str]:
    texts = [closed_up(cell.text) for cell in row]
    return [texts[0], *[""] * (len(row) - 1)] if _across(row) else texts


def closed_up(text: str) -> str:
    """``職　　稱`` → ``職稱``: characters that are spread over a cell are one word; other spaces part words."""
    return "".join(text.split()) if _SPREAD.fullmatch(text) else text


def levels(column: Sequence[str]) -> str:
    """The label of a column that several header rows name."""
    return LEVELS.join(dict.fromkeys(filter(None, column)))
