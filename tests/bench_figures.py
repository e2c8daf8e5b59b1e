"""What was measured, by what and by whom, and the limits that it must keep."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

WHOOSH, SQLITE = "whoosh", "sqlite"
ENGINES = (WHOOSH, SQLITE)

Measures = dict[str, dict[str, list[float]]]
"""What was measured → by whom → the value of each run."""


@dataclass(slots=True)
class Figures:
    """``setting``: on what; ``notes``: what could not be measured, and why."""

    setting: dict[str, float] = field(default_factory=dict)
    measures: Measures = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, measure: str, who: str, value: float) -> None:
        self.measures.setdefault(measure, {}).setdefault(who, []).append(value)

    def least(self, measure: str, who: str) -> float | None:
        """Of all runs: other work on the machine only slows."""
        values = self.measures.get(measure, {}).get(who)
        return min(values) if values else None

    def median(self, measure: str, who: str) -> float:
        return statistics.median(self.measures[measure][who])

    def everyone(self) -> list[str]:
        return list(dict.fromkeys(who for values in self.measures.values() for who in values))


class Limit(NamedTuple):
    """The most that ``who`` may take, or the ``least``: so many times ``than`` takes, or in the unit itself.

    ``by`` is another measure, where it is not the same that bounds it.
    """

    measure: str
    who: str
    value: float
    than: str = ""
    by: str = ""
    least: bool = False


INDEX = "index, seconds"
PEAK = "index, peak MB"
WARM = ("warm search p50, ms", "warm search p95, ms", "warm search slowest, ms")
FIRST = ("search, first time asked, p50, ms", "search, first time asked, p95, ms")
COLD = ("whole search median, ms", "whole search slowest, ms")
SAME = "re-index, nothing changed, s per 1,000 files"
CHANGED = "re-index, one file changed, seconds"
ONE = "re-index, one file changed, s more"
GLOSSARY = "glossary, seconds"
CANDIDATES = "candidates on one core, seconds"

LIMITS = (
    Limit(INDEX, SQLITE, 1 / 20, than="stock Whoosh"),
    Limit(INDEX, SQLITE, 2, than="FTS5 trigram"),
    Limit(INDEX, SQLITE, 2, than="FTS5 spaced"),
    Limit(INDEX, WHOOSH, 1 / 2, than="stock Whoosh"),
    Limit(WARM[0], SQLITE, 2),
    Limit(WARM[1], SQLITE, 10),
    Limit(WARM[0], WHOOSH, 15),
    *(Limit(COLD[0], engine, 150) for engine in ENGINES),
    *(Limit(SAME, engine, 0.1) for engine in ENGINES),
    *(Limit(ONE, engine, 0.5) for engine in ENGINES),
    *(Limit(PEAK, engine, 600) for engine in ENGINES),
    Limit(GLOSSARY, WHOOSH, 1, than=WHOOSH, by=INDEX),
    Limit("glossary, peak MB", WHOOSH, 1000),
    Limit(CANDIDATES, WHOOSH, 1, than=WHOOSH, by=INDEX),
    Limit("defined terms in first 100, %", WHOOSH, 60, least=True),
    Limit("defined terms in first 300, %", WHOOSH, 75, least=True),
)


class Judged(NamedTuple):
    limit: Limit
    value: float
    bound: float
    missed: bool


def judged(figures: Figures) -> Iterator[Judged]:
    """Each limit whose figures were measured."""
    for limit in LIMITS:
        value = figures.least(limit.measure, limit.who)
        beside = figures.least(limit.by or limit.measure, limit.than) if limit.than else 1.0
        if value is not None and beside is not None:
            bound = limit.value * beside
            yield Judged(limit, value, bound, value < bound if limit.least else value > bound)
