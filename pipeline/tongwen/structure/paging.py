"""What pages give to the records: their numbers, and the lines that are theirs and no text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tongwen.model import Document, Json, Record
from tongwen.structure.lines import Line


def with_pages(document: Document, records: Sequence[Record]) -> list[Record]:
    """Each record with the page on which it begins, counted from 1."""
    if not document.pages:
        return list(records)
    return [r._replace(fields={**r.fields, "page": bisect_right(document.pages, r.span.start)}) for r in records]


def page_line(line: Line, id_: str, parent: Record | None) -> Record:
    """A page number or a running head, inside whatever record it interrupts."""
    fields: dict[str, Json] = {"text": line.text, "spans": [[line.span.start, line.span.end]], "part": "page"}
    above = parent.headings if parent else ()
    return Record(id_, "paragraph", line.span, parent.id if parent else None, "", above, fields)
