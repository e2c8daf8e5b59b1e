"""The candidates of a whole library from those of its documents, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from tongwen.candidates.extraction import LIMIT, Candidate

HELD = 200_000
"""Different strings that are held at once; beyond it the weaker half is let go."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """``key`` stands ``count`` times in the ``documents`` documents of which it is a candidate.

    ``evidence`` is that of the document in which it scores best.
    """

    key: str
    count: int
    documents: int
    score: float
    evidence: str

    @property
    def reason(self) -> str:
        documents = "1 document" if self.documents == 1 else f"{self.documents} documents"
        return f"{self.count} times in {documents}; {self.evidence}"


@dataclass(slots=True)
class _Sum:
    count: int = 0
    documents: int = 0
    squares: float = 0.0
    best: float = 0.0
    evidence: str = ""

    def add(self, one: Candidate) -> None:
        self.count += one.count
        self.documents += 1
        self.squares += one.score**2
        if one.score > self.best:
            self.best, self.evidence = one.score, one.evidence


def merged(documents: Iterable[Iterable[Candidate]], limit: int = LIMIT, held: int = HELD) -> list[Ranked]:
    """At most ``limit`` of all documents, best first.

    The score is the root of the sum of the squares of the scores: a term of many documents gains, and what is strong in
    one is not drowned by what is weak in many.
    """
    sums: dict[str, _Sum] = {}
    for document in documents:
        for one in document:
            sums.setdefault(one.key, _Sum()).add(one)
        if len(sums) > held:
            sums = dict(_best(sums, held // 2))
    return [
        Ranked(key, found.count, found.documents, round(sqrt(found.squares), 2), found.evidence)
        for key, found in _best(sums, limit)
    ]


def _best(sums: dict[str, _Sum], number: int) -> list[tuple[str, _Sum]]:
    return sorted(sums.items(), key=lambda item: (-item[1].squares, item[0]))[:number]
