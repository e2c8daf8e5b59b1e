"""Tables as records: what a grid says, and its cells as passages of their own, so that no phrase crosses a rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count, takewhile

from tongwen.model import Cell, Document, Grid, Json, Passage, Problem, Record, Span
from tongwen.structure.captions import is_caption, is_note, read_caption
from tongwen.structure.flat import FlatCell, FlatTable
from tongwen.structure.ids import Ids
from tongwen.structure.lines import joined
from tongwen.structure.table_context import Context, contexts
from tongwen.structure.table_groups import Group, groups
from tongwen.structure.table_header import has_figures, header_rows

Row = tuple[Cell, ...]

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
    printed = [[cell.text for cell in row] for row in head]
    named = read_caption(caption)
    return TableContent(
        named.number,
        named.title,
        list(map(_levels, zip(*printed, strict=True))) if head else None,
        rows,
        groups(rows, list(map(_across, body))),
        [*(row[0].text for row in below), *notes],
        origin,
        named.label,
        printed,
        [[_pieces(cell) for cell in row] for row in (*head, *body)],
    )


def content_of_flat(table: FlatTable, text: str, caption: str | None, notes: Sequence[str] = ()) -> TableContent:
    """Of a table found in plain ``text``; ``caption`` and ``notes`` as printed."""
    grid = [*([table.header] if table.header else []), *table.rows]
    heads = max(table.head, 1) if table.header else 0
    printed = [[_read(cell, text) for cell in row] for row in grid[:heads]]
    rows = [_line(row, text) for row in grid[heads:]]
    moved = len(grid) - len(table.rows) - heads  # rows that name columns too are no rows any more
    named = read_caption(caption or "")
    return TableContent(
        named.number or table.number,
        named.title,
        list(map(_levels, zip(*printed, strict=True))) if printed else None,
        rows,
        [Group(rows[g.row + moved][0], g.row + moved, g.first + moved, g.last + moved - 1) for g in table.groups],
        list(notes),
        table.origin,
        named.label,
        printed,
        [[() if cell.repeat else cell.pieces for cell in row] for row in grid],
    )


def _line(row: Sequence[FlatCell], text: str) -> list[str]:
    """The cells of a row; of one cell that spans it, the first alone."""
    first, *others = row
    if others and first.pieces and all(cell.repeat and cell.pieces == first.pieces for cell in others):
        return [_read(first, text), *[""] * len(others)]
    return [_read(cell, text) for cell in row]


def _read(cell: FlatCell, text: str) -> str:
    return joined(text, cell.pieces).strip() if cell.pieces else ""


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
    return [row[0].text, *[""] * (len(row) - 1)] if _across(row) else [cell.text for cell in row]


def _levels(column: Sequence[str]) -> str:
    return LEVELS.join(dict.fromkeys(filter(None, column)))


def fields_of(content: TableContent) -> dict[str, Json]:
    """As `tongwen records tables` gives them, without where the table stands."""
    return {
        "number": content.number,
        "caption": content.caption,
        "header": list(content.header) if content.header else None,
        "head_rows": [list(row) for row in content.head_rows],
        "rows": [list(row) for row in content.rows],
        "columns": max(map(len, [*content.head_rows, *content.rows]), default=0),
        "groups": [asdict(group) for group in content.groups],
        "notes": list(content.notes),
        "origin": content.origin,
        "cells": [[[[s.start, s.end] for s in pieces] for pieces in row] for row in content.cells],
    }


def passages_of(record: str, content: TableContent) -> list[Passage]:
    """One a cell that is printed and not empty."""
    return [Passage(record, pieces) for row in content.cells for pieces in row if pieces]


def problems_of(content: TableContent, span: Span) -> list[Problem]:
    """A header that has labels for more or fewer columns than the rows have cells."""
    named = max(map(_filled, content.head_rows), default=0)
    wide = max(map(_filled, content.rows), default=0)
    if not named or not content.rows or named == wide:
        return []
    message = f"The header names {named} columns, and the rows have {wide}."
    return [Problem("table-header-width", message, "Compare the table with the original.", span)]


def _filled(row: Sequence[str]) -> int:
    """Columns up to the last that is not empty."""
    return max((place for place, text in enumerate(row, 1) if text.strip()), default=0)


def ids(numbers: Iterable[str | None]) -> list[str]:
    """``table_4`` for table 4, ``table_4~2`` for the second of that number, ``table_n1`` for the first without one."""
    made, unnamed = Ids(), count(1)
    return [made.unique(f"table_{number}" if number else f"table_n{next(unnamed)}") for number in numbers]


def tables(document: Document, records: Sequence[Record]) -> tuple[list[Record], list[Passage]]:
    """One record a table block; its parent is the smallest record around it."""
    found = [
        (context, content_of(context.table.grid, context.printed, document.format, context.notes))
        for context in contexts(document)
    ]
    out, passages = [], []
    for (context, content), id_ in zip(found, ids(content.number for _, content in found), strict=True):
        out.append(_record(id_, document, context, content, records))
        passages += passages_of(id_, content)
    return out, passages


def _record(id_: str, document: Document, context: Context, content: TableContent, records: Sequence[Record]) -> Record:
    span = context.table.span
    around = smallest(span, (r for r in records if r.kind != "paragraph"))
    above = (*around.headings, around.label) if around else ()
    bound: Json = [[part.start, part.end] for part in context.bound]
    fields = fields_of(content) | {"bound": bound} | _page(document, span)
    return Record(id_, "table", span, around.id if around else None, content.label, above, fields)


def _page(document: Document, span: Span) -> dict[str, Json]:
    """The page on which it begins, counted from 1, for formats that have pages."""
    return {"page": bisect_right(document.pages, span.start)} if document.pages else {}


def smallest(span: Span, records: Iterable[Record]) -> Record | None:
    """The smallest record around a span, None where it stands outside all."""
    return min((r for r in records if r.span.holds(span)), key=lambda r: len(r.span), default=None)
