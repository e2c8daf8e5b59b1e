"""Whether one piece of text goes on in another: what the document's own text says of the two characters that meet.

逮 is followed by 捕 everywhere else in a report, so a line that breaks off at 逮 goes on where 捕 begins. The estimate
is Witten and Bell's: a character that has many successors says little about the next, one that has few says much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, pairwise
from math import log

from tongwen.structure.lines import NEVER_FIRST, NEVER_LAST, squeezed

_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_OPENERS, _CLOSERS = "(“‘《〈「『【〔", ")”’》〉」』】〕"

GOING_ON = (*NEVER_FIRST, "%")
"""Marks with which running text goes on; a cell may begin with the last."""

OPEN_MARK = 4.0
"""Weight of a mark that can only close, or only open, what stands on the other side."""

WORD = 2.0
"""Weight of a small or a capital letter that begins the rest of an English sentence."""


class Evidence:
    """Counts of characters and of pairs in ``runs``: pieces of running text (keys without note markers) that may not go
    on in one another."""

    def __init__(self, runs: Iterable[str]) -> None:
        self._texts = list(map(squeezed, runs))

    @cached_property
    def single(self) -> Counter[str]:
        """Counted when they are asked for: many a text is set whole, and no two of its lines are in doubt."""
        return Counter(chain.from_iterable(self._texts))

    @cached_property
    def pairs(self) -> Counter[str]:
        return Counter(map("".join, chain.from_iterable(map(pairwise, self._texts))))

    @cached_property
    def followers(self) -> Counter[str]:
        return Counter(pair[0] for pair in self.pairs)

    @cached_property
    def total(self) -> int:
        return max(self.single.total(), 1)

    def fits(self, left: str, right: str) -> float:
        """How much more likely ``right`` is the rest of ``left`` than any other text; 0 where nothing tells."""
        left, right = left.rstrip(), right.lstrip()
        if not left or not right:
            return 0.0
        return self._met(left[-1], right) + self._brackets(left, right)

    def _met(self, last: str, right: str) -> float:
        first = right[0]
        if right.startswith(GOING_ON) or last in NEVER_LAST:
            return OPEN_MARK
        if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
            return WORD if first.islower() else -WORD / 2
        if not (_HANZI.match(last) and _HANZI.match(first)):
            return 0.0
        frequency = self.single[first] / self.total
        if not frequency:
            return 0.0
        seen = max(self.single[last] - 1, 0)
        others = self.followers[last] + 1
        chance = (self.pairs[last + first] + others * frequency) / (seen + others)
        return log(chance / frequency)

    def _brackets(self, left: str, right: str) -> float:
        """An opener that waits on the left, and what the right does with it first."""
        held = waiting(left)
        return OPEN_MARK * held if _closes(right) else -OPEN_MARK / 4 * held


def waiting(text: str) -> int:
    """Whether the last sentence or so has opened a bracket and not closed it."""
    tail = text[-60:]
    return int(sum(tail.count(c) for c in _OPENERS) > sum(tail.count(c) for c in _CLOSERS))


def _closes(text: str) -> bool:
    """Whether a bracket is closed that this text has not opened."""
    for c in text[:60]:
        if c in _OPENERS:
            return False
        if c in _CLOSERS:
            return True
    return False
