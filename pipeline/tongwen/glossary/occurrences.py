"""Where the names of a glossary stand in a text: all of them in one pass, the longest where several begin.

去罪化 inside 法律去罪化 is no occurrence of its own, nor is 转处 where a longer name holds it. A name in Latin letters
stands between what is no letter or digit.
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

if TYPE_CHECKING:
    from ahocorasick import Automaton

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
    """One writing of a name in one document: how often, and the first place."""

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
        for last, key in self._automaton.iter_long(text):
            start, end = last + 1 - len(key), last + 1
            if not (_joined(text, start) or _joined(text, end)):
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
                if spelt not in first:
                    span = run.span(match.start, match.end)
                    first[spelt] = Evidence(doc, run.record, span, sentence(run.printed, match.start, match.end))
            names = tuple(dict.fromkeys(match.key for match in found))
            if len(names) > 1:
                together.append((run.record, names))
        spellings: dict[str, list[Spelling]] = {}
        for (key, text), count in counts.items():
            spellings.setdefault(key, []).append(Spelling(text, count, first[key, text]))
        return Occurrences({key: tuple(spelt) for key, spelt in spellings.items()}, tuple(together))


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
