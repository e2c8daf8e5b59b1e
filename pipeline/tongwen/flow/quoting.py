"""The words at a place that is evidence: the sentence around it, read from the store when somebody asks for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tongwen.concept import Concept, Evidence, Link
from tongwen.glossary.occurrences import sentence
from tongwen.model import Passage, Span, Text
from tongwen.normalise import fold
from tongwen.store import Reader
from tongwen.terms.running import running

LONGEST = 180  # characters of a place itself that are quoted


def quoted(store: Reader, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """The concepts with the words at each place that shows a link; document by document, as they are read fastest."""
    bare = {found for concept in concepts for link in concept.links for found in link.found if not found.quote}
    order = sorted(bare, key=lambda found: (found.doc, found.span.start, found.span.end))
    words = {found: replace(found, quote=_words(store, found)) for found in order}
    return tuple(
        replace(concept, links=tuple(_told(link, words) for link in concept.links)) if concept.links else concept
        for concept in concepts
    )


def _told(link: Link, words: Mapping[Evidence, Evidence]) -> Link:
    return replace(link, found=tuple(words.get(found, found) for found in link.found))


def _words(store: Reader, found: Evidence) -> str:
    """Of the passage alone: what a page break or a note sets between its pieces is no part of the sentence."""
    pieces = store.pieces(found.doc, found.record, found.span)
    words = "".join(store.cut(found.doc, piece) for piece in pieces)
    run = running(Passage(found.record, (Span(0, len(words)),)), Text(words, fold(words)))
    start, end = (bisect_left(run.places, _within(pieces, at)) for at in (found.span.start, found.span.end))
    if end - start > LONGEST:
        return f"{run.printed[start : start + LONGEST]}…"
    return sentence(run.printed, start, end)


def _within(pieces: tuple[Span, ...], at: int) -> int:
    """A place of the document as one of its passage's text."""
    return sum(min(len(piece), max(0, at - piece.start)) for piece in pieces)
