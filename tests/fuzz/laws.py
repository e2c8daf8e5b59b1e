"""The laws of what a file and a text are made into."""

from __future__ import annotations

from collections.abc import Iterable

from fuzz.target import Broken
from tongwen.model import Document, Span, Structure


def holds(law: bool, what: object) -> None:
    if not law:
        raise Broken(str(what))


def document(found: Document) -> None:
    """Blocks in order, and all that points into the text lies in it."""
    size = len(found.text)
    holds(bool(found.text.strip()), "a document without text")
    _inside([block.span for block in found.blocks], size)
    for before, after in zip(found.blocks, found.blocks[1:], strict=False):
        holds(before.span.end <= after.span.start, f"blocks out of order: {before.span} {after.span}")
    for block in found.blocks:
        rows = {len(row) for row in block.grid}
        holds(len(rows) <= 1, f"a grid is not rectangular: {sorted(rows)}")
        _inside([cell.span for row in block.grid for cell in row if cell.span is not None], size)
    _inside([mark.span for mark in found.marks], size)
    _inside([mark.note for mark in found.marks if mark.note is not None], size)
    _inside([problem.span for problem in found.problems if problem.span is not None], size)
    pages = list(found.pages)
    holds(pages == sorted(pages) and all(0 <= page <= size for page in pages), f"pages out of order: {pages[:9]}")


def structure(found: Structure, text: str) -> None:
    """Ids are unique, parents stand before their children, passages belong to records, everything lies in the text."""
    size = len(text)
    known: dict[str, Span] = {}
    for record in found.records:
        holds(record.id not in known, f"two records {record.id}")
        holds(record.parent is None or record.parent in known, f"{record.id} has no parent {record.parent}")
        known[record.id] = record.span
    _inside(known.values(), size)
    for passage in found.passages:
        holds(passage.record in known, f"a passage of no record {passage.record}")
        _inside(passage.pieces, size)
    _inside([problem.span for problem in found.problems if problem.span is not None], size)


def _inside(spans: Iterable[Span], size: int) -> None:
    for span in spans:
        holds(0 <= span.start <= span.end <= size, f"{span} is not in a text of {size}")
