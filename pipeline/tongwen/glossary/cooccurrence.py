"""Which concepts stand in the same passages more often than chance would have it.

The measure is the log-likelihood ratio G² (Dunning, Accurate methods for the statistics of surprise and coincidence,
1993) of the four-fold table of passages with both, with one, with the other and with neither. Under chance it has the
χ² distribution of one degree of freedom. As many pairs are tested at once, the probability at which one counts is
divided by their number (Bonferroni). Memory is bounded: see ``MOST``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations
from math import erfc, log, sqrt
from typing import NamedTuple

FEWEST = 3  # passages that a pair must share
CHANCE = 0.001  # that any pair at all is told by chance, in one library
STRONGEST = 8  # neighbours of a concept that are kept: each must be among the strongest of both
CROWD = 40  # concepts in one passage: with more it is a list of terms and says nothing
MOST = 2_000_000  # pairs that are counted at a time; then those that were met once are forgotten

Pair = tuple[int, int]
"""Two numbers of concepts, the smaller first."""


class Related(NamedTuple):
    pair: Pair
    together: int
    expected: float
    strength: float


class Counts:
    """Passages are added one by one; none is kept."""

    def __init__(self, most: int = MOST) -> None:
        self.passages = 0
        self._most = most
        self._single: Counter[int] = Counter()
        self._pairs: dict[Pair, int] = {}

    def alone(self, concept: int, passages: int) -> None:
        """It is the only one in so many passages, which must be among ``passages``."""
        self._single[concept] += passages

    def add(self, concepts: Collection[int]) -> None:
        """Those of one passage, in any order, each once."""
        self._single.update(concepts)
        if len(concepts) > CROWD:
            return
        for pair in combinations(sorted(concepts), 2):
            self._pairs[pair] = self._pairs.get(pair, 0) + 1
        if len(self._pairs) > self._most:
            self._pairs = {pair: count for pair, count in self._pairs.items() if count > 1}

    def significant(self) -> Iterator[Related]:
        """Strongest first."""
        tested = [(pair, count) for pair, count in self._pairs.items() if count >= FEWEST]
        found = (self._related(pair, count) for pair, count in tested)
        kept = [r for r in found if r.together > r.expected and chance(r.strength) * len(tested) <= CHANCE]
        return iter(sorted(kept, key=lambda r: (-r.strength, r.pair)))

    def _related(self, pair: Pair, count: int) -> Related:
        one, other = (self._single[concept] for concept in pair)
        return Related(pair, count, one * other / self.passages, likelihood(count, one, other, self.passages))


def strongest(related: Iterator[Related], most: int = STRONGEST) -> list[Related]:
    """Those that are among the ``most`` strongest of both their concepts."""
    rank: Counter[int] = Counter()
    kept = defaultdict(list)
    for found in related:
        kept[all(rank[concept] < most for concept in found.pair)].append(found)
        rank.update(found.pair)
    return kept[True]


def likelihood(both: int, one: int, other: int, all_: int) -> float:
    """G² of the table whose margins are ``one`` and ``other`` of ``all_`` passages; 0 where both are independent."""
    table = ((both, one, other), (one - both, one, all_ - other), (other - both, all_ - one, other))
    cells = (*table, (all_ - one - other + both, all_ - one, all_ - other))
    return max(0.0, 2 * sum(seen * log(seen * all_ / (row * column)) for seen, row, column in cells if seen > 0))


def chance(strength: float) -> float:
    """The probability of so high a G² where two are independent: the upper tail of χ² with one degree of freedom."""
    return erfc(sqrt(strength / 2))
