"""Terms of one language beside those of another, for formats that go from a source to a target language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tongwen.concept import STATUSES, Concept, Term
from tongwen.exchange.cells import plain
from tongwen.exchange.table_losses import lost
from tongwen.export.guard import is_formula


class Pair(NamedTuple):
    concept: Concept
    source: Term
    target: Term


def pairs(concepts: Iterable[Concept], source: str, target: str) -> Iterator[Pair]:
    """Every term of the source with every term of the target language, best status first."""
    for concept in concepts:
        targets = fitting(concept, target)
        for one in fitting(concept, source):
            for other in targets:
                yield Pair(concept, one, other)


def fitting(concept: Concept, tag: str) -> tuple[Term, ...]:
    """The terms in ``tag`` or below it; where there are none, those of the language without the region.

    Each on one line, with one blank for each run of white space; what is nothing else is no term.
    """
    found = concept.in_language(tag)
    while not found and "-" in tag:
        tag = tag.rpartition("-")[0]
        found = tuple(t for t in concept.in_language(tag) if t.language == tag)
    return tuple(replace(t, text=text) for t in found if (text := one_line(t.text)))


def one_line(text: str) -> str:
    return " ".join(plain(text).split())


def without_pair(concepts: Sequence[Concept], source: str, target: str) -> tuple[str, ...]:
    lonely = sum(not (fitting(c, source) and fitting(c, target)) for c in concepts)
    return lost(lonely, "concept", f"Left out, because there is no term in {source} or none in {target}")


def harmless(found: Iterable[Pair]) -> tuple[list[Pair], tuple[str, ...]]:
    """Without pairs of which a spreadsheet might run a side: a sign before it would be part of the term."""
    every = [*found]
    kept = [pair for pair in every if not (is_formula(pair.source.text) or is_formula(pair.target.text))]
    return kept, lost(len(every) - len(kept), "pair", "Left out, because a spreadsheet would run it as a formula")


def to_use(found: Iterable[Pair]) -> tuple[list[Pair], tuple[str, ...]]:
    """Without pairs with a target that nobody should write, for formats that cannot say so."""
    every = [*found]
    kept = [pair for pair in every if pair.target.status != "deprecated"]
    return kept, lost(len(every) - len(kept), "pair", "Left out, because the target is deprecated")


def everywhere(found: Iterable[Pair]) -> tuple[list[Pair], tuple[str, ...]]:
    """Without short forms that have their meaning in one document alone, for machines, which know no document."""
    every = [*found]
    kept = [pair for pair in every if not (pair.source.scope or pair.target.scope)]
    return kept, lost(len(every) - len(kept), "pair", "Left out, because it holds in one document alone")


def one_target(found: Iterable[Pair]) -> tuple[dict[str, Pair], tuple[str, ...]]:
    """For each source text the one pair with the best target, for a machine that replaces the one by the other.

    A text that names several concepts with different targets is left out: no machine can know which is meant.
    """
    best: dict[str, dict[str, Pair]] = {}
    further = 0
    for pair in found:
        of_concept = best.setdefault(pair.source.text, {})
        before = of_concept.get(pair.concept.id)
        further += before is not None
        of_concept[pair.concept.id] = pair if before is None else min(before, pair, key=_rank)
    sure = {text: [*of.values()] for text, of in best.items() if len({pair.target.text for pair in of.values()}) == 1}
    return {text: of[0] for text, of in sure.items()}, (
        *lost(len(best) - len(sure), "term", "Left out, because it has several meanings with different targets"),
        *lost(further, "pair", "Left out, because a source term has one target"),
    )


def _rank(pair: Pair) -> tuple[int, bool]:
    return STATUSES.index(pair.target.status), pair.target.converted


def said_of(pair: Pair, target: str) -> str:
    """In one cell what a translator should know: status, region, scope, subject, meaning and source."""
    term = pair.target
    marks = [
        term.status if term.status != "preferred" else "",
        "converted, not attested" if term.converted else "",
        term.language if term.language != target else "",
        *(f"only in {scope}" for scope in dict.fromkeys((pair.source.scope, term.scope)) if scope),
        pair.concept.subject,
        _meaning(pair),
        term.note,
        term.source,
    ]
    return one_line(" · ".join(filter(None, marks)))


def _meaning(pair: Pair) -> str:
    """In the target's language, else the source's, else any."""
    said = {d.language: d.text for d in reversed(pair.concept.definitions)}
    return said.get(pair.target.language) or said.get(pair.source.language) or next(iter(said.values()), "")
