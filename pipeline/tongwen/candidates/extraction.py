"""One text's candidates, best first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import NamedTuple

from tongwen.candidates.counting import Counted, counted
from tongwen.candidates.edges import bordered
from tongwen.candidates.scoring import evidence, score

LIMIT = 300
CONTEXTS = 2
"""What always has the same word on one side is a part of something longer."""


class Place(NamedTuple):
    """Where something begins: the number of the run, from 0, and the offset in it."""

    run: int
    start: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """``key`` stands ``count`` times in the text, first at ``first``; ``evidence`` says what else speaks for it.

    ``score`` is above 0 and comparable between texts.
    """

    key: str
    count: int
    score: float
    evidence: str
    first: Place

    @property
    def reason(self) -> str:
        return f"{self.count} times; {self.evidence}"


def candidates(runs: Iterable[Sequence[str]], limit: int = LIMIT) -> tuple[Candidate, ...]:
    """At most ``limit`` of a text, best first; equal ones in the order of their characters.

    ``runs``: of each passage the words that tile its search key, as the segmentation cuts them. No candidate reaches
    from one run into another. They are counted as characters, so as a search finds them.
    """
    runs = list(runs)
    found = counted(bordered(runs), CONTEXTS)
    scores = {string: score(string, seen) for string, seen in found.items()}
    best = sorted(scores, key=lambda string: (-scores[string], string))
    keys = ["".join(run) for run in runs]
    text, starts = "\n".join(keys), [0, *accumulate(len(key) + 1 for key in keys)]
    made = (_candidate(string, scores[string], found[string], text, starts) for string in best)
    return tuple(islice((one for one in made if one.count > 1), limit))  # 甲甲 in 甲甲甲 stands there once


def _candidate(string: str, points: float, seen: Counted, text: str, starts: Sequence[int]) -> Candidate:
    at = text.index(string)
    run = bisect_right(starts, at) - 1
    first = Place(run, at - starts[run])
    return Candidate(string, text.count(string), round(points, 2), evidence(string, seen), first)
