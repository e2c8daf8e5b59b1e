"""Where the names of a glossary stand in a text: all of them in one pass, the longest where several begin.

去罪化 inside 法律去罪化 is no occurrence of its own, nor is 转处 where a longer name holds it. A name in Latin letters
stands between what is no letter or digit, and a short Chinese one is not cut out of the words around it: 转处 does not
stand in 运转处理. Neither does a substance in the name of its derivative: 二氮平 in 氯二氮平.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tongwen.concept import Concept, Evidence
from tongwen.glossary.lists import lists
from tongwen.glossary.naming import SHORTEST, capitals, name_key
from tongwen.lexicon import rows
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
    """``[start, end)`` of a run's key, or of a document, is the name ``key``."""

    start: int
    end: int
    key: str


class Spelling(NamedTuple):
    """One writing of a name in one document: how often, and the first place that tells something of it."""

    text: str
    times: int
    first: Evidence


class Listing(NamedTuple):
    """A text says that ``parts`` are of the kind ``whole``."""

    whole: str
    parts: tuple[str, ...]
    found: Evidence


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Of one document: the spellings of each name that it has.

    ``together``: for each passage with two names or more its record, and the first place of each name in the document;
    ``alone``: in how many passages each name is the only one; ``passages``: how many there are, with names or without.
    ``lists``: where it says that one name comprises others.
    """

    spellings: dict[str, tuple[Spelling, ...]]
    together: tuple[tuple[str, tuple[Match, ...]], ...] = ()
    alone: dict[str, int] = field(default_factory=dict)
    passages: int = 0
    lists: tuple[Listing, ...] = ()


class Sought(NamedTuple):
    """``keys``: names as ``name_key`` gives them; ``capital`` are those of them that stand in capitals (WHO is no who).
    ``nested``: counted as a search finds them, inside longer names and words too, and nothing else is noted."""

    keys: tuple[str, ...]
    capital: tuple[str, ...] = ()
    nested: bool = False

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Sought:
        """All names of ``concepts``."""
        named: dict[str, bool] = {}
        for term in (term for concept in concepts for term in concept.terms):
            key = name_key(term.text)
            named[key] = named.get(key, True) and capitals(term.text)
        return cls(tuple(sorted(named)), tuple(sorted(key for key, only in named.items() if only)))


class Finder:
    """``keys``: names as ``name_key`` gives them; those that are too short to be found are left out."""

    def __init__(self, keys: Iterable[str], capital: Iterable[str] = (), nested: bool = False) -> None:
        import ahocorasick  # noqa: PLC0415  only who reads texts for names needs it

        automaton: Automaton = ahocorasick.Automaton()
        for key in keys:
            if len(key) >= SHORTEST:
                automaton.add_word(key, key)
        automaton.make_automaton()
        self._automaton, self._capital, self._nested = automaton, frozenset(capital), nested

    def matches(self, text: str) -> Iterator[Match]:
        if not len(self._automaton):
            return
        words, before = _Words(text), _prefixes()
        for last, key in (self._automaton.iter if self._nested else self._automaton.iter_long)(text):
            start, end = last + 1 - len(key), last + 1
            whole = not (_joined(text, start) or _joined(text, end) or text.endswith(before, max(0, start - 2), start))
            if whole and (self._nested or not words.cut(start, end)):
                yield Match(start, end, key)

    def read(self, doc: str, runs: Iterable[Run]) -> Occurrences:
        reading = _Reading(doc)
        for run in runs:
            found = [match for match in self.matches(run.key) if self._meant(run, match)]
            reading.spelt(run, found)
            if not self._nested:
                reading.passage(run, found)
        return reading.occurrences()

    def _meant(self, run: Run, match: Match) -> bool:
        return match.key not in self._capital or capitals(run.printed[match.start : match.end])


class _Reading:
    """What is found in one document, passage after passage."""

    def __init__(self, doc: str) -> None:
        self._doc = doc
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Evidence] = {}
        self._together: list[tuple[str, tuple[Match, ...]]] = []
        self._alone: Counter[str] = Counter()
        self._passages = 0
        self._lists: list[Listing] = []

    def spelt(self, run: Run, found: Sequence[Match]) -> None:
        for match in found:
            spelt = match.key, run.printed[match.start : match.end]
            self._counts[spelt] += 1
            known = self._first.get(spelt)
            if known is None or len(known.quote) < len(spelt[1]) + TELLING:
                found_at = self._evidence(run, match.start, match.end)
                if known is None or len(found_at.quote) > len(known.quote):
                    self._first[spelt] = found_at

    def passage(self, run: Run, found: Sequence[Match]) -> None:
        self._passages += 1
        names: dict[str, Match] = {}
        for match in found:
            names.setdefault(match.key, match)
        if len(names) == 1:
            self._alone.update(names.keys())
        elif names:
            self._together.append((run.record, tuple(_placed(run, match) for match in names.values())))
            self._lists += [self._listing(run, *said) for said in lists(run.key, found)]

    def _listing(self, run: Run, whole: Match, parts: Sequence[Match]) -> Listing:
        start, end = min(whole.start, parts[0].start), max(whole.end, parts[-1].end)
        return Listing(whole.key, tuple(part.key for part in parts), self._evidence(run, start, end))

    def _evidence(self, run: Run, start: int, end: int) -> Evidence:
        return Evidence(self._doc, run.record, run.span(start, end), sentence(run.printed, start, end))

    def occurrences(self) -> Occurrences:
        spellings: dict[str, list[Spelling]] = {}
        for (key, text), count in self._counts.items():
            spellings.setdefault(key, []).append(Spelling(text, count, self._first[key, text]))
        return Occurrences(
            {key: tuple(spelt) for key, spelt in spellings.items()},
            tuple(self._together),
            dict(self._alone),
            self._passages,
            tuple(self._lists),
        )


def _placed(run: Run, match: Match) -> Match:
    span = run.span(match.start, match.end)
    return Match(span.start, span.end, match.key)


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


@cache
def _prefixes() -> tuple[str, ...]:
    """What goes on into a longer name right before a name, at most two characters, by ``lexicon/name_prefixes.tsv``."""
    return tuple(prefix for prefix, _reason in rows("name_prefixes.tsv"))


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
