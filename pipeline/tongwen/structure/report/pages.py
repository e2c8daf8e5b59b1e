"""What the pages give to the records: their numbers, and the running heads and page numbers that are no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongwen.model import Document, Json, Passage, Record, Structure
from tongwen.structure.lines import Line
from tongwen.structure.paging import with_pages
from tongwen.structure.report.layout import Laid
from tongwen.structure.tables import smallest


def paged(document: Document, found: Structure, laid: Laid) -> Structure:
    """``found`` with the pages' furniture as paragraphs of the part ``page``, and with page numbers where known."""
    count = sum(record.kind == "paragraph" for record in found.records)
    extra = [_furniture(line, f"p_{count + n}", found.records) for n, line in enumerate(laid.furniture, 1)]
    passages = [Passage(record.id, (record.span,)) for record in extra]
    records = list(_hung(found.records, extra)) if extra else list(found.records)
    return replace(found, records=tuple(with_pages(document, records)), passages=(*found.passages, *passages))


def _furniture(line: Line, id_: str, records: Sequence[Record]) -> Record:
    """A page's own line, inside whatever record it interrupts."""
    around = smallest(line.span, records)
    fields: dict[str, Json] = {"text": line.text, "spans": [[line.span.start, line.span.end]], "part": "page"}
    above = around.headings if around else ()
    return Record(id_, "paragraph", line.span, around.id if around else None, "", above, fields)


def _hung(records: Sequence[Record], extra: Sequence[Record]) -> Iterator[Record]:
    """The records, each extra one among its siblings, before the first that stands behind it in print."""
    children: dict[str | None, list[Record]] = {}
    for record in records:
        children.setdefault(record.parent, []).append(record)
    for record in extra:
        siblings = children.setdefault(record.parent, [])
        behind = (n for n, other in enumerate(siblings) if other.span.start >= record.span.end)
        siblings.insert(next(behind, len(siblings)), record)
    yield from _below(None, children)


def _below(parent: str | None, children: dict[str | None, list[Record]]) -> Iterator[Record]:
    for record in children.get(parent, ()):
        yield record
        yield from _below(record.id, children)
