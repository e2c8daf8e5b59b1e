"""Tables as records: their fields, ids and problems, and each cell a passage, so that no phrase crosses a rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import count

from tongwen.model import Document, Json, Passage, Problem, Record, Span
from tongwen.structure.ids import Ids
from tongwen.structure.table_content import TableContent, content_of
from tongwen.structure.table_context import Context, contexts
from tongwen.structure.table_flat import content_of_flat

__all__ = [
    "TableContent",
    "content_of",
    "content_of_flat",
    "fields_of",
    "ids",
    "passages_of",
    "problems_of",
    "smallest",
    "tables",
]


def fields_of(content: TableContent) -> dict[str, Json]:
    """As `tongwen records tables` gives them, without where the table stands. A label that a flattened header lacks is
    null: whether a printed cell was empty cannot be seen there."""
    lacking = None if content.origin == "text" else ""
    return {
        "number": content.number,
        "caption": content.caption,
        "header": [label or lacking for label in content.header] if content.header else None,
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
