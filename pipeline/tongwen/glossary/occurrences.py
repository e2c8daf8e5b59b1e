"""Where the names of a glossary stand in a text: all of them in one pass, the longest where several begin.

去罪化 inside 法律去罪化 is no occurrence of its own, nor is 转处 where a longer name holds it. A name in Latin letters
stands between what is no letter or digit, and a short Chinese one is not cut out of the words around it: 转处 does not
stand in 运转处理.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tongwen.concept import Evidence
from tongwen.glossary.naming import SHORTEST
from tongwen.model import Span
from tongwen.segment import edges

if TYPE_CHECKING:
    from ahocorasick import Automaton

TELLING = 8  # characters that a quotation should have besides the name: a heading or a cell shows little
CUT = 2  # characters: longer names hardly come about where two words meet, and segmentation errs as well
AROUND = 90  # characters on each side of a quotation, at most
_STOP = re.compile(r"[。！？；!?;\n]+[”」』\"]?")


class Run(Protocol):
    """A passage as it is read: its key without the blanks of print, and the way back to the document."""

    @property
    def record(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def printed(self) -> str: ...
    def span(self, start: int, end: int) -> Span: ...


class Match(NamedTuple):
    """``[start, end)`` of a run's key is the name ``key``."""

    start: int
    end: int
    key: str


class Spelling(NamedTuple):
    """One writing of a name in one document: how often, and the first place that tells something of it."""

    text: str
    times: int
    first: Evidence


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Of one document: the spellings of each name that it has; and for each passage with two names or more its record
    and the names in it."""

    spellings: dict[str, tuple[Spelling, ...]]
    together: tuple[tuple[str, tuple[str, ...]], ...]


class Finder:
    """``keys``: names as ``name_key`` gives them; those that are too short to be found are left out."""

    def __init__(self, keys: Iterable[str]) -> None:
        import ahocorasick  # noqa: PLC0415  only who reads texts for names needs it

        automaton: Automaton = ahocorasick.Automaton()
        for key in keys:
            if len(key) >= SHORTEST:
                automaton.add_word(key, key)
        automaton.make_automaton()
        self._automaton = automaton

    def matches(self, text: str) -> Iterator[Match]:
        if not len(self._automaton):
            return
        words = _Words(text)
        for last, key in self._automaton.iter_long(text):
            start, end = last + 1 - len(key), last + 1
            if not (_joined(text, start) or _joined(text, end)) and not words.cut(start, end):
                yield Match(start, end, key)

    def read(self, doc: str, runs: Iterable[Run]) -> Occurrences:
        counts: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], Evidence] = {}
        together = []
        for run in runs:
            found = list(self.matches(run.key))
            for match in found:
                spelt = match.key, run.printed[match.start : match.end]
                counts[spelt] += 1
                if spelt not in first or len(first[spelt].quote) < len(spelt[1]) + TELLING:
                    found_at = _evidence(doc, run, match)
                    if spelt not in first or len(found_at.quote) > len(first[spelt].quote):
                        first[spelt] = found_at
            names = tuple(dict.fromkeys(match.key for match in found))
            if len(names) > 1:
                together.append((run.record, names))
        spellings: dict[str, list[Spelling]] = {}
        for (key, text), count in counts.items():
            spellings.setdefault(key, []).append(Spelling(text, count, first[key, text]))
        return Occurrences({key: tuple(spelt) for key, spelt in spellings.items()}, tuple(together))


def _evidence(doc: str, run: Run, match: Match) -> Evidence:
    quote = sentence(run.printed, match.start, match.end)
    return Evidence(doc, run.record, run.span(match.start, match.end), quote)


class _Words:
    """The words of a text, which is segmented when the first short name is found in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._edges: frozenset[int] | None = None

    def cut(self, start: int, end: int) -> bool:
        """Whether what stands there is short and the end of one word and the beginning of the next."""
        if end - start > CUT or self._text[start:end].isascii():
            return False
        if self._edges is None:
            self._edges = edges(self._text)
        inside = any(place in self._edges for place in range(start + 1, end))
        return inside and not (start in self._edges and end in self._edges)


def _joined(text: str, at: int) -> bool:
    """Whether a Latin word or a number goes on over this place."""
    return 0 < at < len(text) and _latin(text[at - 1]) and _latin(text[at])


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place, with an ellipsis where it is cut; at most ``AROUND`` characters on each side."""
    left = max((m.end() for m in _STOP.finditer(text, max(0, start - 2 * AROUND), start)), default=0)
    stop = _STOP.search(text, end)
    right = stop.end() if stop else len(text)
    begin, finish = max(left, start - AROUND), min(right, end + AROUND)
    return ("…" if begin > left else "") + text[begin:finish].strip() + ("…" if finish < right else "")
