"""Digits that could be note markers, each with a weight for what stands around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from tongwen.model import Span
from tongwen.structure.notes.contexts import quantity, weigh
from tongwen.structure.notes.floats import floats
from tongwen.structure.notes.labels import entry
from tongwen.structure.notes.stream import Stream, cover

LEAST = -1.5
"""Weight at or below which digits are no candidate."""

REPEATED = 3
"""Numbers behind one and the same word from which on the word looks like a label (附件1, 附件2, 附件3)."""

LONGEST_STEP = 3
"""Numbers that markers side by side (12,13) or at the ends of a range (5-7) are apart at most."""

SOME = 3
"""Markers told by the format from which on other figures must be the clearer: the format knows most of them."""

UNMARKED = 1.5
"""What is then taken from figures that the format does not tell."""

TOO_MANY = 10000
"""No text has as many notes."""

RANGE = 3.0
"""What a range takes from its weight: rather an amount (1-3 grams) than markers."""

MARKED = 4.0
"""What it adds that the format sets the digits as a marker."""

_RUN = re.compile(
    r"(?<![0-9/~_=+#$@&·-])(?<![0-9][.,])(?<![0-9]{4}[.])[1-9][0-9]{0,3}(?:[,、-] ?[1-9][0-9]{0,3})*"
    r"(?![0-9])(?![.,·:/~+_=-] ?[0-9])(?!\n[.-][0-9])(?! ?[%‰°℃])"
)
_BEHIND_FIGURE = re.compile(r"(?<=[0-9]\.)[1-9][0-9]{0,2}(?= [A-Z\"“‘(]|\n)")
_BEFORE_YEAR = re.compile(r"(?<=[^0-9])[1-9][0-9]{0,2}(?=(?:19|20)[0-9]{2}\s?年)")
_RANGE = re.compile(r" ?- ?([0-9]{1,3})(?![0-9])")
_NUMBER = re.compile(r"[0-9]+")
_WIDE_COMMA = re.compile("[，、]")


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: they are keys by the thousand
class Candidate:
    """``start`` and ``end`` in the stream; ``marked``: told by the format; ``through``: the end of a range (5-7);
    ``floating``: in a caption, which may stand pages off."""

    start: int
    end: int
    number: int
    weight: float
    marked: bool = False
    through: int = 0
    floating: bool = False


def candidates(page: Stream, marks: Sequence[Span]) -> list[Candidate]:
    """All digits that could be markers, in printed order."""
    told = {c.start: c for c in _told(page, marks)}
    taken = cover([page.span(c.start, c.end) for c in told.values()])
    free = [c for c in _weighed(page) if c.weight > LEAST and not taken.meets(page.span(c.start, c.end))]
    kept = list(_without_labels(page, free))
    if len(told) >= SOME:
        kept = [replace(c, weight=c.weight - UNMARKED) for c in kept if c.weight - UNMARKED > LEAST]
    return sorted([*kept, *told.values()], key=lambda c: c.start)


def _told(page: Stream, marks: Sequence[Span]) -> Iterator[Candidate]:
    """Digits that the format sets as markers; what stands around them only adds."""
    for span in marks:
        at = page.at(span.start)
        for number in _NUMBER.finditer(page.key, at, at + len(span)) if at is not None else ():
            if 0 < int(number[0]) < TOO_MANY:
                weight = MARKED + max(0.0, weigh(page, number.start(), number.end()))
                yield Candidate(number.start(), number.end(), int(number[0]), weight, True)


def _weighed(page: Stream) -> Iterator[Candidate]:
    entries = {n for n, line in enumerate(page.lines) if entry(line.key)}
    for run in _RUN.finditer(page.key):
        for start, end, group in _groups(page, run.start(), run.end()):
            weight = weigh(page, start, end) - (RANGE if "-" in page.key[start:end] else 0.0)
            for number in group if weight > LEAST and page.line(start) not in entries else ():
                through = reaches(page.key, number.end())
                floating = floats(page.lines[page.line(number.start())])
                yield Candidate(
                    number.start(), number.end(), int(number[0]), weight, through=through, floating=floating
                )
    for number in chain(_BEHIND_FIGURE.finditer(page.text), _BEFORE_YEAR.finditer(page.key)):
        yield Candidate(*number.span(), int(number[0]), weigh(page, *number.span()))


def reaches(key: str, end: int) -> int:
    """The number up to which a range goes that begins before ``end``; 0 where none does."""
    other = _RANGE.match(key, end)
    return int(other[1]) if other else 0


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
        weight = c.weight - (0.4 * min(often, 3) if often > 0 and _word(page, c) else 0.0) - counted
        if weight > LEAST:
            yield replace(c, weight=weight)


def _word(page: Stream, c: Candidate) -> str:
    """The two characters before the digits, where they are letters."""
    word = page.key[max(0, c.start - 2) : c.start]
    return word if word.isalpha() and not word.isascii() else ""
