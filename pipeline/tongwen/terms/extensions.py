"""What widens a definition or narrows it (亦包括X, 不包括X): in its meaning, right behind it, later in its article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tongwen.terms.drafting import Definition
from tongwen.terms.running import SENTENCE, Place, Running
from tongwen.terms.runs import Runs
from tongwen.terms.styles import style

Direction = Literal["includes", "excludes"]

_NOUN = re.compile(r"[\"']?(?:一[词语])?,?")

LONGEST = 600
"""Characters of a sentence that widens or narrows; a longer one is no prose."""


@dataclass(frozen=True, slots=True)
class Extension:
    """``place`` in ``run``: the clause or, behind the meaning, the sentence, without the mark at its end; ``more``: the
    runs of the list that it leads to."""

    run: Running
    place: Place
    direction: Direction
    more: Sequence[Running] = ()


@dataclass(frozen=True)
class Extensions:
    """Of the definitions in ``runs``. ``articles``: the article in which each record stands; outside of articles only
    the run of a definition is looked at."""

    runs: Runs
    articles: Mapping[str, str]
    _known: dict[str, Sequence[tuple[int, Running, Place]]] = field(default_factory=dict)

    def of(self, found: Definition) -> list[Extension]:
        """In the order in which they stand."""
        out = [*_inner(found)]
        own, end = self.runs.number(found.run), found.meaning[1]
        adding = [one for one in self._adding(self._home(found.run.record)) if one[0] >= own]
        term = found.run.key[slice(*found.term)]
        for i, run, place in adding:
            if run in found.more or (i == own and place[0] < end):
                continue
            beside = i == own and place[0] == end
            if said := _said(run, place, term, beside=beside):
                end = place[1] if beside else end
                out.append(said)
        return out

    def _home(self, record: str) -> str:
        return self.articles.get(record, record)

    def _adding(self, home: str) -> Sequence[tuple[int, Running, Place]]:
        """The sentences of an article that widen or narrow something, with the numbers of their runs."""
        if home not in self._known:
            runs = ((i, self.runs[i]) for i in self._signed.get(home, ()))
            self._known[home] = [(i, run, place) for i, run in runs for place in _widening(run)]
        return self._known[home]

    @cached_property
    def _signed(self) -> Mapping[str, Sequence[int]]:
        """The numbers of each article's runs that may have such sentences."""
        out: dict[str, list[int]] = defaultdict(list)
        for i in self.runs.having(style("extends")):
            out[self._home(self.runs.records[i])].append(i)
        return out


def _widening(run: Running) -> Iterator[Place]:
    sign, adds = style("extends"), style("adds", "belongs", "next")
    for start, end in (sentence.span() for sentence in SENTENCE.finditer(run.key, run.label)):
        if end - start < LONGEST and sign.search(run.key, start, end) and adds.search(run.key, start, end):
            yield start, end


def _inner(found: Definition) -> Iterator[Extension]:
    """Clauses of a meaning, and words in its brackets. Its items are wider or narrower by themselves."""
    run, (at, stop) = found.run, found.meaning
    while clause := style("without", "but", "with").search(run.key, at, stop):
        end = _clause_end(run.key, clause.start(), stop)
        direction: Direction = "excludes" if style("without", "but").match(run.key, clause.start()) else "includes"
        more = found.more if not run.key[end:].strip(":-") else ()
        if end > clause.end() or more or style("but").match(run.key, clause.start()):
            yield Extension(run, (clause.start() + 1, end), direction, more)
        at = max(end, clause.end())


def _clause_end(key: str, start: int, stop: int) -> int:
    """Up to the bracket that closes where one opens it, else to the end of the sentence or where it is turned."""
    if key[start] == "(":
        closed = key.find(")", start, stop)
        return closed if closed > 0 else stop
    turned = style("without", "but").search(key, start + 1, stop)
    ends = [at for mark in "。;" if (at := key.find(mark, start + 1, stop)) > 0]
    end = min([*ends, turned.start() if turned else stop])
    while key[end - 1] in "。;:,-" or (key[end - 1] == ")" and key.count("(", start, end) < key.count(")", start, end)):
        end -= 1
    return end


def _said(run: Running, place: Place, term: str, *, beside: bool) -> Extension | None:
    """What a sentence says of a term. Right ``beside`` its meaning it need not name it."""
    start, end = place
    while end > start and run.key[end - 1] in "。;!?:-":
        end -= 1
    words = _of_term(run.key, start, end, term) or (style("next").match(run.key, start, end) if beside else None)
    if words is None or words.end() == end:
        return None
    return Extension(run, (start, end), "excludes" if style("not").search(words[0]) else "includes")


def _of_term(key: str, start: int, end: int, term: str) -> re.Match[str] | None:
    """The words by which a sentence says that a term holds something, or does not, or that something belongs to it."""
    at = key.find(term, start, end)
    while at >= 0:
        clause = max(start, key.rfind(",", start, at) + 1, key.rfind(";", start, at) + 1)
        if style("of").fullmatch(key, clause, at):
            behind = _NOUN.match(key, at + len(term), end)
            adds = style("adds").match(key, behind.end() if behind else at + len(term), end)
            adds = adds or style("belongs").search(key, at + len(term), end)
            if adds:
                return adds
        at = key.find(term, at + 1, end)
    return None
