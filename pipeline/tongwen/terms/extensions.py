"""What widens a definition or narrows it (亦包括X, 不包括X): in its meaning, behind it, later in its article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tongwen.terms.drafting import Definition
from tongwen.terms.running import SENTENCE, Place, Running
from tongwen.terms.styles import style

Direction = Literal["includes", "excludes"]


@dataclass(frozen=True, slots=True)
class Extension:
    """``place`` in ``run``: the clause or, behind the meaning, the sentence, without the mark at its end."""

    run: Running
    place: Place
    direction: Direction


class Extensions:
    """Of a document: ``articles`` says in which article each record stands; outside of articles none are looked up."""

    def __init__(self, runs: Sequence[Running], articles: Mapping[str, str]) -> None:
        self._articles = articles
        self._runs: dict[str, list[tuple[int, Running]]] = defaultdict(list)
        adds = style("adds")
        for i, run in enumerate(runs):
            if run.record in articles and adds.search(run.key):
                self._runs[articles[run.record]].append((i, run))
        self._order = {id(run): i for i, run in enumerate(runs)}

    def of(self, found: Definition) -> list[Extension]:
        """In the order in which they stand."""
        own = [(found.run, found.meaning), *((run, (0, len(run.key))) for run in found.more)]
        term, at = found.run.key[slice(*found.term)], self._order[id(found.run)]
        later = self._runs.get(self._articles.get(found.run.record, ""), ())
        return [
            *(one for run, place in own for one in _inner(run, place)),
            *_behind(found.run, found.meaning[1], term, beside=not found.more),
            *(
                one
                for i, run in later
                if i > at and run not in found.more
                for one in _behind(run, run.label, term, beside=False)
            ),
        ]


def _inner(run: Running, place: Place) -> Iterator[Extension]:
    """Clauses of a meaning, and words in its brackets."""
    at = place[0]
    while clause := style("without", "with").search(run.key, at, place[1]):
        opened, end = run.key[clause.start()], _clause_end(run.key, clause.start(), place[1])
        direction: Direction = "excludes" if style("without").match(run.key, clause.start()) else "includes"
        yield Extension(run, (clause.start() + (opened in ",;("), end), direction)
        at = max(end, clause.end())


def _clause_end(key: str, start: int, stop: int) -> int:
    """Up to the bracket that closes where one opens it, else to the end of the sentence or where it is turned."""
    if key[start] == "(":
        closed = key.find(")", start, stop)
        return closed if closed > 0 else stop
    turned = style("without").search(key, start + 1, stop)
    ends = [at for mark in "。;" if (at := key.find(mark, start + 1, stop)) > 0]
    return min([*ends, turned.start() if turned else stop], default=stop)


def _behind(run: Running, start: int, term: str, *, beside: bool) -> Iterator[Extension]:
    """Sentences that say what else the term is, or is not. Right ``beside`` its meaning they need not name it."""
    if not style("adds").search(run.key, start):
        return
    behind = rf"{re.escape(term)}[\"']?(?:一[词语])?,?(?P<adds>{style('adds').pattern})"
    named = re.compile(rf"(?:{style('of').pattern}){behind}")
    for sentence in SENTENCE.finditer(run.key, start):
        said = sentence[0].rstrip("。;!?")
        adds = named.search(said) or (style("next").match(said) if beside else None)
        beside = beside and adds is not None
        if adds is not None:
            direction: Direction = "excludes" if style("not").search(adds[adds.lastgroup or 0]) else "includes"
            yield Extension(run, (sentence.start(), sentence.start() + len(said)), direction)
