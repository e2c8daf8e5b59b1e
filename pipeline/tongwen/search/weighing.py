"""What a record is worth beside how rare its words are and how often they stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tongwen.nesting import Nesting
from tongwen.normalise import fold
from tongwen.search import grams
from tongwen.search.query import Query
from tongwen.search.scores import Scores

DEFINES = 2.0  # times: who asks for a term first wants to know what it means


def terms(query: Query) -> list[str]:
    """What may be a term, as definitions are looked up: all that was typed, and each phrase of it."""
    phrases = [phrase for group in query.groups for phrase in group]
    literal = [query.literal] if query.literal else []
    return list(dict.fromkeys(grams.unwrapped(fold(phrase.typed)) for phrase in [*literal, *phrases]))


def raised(scores: Scores, defining: Iterable[tuple[str, int]], nesting: Callable[[str], Nesting]) -> Scores:
    """The scores, higher where a record, or the next inside it, is one of ``defining``: documents and their records."""
    weighed: dict[tuple[str, int], float] = {}
    for doc, place in defining:
        if doc in scores.docs:
            known = scores.within(doc)
            nearest = next((record for record in nesting(doc).upwards(place) if record in known), None)
            if nearest is not None:
                weighed[doc, nearest] = round(known[nearest] * DEFINES, 4)
    return scores.changed(weighed) if weighed else scores
