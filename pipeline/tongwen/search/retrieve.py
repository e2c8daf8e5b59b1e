"""Which records match, and how well: the same for every engine.

A hit is the smallest record that holds all that is asked for. Its score is BM25 with the record's matching passages as
the text. What is common stands in half of all passages, so the work on each is left to loops inside the interpreter
wherever a document needs nothing special.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, compress

from tongwen.nesting import Nesting
from tongwen.search.engine import Found, Reader, Rows, repeated
from tongwen.search.plan import Stage, Wanted
from tongwen.search.scope import Scope
from tongwen.search.scores import NONE, Scores
from tongwen.search.shares import BM25, LIKENESS, Shares, rounded, weight
from tongwen.search.smallest import closed, joined, smallest

COMMON = 20  # what is in one passage of twenty says little about which are alike, and costs most
WORK = 20_000  # occurrences that are looked at for one question, of the rarest signs first: common ones tell least
SIMILAR = 100  # hits at most by shared characters: every passage shares some

Find = Callable[[Wanted], Found]
Table = Sequence[int] | Mapping[int, int]


class Retrieval:
    """One query's way through an index. ``find`` answers for one row of terms."""

    def __init__(self, engine: Reader, nesting: Callable[[str], Nesting], find: Find, scope: Scope) -> None:
        self._engine, self._nesting, self._find, self._scope = engine, nesting, find, scope
        self._average = max(1.0, engine.size / max(1, engine.count))

    def matches(self, stage: Stage, without: Sequence[Wanted]) -> Scores:
        """Records that hold one of ``without`` are left out."""
        groups = self._groups(stage)
        if not groups:
            return Scores()
        found, shares = [self._scope.documents(group) for group, _ in groups], [own for _, own in groups]
        scores = self._alone(found[0], shares[0]) if len(found) == 1 else self._joint(found, shares)
        return self._allowed(scores, either(map(self._find, without)))

    def _groups(self, stage: Stage) -> list[tuple[Found, Shares]]:
        """What each group finds; none where no document holds them all, which the longest tell the soonest."""
        held: dict[tuple[Wanted, ...], Found] = {}
        for group in sorted(stage.groups, key=_tokens, reverse=True):
            held[group] = either(map(self._find, group))
            if not held[group].keys or (len(held) > 1 and next(_beside([*held.values()]), None) is None):
                return []
        return [(held[group], self._shares(held[group], _tokens(group))) for group in stage.groups]

    def similar(self, stage: Stage, without: Sequence[Wanted]) -> Scores:
        """The best by the sum over all rows, of which none needs to be there."""
        rows = list(map(self._find, stage.wanted))
        shares = [self._shares(found, measure=LIKENESS) for found in rows]
        rows = list(map(self._scope.documents, rows))
        sums = self._summed(either(rows), rows, shares)
        best: dict[str, dict[int, float]] = {}
        for score, doc, record in self._allowed(sums, either(map(self._find, without))).best(SIMILAR):
            best.setdefault(doc, {})[record] = rounded(-score)
        return Scores.of(best)

    def telling(self, stage: Stage) -> Stage:
        """The stage with one group, of those rows that are worth to be looked at."""
        return stage._replace(groups=(tuple(self._telling(stage.wanted)),))

    def _telling(self, rows: Iterable[Wanted]) -> Iterator[Wanted]:
        """The rarest rows, as far as the work goes that a question is worth; common ones only where no others are."""
        enough = self._engine.count // COMMON
        often = {wanted: times for wanted in rows if (times := self._engine.frequency(wanted.row, enough))}
        telling = [wanted for wanted, times in often.items() if times <= enough]
        if not telling:
            often = {wanted: self._engine.frequency(wanted.row) for wanted in often}
        worked = 0
        for wanted in sorted(telling or often, key=often.__getitem__):
            if worked and worked + often[wanted] > WORK:
                return
            worked += often[wanted]
            yield wanted

    def inside(self, doc: str, record: int) -> list[int]:
        """All passages of a record and of those inside it."""
        nesting = self._nesting(doc)
        keys = nesting.keys()
        return [key for key in keys if record in nesting.upwards(nesting.owner(key))]

    def passages(self, places: Sequence[tuple[str, int]], stages: Sequence[Stage]) -> list[list[int]]:
        """Of each place, document and record, why it is a hit."""
        groups = [list(map(self._find, group)) for stage in stages for group in stage.groups]
        ways = list(_places(stages))
        rows = ([[found.rows(doc) for found in group] for group in groups] for doc, _ in places)
        return [self._holding(*place, own, ways) for place, own in zip(places, rows, strict=True)]

    def _holding(self, doc: str, record: int, groups: Sequence[Sequence[Rows]], ways: Sequence[range]) -> list[int]:
        """The record's own passages that hold something; those inside it where these are not all."""
        own = [{key for rows in group for key in self._counting(doc, record, rows)} for group in groups]
        if any(all(own[at] for at in way) for way in ways):
            return sorted(set().union(*own))
        nesting = self._nesting(doc)
        all_ = (row for group in groups for rows in group for row in zip(rows.keys, rows.records, strict=True))
        return sorted({key for key, of in all_ if record in nesting.upwards(of)})

    def _counting(self, doc: str, record: int, rows: Rows) -> Iterator[int]:
        """The keys of the passages that count for ``record``."""
        records = self._scope.records(self._nesting, doc, rows.records)
        return compress(rows.keys, map(record.__eq__, records))

    def _alone(self, found: Found, shares: Shares) -> Scores:
        """By one group: each passage stands for its own record, and what is of one record counts as one text."""
        worth = list(map(shares.__getitem__, zip(found.counts, found.lengths, strict=True)))
        return self._owned(found, worth, lambda places: shares[_text(places, found.counts, found.lengths)])

    def _summed(self, found: Found, rows: Sequence[Found], shares: Sequence[Shares]) -> Scores:
        """By several rows, which together find ``found``: each record by the sum over those that it holds."""
        lengths, sums = dict(zip(found.keys, found.lengths, strict=True)), dict.fromkeys(found.keys, 0.0)
        counts = [dict(zip(row.keys, row.counts, strict=True)) for row in rows]
        for often, share in zip(counts, shares, strict=True):
            held = zip(often.values(), map(lengths.__getitem__, often), strict=True)
            for key, score in zip(often, map(share.__getitem__, held), strict=True):
                sums[key] += score

        def several(places: Sequence[int]) -> float:
            keys = list(map(found.keys.__getitem__, places))
            parts = zip(counts, shares, strict=True)
            held = (([key for key in keys if key in often], often, share) for often, share in parts)
            return sum((share[_text(there, often, lengths)] for there, often, share in held if there), 0.0)

        return self._owned(found, list(sums.values()), several)

    def _owned(self, found: Found, scores: list[float], several: Callable[[Sequence[int]], float]) -> Scores:
        """``scores``: of each passage alone, if it is the only one of its record. ``several``: of some of one, by their
        places in the columns."""
        none = 0
        if self._scope.kind is None:
            records, again = found.records, found.repeated
        else:
            parts = (self._scope.records(self._nesting, doc, found.records[at]) for doc, at in found.docs.items())
            records = [record for part in parts for record in part]
            again = list(repeated(found.docs.values(), records))
        for places in again:
            scores[places[0]] = several(places)
            for place in places[1:]:
                scores[place] = NONE
            none += len(places) - 1
        return Scores(found.docs, records, scores, len(scores) - none)

    def _joint(self, groups: Sequence[Found], shares: Sequence[Shares]) -> Scores:
        """By several groups: each passage stands for the smallest record around it that holds them all."""
        scores: dict[str, dict[int, float]] = {}
        for doc in _beside(groups):
            nesting, parts = self._nesting(doc), [group.rows(doc) for group in groups]
            nearest = smallest(nesting.parents, [set(part.records) for part in parts])
            scores[doc] = self._scope.rolled(nesting, joined(parts, shares, nearest)) if nearest else {}
        return Scores.of(scores)

    def _allowed(self, scores: Scores, excluded: Found) -> Scores:
        if self._scope.kind is None and not excluded.keys:
            return scores
        docs = [doc for doc in scores.docs if self._scope.kind is not None or excluded.at(doc)]
        return scores.less({doc: self._barred(doc, excluded) for doc in docs})

    def _barred(self, doc: str, excluded: Found) -> set[int]:
        return closed(self._nesting(doc).parents, excluded.rows(doc).records) | {self._scope.NOWHERE}

    def _shares(self, found: Found, tokens: int = 0, measure: tuple[float, float] = BM25) -> Shares:
        return Shares(weight(len(found.keys), self._engine.count), self._average, tokens, measure)


def _beside(groups: Sequence[Found]) -> Iterator[str]:
    """The documents that hold all of ``groups``."""
    rarest, *others = sorted(groups, key=lambda group: len(group.keys))
    docs: Iterator[str] = iter(rarest.docs)
    for group in others:
        docs = filter(group.at, docs)
    return docs


def _tokens(group: Sequence[Wanted]) -> int:
    return min(len(wanted.row) for wanted in group)


def _places(stages: Sequence[Stage]) -> Iterable[range]:
    """Where each stage's groups stand when all stages' groups are counted through."""
    ends = list(accumulate((len(stage.groups) for stage in stages), initial=0))
    return map(range, ends, ends[1:])


def _text(passages: Iterable[int], counts: Table, lengths: Table) -> tuple[int, int]:
    """How often in how many tokens, of several passages as one text."""
    held = list(passages)
    return sum(map(counts.__getitem__, held)), sum(map(lengths.__getitem__, held))


def either(founds: Iterable[Found]) -> Found:
    """What any of them holds, with the counts added up."""
    found = [one for one in founds if one.keys]
    return found[0].added(found[1:]) if len(found) > 1 else found[0] if found else Found()
