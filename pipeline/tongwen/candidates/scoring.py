"""How much a string that comes again looks like a term, and why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import log2

from tongwen.candidates.background import common
from tongwen.candidates.counting import Counted
from tongwen.lexicon import rows

RARE = 10
"""Of 1,000 statutes: what fewer have is called rare."""


def score(string: str, seen: Counted) -> float:
    """A product of powers; comparable between documents."""
    weights = _weights()
    return float(2 ** sum(weights[name] * value for name, value in features(string, seen)))


def features(string: str, seen: Counted) -> Iterator[tuple[str, float]]:
    """The rows of ``lexicon/candidate_weights.tsv`` that bear on it, with their values."""
    yield "fewest contexts", log2(1 + min(seen.before, seen.after))
    yield "most contexts", log2(1 + max(seen.before, seen.after))
    length = {2: "two characters", 3: "three characters", 4: ""}.get(len(string), "five characters or more")
    if length:
        yield length, 1
    if seen.words == 1:
        yield "one word", 1
    if seen.joined:
        yield "joined", 1
    yield "legal text", log2(1 + common(string, "legal"))
    yield "prose", log2(1 + common(string, "prose"))


def evidence(string: str, seen: Counted) -> str:
    """Why it may be a term, as a person would say it."""
    return f"{seen.before} contexts before it and {seen.after} after it; {_known(common(string, 'legal'))}"


def _known(share: float) -> str:
    if not share:
        return "not known from general legal text"
    return f"{'rare' if share < RARE else 'common'} in general legal text (in {share:g} of 1,000 statutes)"


@cache
def _weights() -> dict[str, float]:
    return {feature: float(weight) for feature, weight, _ in rows("candidate_weights.tsv")}
