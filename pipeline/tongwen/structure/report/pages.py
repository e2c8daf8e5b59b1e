"""What the pages give to the records: their numbers, and the running heads and page numbers that are no text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from tongwen.model import Document, Passage, Record, Structure
from tongwen.structure.around import around
from tongwen.structure.paging import page_line, with_pages
from tongwen.structure.report.layout import Laid


def paged(document: Document, found: Structure, laid: Laid) -> Structure:
    """``found`` with the pages' furniture as paragraphs of the part ``page``, and with page numbers where known."""
    count = sum(record.kind == "paragraph" for record in found.records)
    parents = around([line.span for line in laid.furniture], found.records)
    extra = [
        page_line(line, f"p_{n}", parent)
        for n, (line, parent) in enumerate(zip(laid.furniture, parents, strict=True), count + 1)
    ]
    passages = [Passage(record.id, (record.span,)) for record in extra]
    records = list(_hung(found.records, extra)) if extra else list(found.records)
    return found._replace(records=tuple(with_pages(document, records)), passages=(*found.passages, *passages))


def _hung(records: Sequence[Record], extra: Sequence[Record]) -> Iterator[Record]:
    """The records, each extra one among its siblings, before the first that stands behind it in print."""
    children, more = _families(records), _families(extra)
    yield from _below(None, {parent: list(_among(children[parent], more[parent])) for parent in {**children, **more}})


def _families(records: Iterable[Record]) -> defaultdict[str | None, list[Record]]:
    out = defaultdict[str | None, list[Record]](list)
    for record in records:
        out[record.parent].append(record)
    return out


def _among(siblings: Sequence[Record], extra: Iterable[Record]) -> Iterator[Record]:
    reached = list(accumulate((record.span.start for record in siblings), max))
    places = defaultdict[int, list[Record]](list)
    for record in sorted(extra, key=lambda r: r.span):
        places[bisect_left(reached, record.span.end)].append(record)
    for n, sibling in enumerate(siblings):
        yield from (*places[n], sibling)
    yield from places[len(siblings)]


def _below(parent: str | None, children: Mapping[str | None, Sequence[Record]]) -> Iterator[Record]:
    for record in children.get(parent, ()):
        yield record
        yield from _below(record.id, children)
