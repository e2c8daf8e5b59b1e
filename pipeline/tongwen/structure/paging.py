"""Page numbers of records, for formats that have pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tongwen.model import Document, Record


def with_pages(document: Document, records: Sequence[Record]) -> list[Record]:
    """Each record with the page on which it begins, counted from 1."""
    if not document.pages:
        return list(records)
    return [replace(r, fields={**r.fields, "page": bisect_right(document.pages, r.span.start)}) for r in records]
