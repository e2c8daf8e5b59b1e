"""Strings of words that come again in one text, and in how many contexts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from tongwen.candidates.edges import BORDER, HAN, ends

LONGEST = 12
"""Characters of a candidate."""

SHORTEST = 2
TWICE = 2

Found = tuple[int, str]
"""Where a string begins in the list of words, and the string."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A string of ``words`` words with its ``count`` in one text, ``joined`` where a word inside joins two names.

    ``before``, ``after``: its accessor variety, how many different characters stand there, where each time that
    nothing stands there counts as one more (Feng, Chen, Deng and Zheng 2004).
    """

    words: int
    count: int
    before: int
    after: int
    joined: bool


class _Line:
    """The words of a text with borders, and what each may be at its place: kept apart, as each is asked for often.

    ``before``, ``after``: the character that a string's neighbour shows it; a word that joins is no more than a border.
    """

    def __init__(self, words: Sequence[str]) -> None:
        roles = list(map(ends, words))
        self.first = [role.first for role in roles]
        self.last = [role.last for role in roles]
        self.joins = [role.joins for role in roles]
        beside = [BORDER if joins else word for word, joins in zip(words, self.joins, strict=True)]
        self.before = [word[-1:] for word in beside]
        self.after = [word[:1] for word in beside]


def counted(words: Sequence[str], contexts: int) -> dict[str, Counted]:
    """All strings of two to twelve characters that stand twice at least, with ``contexts`` on both sides.

    ``words`` has borders around and between. The same characters cut in two ways count once, as the commoner one.
    """
    line, found = _Line(words), dict[str, Counted]()
    size, strings = 1, _twice((at, word) for at, word in enumerate(words) if word)
    while strings:
        for string, one in _candidates(line, strings, size, contexts):
            if string not in found or found[string].count < one.count:
                found[string] = one
        strings = _twice(_grown(words, strings, size))
        size += 1
    return found


def _grown(words: Sequence[str], strings: Sequence[Found], size: int) -> Iterator[Found]:
    """One word longer: a string comes again only if both of its shorter parts do."""
    for (at, string), (following, _) in pairwise(strings):
        if following == at + 1 and len(longer := string + words[at + size]) <= LONGEST:
            yield at, longer


def _twice(strings: Iterable[Found]) -> list[Found]:
    strings = list(strings)
    counts = Counter(map(itemgetter(1), strings))
    return [one for one in strings if counts[one[1]] >= TWICE]


def _candidates(line: _Line, strings: Sequence[Found], size: int, contexts: int) -> Iterator[tuple[str, Counted]]:
    """Those of one size that may be candidates."""
    first, last, end = line.first, line.last, size - 1
    kept = [one for one in strings if first[one[0]] and last[one[0] + end] and len(one[1]) >= SHORTEST]
    names = [name for _, name in kept]
    before = _variety(names, [line.before[at - 1] for at, _ in kept])
    after = _variety(names, [line.after[at + size] for at, _ in kept])
    places, counts = {name: at for at, name in kept}, Counter(names)
    for name, count in counts.items():
        if count >= TWICE and before[name] >= contexts and after[name] >= contexts and HAN.search(name):
            joined = any(line.joins[places[name] : places[name] + size])
            yield name, Counted(size, count, before[name], after[name], joined)


def _variety(strings: Sequence[str], beside: Sequence[str]) -> Counter[str]:
    """How many different characters stand beside each string; a border is different each time."""
    pairs = list(zip(strings, beside, strict=True))
    variety = Counter(string for string, character in pairs if not character)
    variety.update(string for string, character in set(pairs) if character)
    return variety
