"""Digits that could be note markers, each with a weight for what stands around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tongwen.structure.notes.contexts import quantity, weigh
from tongwen.structure.notes.stream import Cover, Stream

LEAST = -1.5
"""Weight at or below which digits are no candidate."""

REPEATED = 3
"""Numbers behind one and the same word from which on the word looks like a label (附件1, 附件2, 附件3)."""

LONGEST_STEP = 3
"""Numbers that markers side by side (12,13) or at the ends of a range (5-7) are apart at most."""

MARKED = 4.0
"""What it adds that the format sets the digits as a marker."""

_RUN = re.compile(
    r"(?<![0-9/~_=+#$@&·-])(?<![0-9][.,])(?<![0-9]{4}[.])[1-9][0-9]{0,3}(?:[,、-] ?[1-9][0-9]{0,3})*"
    r"(?![0-9])(?![.,·:/~+_=-] ?[0-9])(?! ?[%‰°℃])"
)
_NUMBER = re.compile(r"[0-9]+")
_WIDE_COMMA = re.compile("[，、]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """``start`` and ``end`` in the stream; ``marked``: told by the format."""

    start: int
    end: int
    number: int
    weight: float
    marked: bool = False


def candidates(page: Stream, marked: Cover, excluded: Cover) -> list[Candidate]:
    """All digits that could be markers, in printed order."""
    found = [
        c for c in _weighed(page, marked) if c.weight > LEAST and not excluded.holds(page.span(c.start, c.end).start)
    ]
    return list(_without_labels(page, found))


def _weighed(page: Stream, marked: Cover) -> Iterator[Candidate]:
    for run in _RUN.finditer(page.key):
        for start, end, group in _groups(page, run.start(), run.end()):
            weight = weigh(page, start, end)
            for number in group:
                told = bool(marked.starts) and marked.holds(page.span(number.start(), number.end()).start)
                value = max(weight, 0.0) + MARKED if told else weight
                yield Candidate(number.start(), number.end(), int(number[0]), value, told)


def _groups(page: Stream, start: int, end: int) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """Numbers that stand together: markers side by side have one neighbourhood; else each has its own."""
    numbers = list(_NUMBER.finditer(page.key, start, end))
    values = [int(n[0]) for n in numbers]
    if len(values) > 1 and all(0 < b - a <= LONGEST_STEP for a, b in pairwise(values)):
        yield start, end, numbers
    elif len(values) == 1 or _WIDE_COMMA.search(page.text, start, end):
        for number in numbers:
            yield number.start(), number.end(), [number]


def _without_labels(page: Stream, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Takes weight from numbers that stand behind a word which stands before other numbers too."""
    numbers = defaultdict(set)
    for c in found:
        numbers[_word(page, c)].add(c.number)
    for c in found:
        often = len(numbers[_word(page, c)]) - REPEATED + 1
        counted = quantity(page.key, c.start)
        weight = c.weight - (0.4 * min(often, 4) if often > 0 and _word(page, c) else 0.0) - counted
        if c.marked or weight > LEAST:
            yield c if c.marked else replace(c, weight=weight)


def _word(page: Stream, c: Candidate) -> str:
    """The two characters before the digits, where they are letters."""
    word = page.key[max(0, c.start - 2) : c.start]
    return word if word.isalpha() else ""
