"""What a search gives back, and its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tongwen.model import Json, Span
from tongwen.search.cells import TableCell


class Hit(NamedTuple):
    """A record that matches. ``text``: its matching passages in original glyphs, which stand at ``pieces``.

    ``page``: on which the record begins, None in a format without pages. ``span`` is the record's, ``highlights`` are
    spans of the document's original text. ``cells``: those of a table that hold what matched. ``joints``: what is read
    before each piece but the first, None where text is left out there. ``in_document``: how many hits its document has,
    where they are grouped.
    """

    doc: str
    id: str
    kind: str
    title: str
    label: str
    path: tuple[str, ...]
    span: Span
    text: str
    pieces: tuple[Span, ...]
    highlights: tuple[Span, ...]
    score: float
    why: tuple[str, ...]
    cells: tuple[TableCell, ...] = ()
    joints: tuple[str | None, ...] = ()
    page: int | None = None
    in_document: int | None = None

    def json(self) -> dict[str, Json]:
        return {
            "doc": self.doc,
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "label": self.label,
            "path": list(self.path),
            "span": [self.span.start, self.span.end],
            **({"page": self.page} if self.page is not None else {}),
            "text": self.text,
            "pieces": [[piece.start, piece.end] for piece in self.pieces],
            "highlights": [[mark.start, mark.end] for mark in self.highlights],
            "score": self.score,
            "why": list(self.why),
            **({"in_document": self.in_document} if self.in_document is not None else {}),
            **({"cells": [cell.json() for cell in self.cells]} if self.kind == "table" else {}),
        }


class Results(NamedTuple):
    """``total`` hits lie in ``documents`` documents; ``hits`` are the page that was asked for.

    ``spellings``: how often what was asked for is written in each way; ``sampled``: only the first passages of the
    first documents that hold it were counted.
    """

    query: str
    total: int
    documents: int
    seconds: float
    read_as: tuple[str, ...]
    hits: tuple[Hit, ...]
    spellings: Mapping[str, int] = MappingProxyType({})
    sampled: bool = False

    def json(self) -> dict[str, Json]:
        return {
            "query": self.query,
            "total": self.total,
            "documents": self.documents,
            "seconds": self.seconds,
            "read_as": list(self.read_as),
            "spellings": dict(self.spellings),
            "spellings_sampled": self.sampled,
            "hits": [hit.json() for hit in self.hits],
        }
