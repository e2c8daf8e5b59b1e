"""What a record is worth beside how rare its words are and how often they stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tongwen.nesting import Nesting
from tongwen.normalise import fold
from tongwen.search import grams
from tongwen.search.query import Query

DEFINES = 2.0  # times: who asks for a term first wants to know what it means

Scores = dict[str, dict[int, float]]
"""Document → record → score."""


def terms(query: Query) -> list[str]:
    """What may be a term, as definitions are looked up: all that was typed, and each phrase of it."""
    phrases = [phrase for group in query.groups for phrase in group]
    literal = [query.literal] if query.literal else []
    return list(dict.fromkeys(grams.unwrapped(fold(phrase.typed)) for phrase in [*literal, *phrases]))


def raised(scores: Scores, defining: Iterable[tuple[str, int]], nesting: Callable[[str], Nesting]) -> Scores:
    """The scores, higher where a record, or the next inside it, is one of ``defining``: documents and their records."""
    weighed = dict(scores)
    for doc, record in set(_nearest(scores, defining, nesting)):
        weighed[doc] = {**weighed[doc], record: round(weighed[doc][record] * DEFINES, 4)}
    return weighed


def _nearest(
    scores: Mapping[str, Mapping[int, float]], places: Iterable[tuple[str, int]], nesting: Callable[[str], Nesting]
) -> Iterator[tuple[str, int]]:
    """Of each place the smallest record around it that has a score."""
    for doc, place in places:
        if doc in scores:
            around = (record for record in nesting(doc).upwards(place) if record in scores[doc])
            yield from ((doc, record) for record in list(around)[:1])
