"""What it adds to a record's score that it holds what is looked for."""

from __future__ import annotations

from math import log

BM25 = (1.2, 0.75)  # k1, b in Robertson and Zaragoza (2009): how soon repetition saturates, how much length counts
LIKENESS = (0.4, 0.5)  # the same for single characters: that one is there says more than how often
TENTHS = 10_000  # of a score that count: ``round`` would take as long as all the rest of it
ALONE = 2.0  # times more: a text that is nothing but what was asked for


def weight(held: int, count: int) -> float:
    """Of what stands in ``held`` of ``count`` passages: the rarer, the more."""
    return log(1 + (count - held + 0.5) / (held + 0.5))


class Shares(dict[tuple[int, int], float]):
    """What a group adds to a score, by how often it stands in how many tokens; the rarer the group, the more.

    ``tokens``: how many it has itself. Where it is all that a text says, the text is its title, heading or cell: that
    counts ``ALONE`` times more, and the less the more it says besides.
    """

    def __init__(self, weight: float, average: float, tokens: int, measure: tuple[float, float]) -> None:
        super().__init__()
        k1, b = measure
        self._weight, self._tokens = weight * (k1 + 1), tokens
        self._norm, self._slope = k1 * (1 - b), k1 * b / average

    def __missing__(self, held: tuple[int, int]) -> float:
        count, length = held
        share = self._weight * count / (count + self._norm + self._slope * length)
        if self._tokens:
            part = count * self._tokens / (length or 1)
            share *= 1 + ALONE * (part * part if part < 1 else 1.0)
        self[held] = share = int(share * TENTHS + 0.5) / TENTHS
        return share


def rounded(score: float) -> float:
    return int(score * TENTHS + 0.5) / TENTHS
