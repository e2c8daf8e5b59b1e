"""Legal fictions: what the law treats as something that it is not (X,视为Y; 以X论). They are no definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from tongwen.terms.drafting import Scope, narrowed
from tongwen.terms.running import SENTENCE, Place, Running
from tongwen.terms.runs import Runs
from tongwen.terms.styles import style

_CLAUSE = re.compile(r"[^,。;:!?]+")


@dataclass(frozen=True, slots=True)
class Deeming:
    """``term``: what is deemed to be something, with the condition under which it is; ``deemed``: what it is deemed to
    be; ``negated``: what it is not deemed to be. All stand in ``run``."""

    run: Running
    term: Place
    deemed: Place
    style: Place
    scope: Scope
    negated: bool


def deemings(runs: Runs, law: Set[str]) -> list[Deeming]:
    """Those of a document, in order. Only ``law`` makes a fiction, the records of articles: prose only holds a view."""
    said = map(runs.__getitem__, runs.having(style("deems")))
    return [one for run in said if run.record in law for one in _of(run)]


def _of(run: Running) -> Iterator[Deeming]:
    for sentence in SENTENCE.finditer(run.key, run.label):
        if not style("deems").search(run.key, *sentence.span()):
            continue
        at = sentence.start()
        for verb in style("fiction", "treated").finditer(run.key, *sentence.span()):
            term, deemed = _trimmed(run.key, at, verb.start()), _deemed(run.key, verb, sentence.end())
            if term and deemed:
                said = verb.start(verb.lastindex) if verb.lastindex else verb.end()
                negated = bool(style("negative").search(run.key, verb.start(), said))
                yield Deeming(run, term, deemed, verb.span(), narrowed(run.key[slice(*term)]), negated)
                at = max(verb.end(), deemed[1])


def _deemed(key: str, verb: re.Match[str], end: int) -> Place | None:
    """What stands inside the words of the fiction, or behind them. A condition (视为撤回的,) makes none."""
    if verb.lastindex:
        return verb.span(verb.lastindex)
    clause = _CLAUSE.match(key, verb.end(), end)
    if clause is None or style("condition").search(clause[0]):
        return None
    return _trimmed(key, *clause.span())


def _trimmed(key: str, start: int, end: int) -> Place | None:
    """Without marks, blanks and quotation marks at both ends; None where nothing is left."""
    while start < end and key[start] in " ,:、\"')":
        start += 1
    while end > start and key[end - 1] in " ,.:、\"'(":
        end -= 1
    return (start, end) if end - start > 1 else None
