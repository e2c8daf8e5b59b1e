"""Strings of words that come again in one text, and what stands beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter

from tongwen.candidates.edges import BORDER, ends

LONGEST = 12
"""Characters of a candidate."""

SHORTEST = 2
TWICE = 2


@dataclass(slots=True)
class Counted:
    """A string of ``words`` words with its ``count`` in one text, ``joined`` where a word inside joins two names.

    ``before``, ``after``: its accessor variety, how many different words stand there, where each time that nothing
    stands there counts as one more (Feng, Chen, Deng and Zheng 2004). ``longer``: the counts of the candidates that are
    longer than it by one word and hold it.
    """

    words: int
    count: int
    before: int
    after: int
    joined: bool
    longer: list[int]

    @property
    def alone(self) -> float:
        """C-value as a share (Frantzi and Ananiadou 1996): without the mean count of the longer ones."""
        within = sum(min(count, self.count) for count in self.longer) / len(self.longer) if self.longer else 0.0
        return 1 - within / self.count


class Level:
    """All strings of so and so many words that come again: where each begins in the list of words, in order."""

    def __init__(self, size: int, strings: Iterable[tuple[int, str]]) -> None:
        strings = list(strings)
        counts = Counter(map(itemgetter(1), strings))
        self.size = size
        self.found = [one for one in strings if counts[one[1]] >= TWICE]

    def grown(self, words: Sequence[str]) -> Level:
        """One word longer: a string comes again only if both of its shorter parts do."""
        size = self.size
        return Level(
            size + 1,
            (
                (at, longer)
                for (at, string), (following, _) in zip(self.found, self.found[1:], strict=False)
                if following == at + 1 and len(longer := string + words[at + size]) <= LONGEST
            ),
        )


def counted(words: Sequence[str]) -> dict[str, Counted]:
    """All strings of two to twelve characters that stand twice at least; ``words`` has borders around and between."""
    found: dict[str, Counted] = {}
    edges = {word: ends(word) for word in set(words) if word}
    outer = [BORDER if word and edges[word].joins else word for word in words]
    firsts = {word for word, end in edges.items() if end.first}
    lasts = {word for word, end in edges.items() if end.last}
    joins = {word for word, end in edges.items() if end.joins}
    level = Level(1, ((at, word) for at, word in enumerate(words) if word))
    while level.found:
        size = level.size
        kept = [
            one
            for one in level.found
            if words[one[0]] in firsts and words[one[0] + size - 1] in lasts and len(one[1]) >= SHORTEST
        ]
        places, strings = list(map(itemgetter(0), kept)), list(map(itemgetter(1), kept))
        before = _variety(strings, [outer[at - 1] for at in places])
        after = _variety(strings, [outer[at + size] for at in places])
        where = dict(zip(strings, places, strict=True))
        for string, count in Counter(strings).items():
            if count < TWICE or (string in found and found[string].count >= count):
                continue
            at = where[string]
            inside = words[at : at + size]
            found[string] = Counted(size, count, before[string], after[string], not joins.isdisjoint(inside), [])
            if size > 1:
                for part in {string[len(inside[0]) :], string[: -len(inside[-1])]}:
                    if part in found:
                        found[part].longer.append(count)
        level = level.grown(words)
    return found


def _variety(strings: list[str], beside: list[str]) -> Counter[str]:
    """How many different words stand beside each string; a border is different each time."""
    pairs = list(zip(strings, beside, strict=True))
    variety = Counter(map(itemgetter(0), set(pairs)))
    borders = [string for string, word in pairs if not word]
    variety.update(borders)
    variety.subtract(set(borders))
    return variety
