"""What a table cannot hold, in one sentence with how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tongwen.concept import Concept
from tongwen.export.guard import writable


def lost(number: int, thing: str, what: str) -> tuple[str, ...]:
    """``what`` happens to ``number`` of ``thing``, which takes an s for several; nothing where there are none."""
    return (f"{what}: {number:,} {thing}{'s' * (number != 1)}.",) if number else ()


def lost_in_tables(concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Of the tables that are edited: they tell how often and where first a term was found, and not every place."""
    terms = [t for c in concepts for t in c.terms]
    links = [link for c in concepts for link in c.links]
    said = [d for c in concepts for d in c.definitions]
    ids = {c.id for c in concepts}
    return (
        *lost(_true(len(t.found) > 1 for t in terms), "term", "Only the first place is told"),
        *lost(_true(bool(link.found) for link in links), "link", "The sentences that show it are not told"),
        *lost(_true(d.found is not None for d in said), "definition", "The place in the text is not told"),
        *lost(_true(bool(d.scope) for d in said), "definition", "How far it reaches in its text is not told"),
        *lost(_true(c.origin != "curated" for c in concepts), "concept", "Not told that nobody wrote it by hand"),
        *lost(
            _true(not any(t.text.strip() for t in c.terms) for c in concepts),
            "concept",
            "Not read back, without a term",
        ),
        *lost(_true(link.target not in ids for link in links), "link", "Not read back, to a concept that is not here"),
        *lost(_true(writable(text) != text for text in _texts(concepts)), "text", "Control characters stand as U+FFFD"),
    )


def _true(cases: Iterable[bool]) -> int:
    return sum(cases)


def _texts(concepts: Sequence[Concept]) -> Iterator[str]:
    for c in concepts:
        yield from (c.subject, *c.notes)
        for t in c.terms:
            yield from (t.text, t.source, t.note, t.scope)
        for d in c.definitions:
            yield from (d.text, d.source)
        for link in c.links:
            yield from (link.reason, link.source)
