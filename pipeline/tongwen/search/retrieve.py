"""Which records match, and how well: the same for every engine.

A hit is the smallest record that holds all that is asked for. Its score is BM25 with the record's matching passages as
the text. What is common stands in half of all passages, so the work on each is left to loops inside the interpreter
wherever a document needs nothing special.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from tongwen.nesting import Nesting
from tongwen.search.engine import Found, Reader, Rows
from tongwen.search.plan import Stage, Wanted
from tongwen.search.scope import Scope
from tongwen.search.scores import Scores
from tongwen.search.shares import BM25, LIKENESS, Shares, weight
from tongwen.search.smallest import closed, joined, smallest

COMMON = 20  # what is in one passage of twenty says little about which are alike, and costs most
WORK = 20_000  # occurrences that are looked at for one question, of the rarest signs first: common ones tell least
SIMILAR = 100  # hits at most by shared characters: every passage shares some

Find = Callable[[Wanted], Found]


class Retrieval:
    """One query's way through an index. ``find`` answers for one row of terms."""

    def __init__(self, engine: Reader, nesting: Callable[[str], Nesting], find: Find, scope: Scope) -> None:
        self._engine, self._nesting, self._find, self._scope = engine, nesting, find, scope
        self._average = max(1.0, engine.size / max(1, engine.count))

    def matches(self, stage: Stage, without: Sequence[Wanted]) -> Scores:
        """Records that hold one of ``without`` are left out."""
        everywhere = [either(map(self._find, group)) for group in stage.groups]
        shares = [self._shares(found, _tokens(group)) for found, group in zip(everywhere, stage.groups, strict=True)]
        groups = list(map(self._scope.documents, everywhere))
        scores = self._alone(groups[0], shares[0]) if len(groups) == 1 else self._joint(groups, shares)
        return self._allowed(scores, either(map(self._find, without)))

    def similar(self, stage: Stage, without: Sequence[Wanted]) -> Scores:
        """The best by the sum over all rows, of which none needs to be there."""
        rows = list(map(self._find, stage.wanted))
        shares = [self._shares(found, measure=LIKENESS) for found in rows]
        rows = list(map(self._scope.documents, rows))
        sums = self._summed(either(rows), rows, shares)
        best: dict[str, dict[int, float]] = {}
        for score, doc, record in self._allowed(sums, either(map(self._find, without))).best(SIMILAR):
            best.setdefault(doc, {})[record] = round(-score, 4)
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

    def passages(self, doc: str, record: int, stages: Sequence[Stage]) -> list[int]:
        """Why the record is a hit: its own passages that hold something; those inside it where these are not all."""
        groups = [[self._find(wanted).rows(doc) for wanted in group] for stage in stages for group in stage.groups]
        own = [{key for rows in group for key in self._counting(doc, record, rows)} for group in groups]
        if any(all(own[at] for at in places) for places in _places(stages)):
            return sorted(set().union(*own))
        nesting = self._nesting(doc)
        around = [(key, of) for group in groups for rows in group for key, of in zip(rows.keys, rows.records, strict=True)]
        return sorted({key for key, of in around if record in nesting.upwards(of)})

    def _counting(self, doc: str, record: int, rows: Rows) -> list[int]:
        """The keys of the passages that count for ``record``."""
        records = self._scope.records(self._nesting, doc, rows.records)
        return [key for key, of in zip(rows.keys, records, strict=True) if of == record]

    def _alone(self, found: Found, shares: Shares) -> Scores:
        """By one group: each passage stands for its own record, and what is of one record counts as one text."""
        worth = list(map(shares.__getitem__, zip(found.counts, found.lengths, strict=True)))
        return self._owned(found, worth, lambda doc, records: _shared(records, found.rows(doc), shares))

    def _summed(self, found: Found, rows: Sequence[Found], shares: Sequence[Shares]) -> Scores:
        """By several rows, which together find ``found``: each record by the sum over those that it holds."""
        lengths, sums = dict(zip(found.keys, found.lengths, strict=True)), dict.fromkeys(found.keys, 0.0)
        counts = [dict(zip(row.keys, row.counts, strict=True)) for row in rows]
        for often, share in zip(counts, shares, strict=True):
            held = zip(often.values(), map(lengths.__getitem__, often), strict=True)
            for key, score in zip(often, map(share.__getitem__, held), strict=True):
                sums[key] += score

        def several(doc: str, records: Sequence[int]) -> dict[int, float]:
            owned: dict[int, list[int]] = {}
            for key, record in zip(found.keys[found.docs[doc]], records, strict=True):
                owned.setdefault(record, []).append(key)
            columns = list(zip(counts, shares, strict=True))
            return {
                record: _text(keys, lengths, columns) if len(keys) > 1 else sums[keys[0]] for record, keys in owned.items()
            }

        return self._owned(found, list(sums.values()), several)

    def _owned(
        self, found: Found, worth: Sequence[float], several: Callable[[str, Sequence[int]], Mapping[int, float]]
    ) -> Scores:
        """``worth``: the score of each passage. ``several``: of each record, where one has several: by document, and
        the record of each of its passages."""
        docs: dict[str, slice] = {}
        records: list[int] = []
        scores: list[float] = []
        for doc, at in found.docs.items():
            own, start = self._scope.records(self._nesting, doc, found.records[at]), len(records)
            if len(own) == 1 or len(set(own)) == len(own):
                records += own
                scores += worth[at]
            else:
                summed = several(doc, own)
                records += summed
                scores += summed.values()
            docs[doc] = slice(start, len(records))
        return Scores(docs, records, scores)

    def _joint(self, groups: Sequence[Found], shares: Sequence[Shares]) -> Scores:
        """By several groups: each passage stands for the smallest record around it that holds them all."""
        scores: dict[str, dict[int, float]] = {}
        rarest, *others = sorted(groups, key=lambda group: len(group.keys))
        for doc in rarest.docs:
            if all(group.at(doc) for group in others):
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


def _tokens(group: Sequence[Wanted]) -> int:
    return min(len(wanted.row) for wanted in group)


def _places(stages: Sequence[Stage]) -> Iterable[range]:
    """Where each stage's groups stand when all stages' groups are counted through."""
    ends = list(accumulate((len(stage.groups) for stage in stages), initial=0))
    return map(range, ends, ends[1:])


def _shared(records: Sequence[int], rows: Rows, shares: Shares) -> dict[int, float]:
    """``records``: of each of the rows."""
    sums: dict[int, tuple[int, int]] = {}
    for record, count, length in zip(records, rows.counts, rows.lengths, strict=True):
        known, total = sums.get(record, (0, 0))
        sums[record] = known + count, total + length
    return {record: shares[held] for record, held in sums.items()}


def _text(
    keys: Sequence[int], lengths: Mapping[int, int], columns: Sequence[tuple[Mapping[int, int], Shares]]
) -> float:
    """The score of several passages as one text. ``columns``: of each row, how often it stands in which passage."""
    score = 0.0
    for often, shares in columns:
        there = [key for key in keys if key in often]
        if there:
            score += shares[sum(map(often.__getitem__, there)), sum(map(lengths.__getitem__, there))]
    return score


def either(founds: Iterable[Found]) -> Found:
    """What any of them holds, with the counts added up."""
    found = [one for one in founds if one.keys]
    return found[0].added(found[1:]) if len(found) > 1 else found[0] if found else Found()
