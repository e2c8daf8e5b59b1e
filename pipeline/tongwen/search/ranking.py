"""The ways of looking in their order, what each finds that none before it did, and the page that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import NamedTuple

from tongwen.search import plan, weighing
from tongwen.search.library import Records
from tongwen.search.plan import Stage, Why
from tongwen.search.query import Query
from tongwen.search.retrieve import Retrieval
from tongwen.search.scores import Scores

GROUP = 3  # hits of one document that are shown together


class Match(NamedTuple):
    """``in_document``: how many matches its document has, where they are grouped."""

    doc: str
    record: int
    score: float
    why: Why
    in_document: int | None = None


class Tier(NamedTuple):
    """``holds``: whether it finds anything, which may be what tiers before it found too."""

    stage: Stage
    scores: Scores
    holds: bool = True

    @property
    def total(self) -> int:
        return self.scores.total


def named(query: Query, store: Records) -> list[Tier]:
    """The places that the query names, if it names any: 刑法第三百四十八条."""
    if not set("条條#") & set(query.typed):
        return []
    from tongwen.search.citation import citation, places  # noqa: PLC0415  most queries name no place

    cited = citation(query.typed)
    scores: dict[str, dict[int, float]] = {}
    for doc, record, score in places(cited, store) if cited else ():
        scores.setdefault(doc, {})[record] = round(score, 4)
    stage = Stage("citation", (), (f"citation: {query.typed.strip()}",))
    return [Tier(stage, Scores.of(scores))] if scores else []


def tiers(  # noqa: PLR0913, PLR0917  a query, where it is looked for, and how far
    query: Query,
    retrieval: Retrieval,
    similar: bool,
    words: tuple[str, ...],
    first: list[Tier],
    expanded: Stage | None = None,
) -> list[Tier]:
    """All that was looked for, the closest first, behind ``first``; the looser ways only where the closer ones find
    nothing. ``expanded``: the query by all names of what it names."""
    without = plan.without(query)
    found = [*first, *_new(plan.close(query, expanded), retrieval, without, first)]
    if query.plain and not any(tier.total for tier in found):
        found += _new(plan.loose(query, words), retrieval, without)
    if similar and query.plain and not any(tier.total for tier in found):
        stage = retrieval.telling(plan.similar(query))
        found.append(Tier(stage, retrieval.similar(stage, without)))
    return found


def weighed(found: Iterable[Tier], query: Query, store: Records) -> list[Tier]:
    """With those records first that define what is asked for, each in its way."""
    defining = list(store.defining(weighing.terms(query)))
    return [tier._replace(scores=weighing.raised(tier.scores, defining, store.nesting)) for tier in found]


def _new(
    stages: Sequence[Stage], retrieval: Retrieval, without: Sequence[plan.Wanted], known: Sequence[Tier] = ()
) -> list[Tier]:
    found: list[Tier] = []
    for stage in stages:
        scores = retrieval.matches(stage, without)
        holds = scores.total > 0
        for tier in (*known, *found):
            docs = scores.docs.keys() & tier.scores.docs.keys()
            scores = scores.less({doc: set(tier.scores.records[tier.scores.docs[doc]]) for doc in docs})
        found.append(Tier(stage, scores, holds))
    return found


def page(found: Sequence[Tier], offset: int, limit: int) -> list[Match]:
    """By tier, then by score; equal scores by document and place, so that the order is always the same."""
    matches: list[Match] = []
    for tier in found:
        left = offset + limit - len(matches)
        if left > 0:
            best = tier.scores.best(left)
            matches += [Match(doc, record, -score, tier.stage.why) for score, doc, record in best]
    return matches[offset:]


def grouped(found: Sequence[Tier], offset: int, limit: int) -> list[Match]:
    """The best of each document side by side; documents in the order of their best, and counted by ``limit``."""
    best: dict[str, tuple[int, float, str]] = {}
    for at, tier in enumerate(found):
        for doc, part in tier.scores.docs.items():
            best.setdefault(doc, (at, -max(tier.scores.scores[part]), doc))
    docs = [doc for _, _, doc in nsmallest(offset + limit, best.values())[offset:]]
    return [match for doc in docs for match in _of(doc, found)]


def _of(doc: str, found: Sequence[Tier]) -> list[Match]:
    own = [Tier(tier.stage, Scores.of({doc: tier.scores.within(doc)})) for tier in found if doc in tier.scores.docs]
    total = sum(tier.total for tier in own)
    return [match._replace(in_document=total) for match in page(own, 0, GROUP)]


def records(found: Sequence[Tier]) -> dict[str, set[int]]:
    """Every record that was found, by document."""
    records: dict[str, set[int]] = {}
    for tier in found:
        for doc in tier.scores.docs:
            records.setdefault(doc, set()).update(tier.scores.within(doc))
    return records
