"""What a format cannot hold, in one sentence with how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tongwen.concept import Concept


def lost(number: int, thing: str, what: str) -> tuple[str, ...]:
    """``what`` happens to ``number`` of ``thing``, which takes an s for several; nothing where there are none."""
    return (f"{what}: {number:,} {thing}{'s' * (number != 1)}.",) if number else ()


def evidence_lost(concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Of the tables that are edited: they tell how often and where first a term was found, and not every place."""
    terms = [t for c in concepts for t in c.terms]
    links = [link for c in concepts for link in c.links]
    said = [d for c in concepts for d in c.definitions]
    return (
        *lost(_more_than(1, (len(t.found) for t in terms)), "term", "Only the first place is told"),
        *lost(_more_than(0, (len(link.found) for link in links)), "link", "The sentences that show it are not told"),
        *lost(sum(d.found is not None for d in said), "definition", "The place in the text is not told"),
        *lost(sum(bool(d.scope) for d in said), "definition", "How far it reaches in its text is not told"),
    )


def _more_than(least: int, numbers: Iterable[int]) -> int:
    return sum(number > least for number in numbers)
