"""Tables as records: their fields, ids and problems, and each cell a passage, so that no phrase crosses a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from tongwen.model import Document, Json, Passage, Problem, Record, Span
from tongwen.structure.around import around, smallest
from tongwen.structure.ids import Ids
from tongwen.structure.table_content import TableContent, content_of
from tongwen.structure.table_context import Context, contexts
from tongwen.structure.table_flat import content_of_flat

__all__ = [
    "TableContent",
    "content_of",
    "content_of_flat",
    "fields_of",
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
    """A header that has labels for more or fewer columns than the rows have cells; a group whose end is not printed."""
    return [*_width(content, span), *_ends(content, span)]


def _ends(content: TableContent, span: Span) -> Iterator[Problem]:
    for group in content.groups:
        if not group.sure:
            message = f"Where the group “{group.label}” of this table ends is not printed."
            yield Problem("table-group-end", message, "It was taken to go on to the last row.", span)


def _width(content: TableContent, span: Span) -> list[Problem]:
    named = max(map(_filled, content.head_rows), default=0)
    wide = max(map(_filled, content.rows), default=0)
    if not named or not content.rows or named == wide:
        return []
    message = f"The header names {named} columns, and the rows have {wide}."
    return [Problem("table-header-width", message, "Compare the table with the original.", span)]


def _filled(row: Sequence[str]) -> int:
    """Columns up to the last that is not empty."""
    return max((place for place, text in enumerate(row, 1) if text.strip()), default=0)


def tables(document: Document, records: Sequence[Record], ids: Ids) -> tuple[list[Record], list[Passage]]:
    """One record a table block; its parent is the smallest record around it."""
    found = contexts(document)
    parents = around([context.table.span for context in found], [r for r in records if r.kind != "paragraph"])
    out, passages = [], []
    for context, parent in zip(found, parents, strict=True):
        content = content_of(context.table.grid, context.printed, document.format, context.notes)
        out.append(_record(ids.numbered("table", content.number), context, content, parent))
        passages += passages_of(out[-1].id, content)
    return out, passages


def _record(id_: str, context: Context, content: TableContent, parent: Record | None) -> Record:
    above = (*parent.headings, parent.label) if parent else ()
    bound: Json = [[part.start, part.end] for part in context.bound]
    fields = fields_of(content) | {"bound": bound}
    return Record(id_, "table", context.table.span, parent.id if parent else None, content.label, above, fields)
