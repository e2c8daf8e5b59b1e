"""Which records match, and how well: the same for every engine.

A hit is the smallest record that holds all that is asked for. Its score is BM25 with the record's matching passages as
the text. What is common stands in half of all passages, so the work on each is left to loops inside the interpreter
wherever a document needs nothing special.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import log

from tongwen.nesting import TOP, Nesting
from tongwen.search.engine import Found, Reader
from tongwen.search.plan import Stage, Wanted
from tongwen.search.scope import Scope

BM25 = (1.2, 0.75)  # k1, b in Robertson and Zaragoza (2009): how soon repetition saturates, how much length counts
LIKENESS = (0.4, 0.5)  # the same for single characters: that one is there says more than how often
ALONE = 2.0  # times more: a text that is nothing but what was asked for
COMMON = 20  # what is in one passage of twenty says little about which are alike, and costs most
WORK = 20_000  # occurrences that are looked at for one question, of the rarest signs first: common ones tell least
SIMILAR = 100  # hits at most by shared characters: every passage shares some

Find = Callable[[Wanted], Found]

Scores = dict[str, dict[int, float]]
"""Document → record → score."""


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
        sums: Scores = {}
        for wanted in stage.wanted:
            found = self._find(wanted)
            shares = self._shares(found, measure=LIKENESS)
            for doc, scores in self._alone(self._scope.documents(found), shares).items():
                known = sums.setdefault(doc, {})
                for record, score in scores.items():
                    known[record] = known.get(record, 0.0) + score
        return _best(self._allowed(sums, either(map(self._find, without))), SIMILAR)

    def telling(self, stage: Stage) -> Stage:
        """The stage with one group, of those rows that are worth to be looked at."""
        return stage._replace(groups=(tuple(self._telling(stage.wanted)),))

    def _telling(self, rows: Iterable[Wanted]) -> Iterator[Wanted]:
        """The rarest rows, as far as the work goes that a question is worth; common ones only where no others are."""
        often = {wanted: times for wanted in rows if (times := self._engine.frequency(wanted.row))}
        telling = [wanted for wanted, times in often.items() if times * COMMON <= self._engine.count]
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
        groups = [[row for w in group for row in self._find(w).placed(doc)] for s in stages for group in s.groups]
        own = [{key for key, of in rows if self._counts_for(doc, of, record)} for rows in groups]
        if any(all(own[at] for at in places) for places in _places(stages)):
            return sorted(set().union(*own))
        nesting = self._nesting(doc)
        return sorted({key for rows in groups for key, of in rows if record in nesting.upwards(of)})

    def _counts_for(self, doc: str, own: int, record: int) -> bool:
        """Whether a passage of ``own`` counts for ``record``."""
        return own == record if self._scope.kind is None else self._scope.record(self._nesting(doc), own) == record

    def _alone(self, found: Found, shares: _Shares) -> Scores:
        """By one group: each passage stands for its own record."""
        flat = list(map(shares.__getitem__, zip(found.counts, found.lengths, strict=True)))
        scores: Scores = {}
        for doc, at in found.docs.items():
            records = self._scope.records(self._nesting, doc, found.records[at])
            scores[doc] = dict(zip(records, flat[at], strict=True))
            if len(scores[doc]) < len(records):
                scores[doc] = _summed(zip(records, found.counts[at], found.lengths[at], strict=True), shares)
        return scores

    def _joint(self, groups: Sequence[Found], shares: Sequence[_Shares]) -> Scores:
        """By several groups: each passage stands for the smallest record around it that holds them all."""
        scores: Scores = {}
        for doc in min((group.docs for group in groups), key=len):
            if all(doc in group.docs for group in groups):
                nesting = self._nesting(doc)
                nearest = smallest(nesting.parents, [set(group.records[group.docs[doc]]) for group in groups])
                scores[doc] = self._scope.rolled(nesting, _joined(doc, groups, shares, nearest))
        return scores

    def _allowed(self, scores: Scores, excluded: Found) -> Scores:
        if self._scope.kind is not None or excluded.docs:
            for doc in scores if self._scope.kind is not None else scores.keys() & excluded.docs.keys():
                barred = self._barred(doc, excluded)
                scores[doc] = {record: score for record, score in scores[doc].items() if record not in barred}
        return {doc: found for doc, found in scores.items() if found}

    def _barred(self, doc: str, excluded: Found) -> set[int]:
        records = excluded.records[excluded.docs.get(doc, slice(0, 0))]
        return holding(self._nesting(doc), records) | {self._scope.NOWHERE}

    def _shares(self, found: Found, tokens: int = 0, measure: tuple[float, float] = BM25) -> _Shares:
        held, count = found.number, self._engine.count
        return _Shares(log(1 + (count - held + 0.5) / (held + 0.5)), self._average, tokens, measure)


class _Shares(dict[tuple[int, int], float]):
    """What a group adds to a score, by how often it stands in how many tokens; the rarer the group, the more.

    ``tokens``: how many it has itself. Where it is all that a text says, the text is its title, heading or cell: that
    counts ``ALONE`` times more, and the less the more it says besides.
    """

    def __init__(self, weight: float, average: float, tokens: int, measure: tuple[float, float]) -> None:
        super().__init__()
        k1, b = measure
        self._weight, self._tokens = weight * (k1 + 1), tokens
        self._norm, self._slope = k1 * (1 - b), k1 * b / average

    def __missing__(self, held: tuple[int, int]) -> float:
        count, length = held
        share = self._weight * count / (count + self._norm + self._slope * length)
        if self._tokens:
            share *= 1 + ALONE * min(1.0, count * self._tokens / max(1, length)) ** 2
        self[held] = share = round(share, 4)
        return share


def _tokens(group: Sequence[Wanted]) -> int:
    return min(len(wanted.row) for wanted in group)


def _places(stages: Sequence[Stage]) -> Iterable[range]:
    """Where each stage's groups stand when all stages' groups are counted through."""
    ends = list(accumulate((len(stage.groups) for stage in stages), initial=0))
    return map(range, ends, ends[1:])


def _summed(passages: Iterable[tuple[int, int, int]], shares: _Shares) -> dict[int, float]:
    """``passages``: record, count, length; what is of one record counts as one text."""
    sums: dict[int, tuple[int, int]] = {}
    for record, count, length in passages:
        known, total = sums.get(record, (0, 0))
        sums[record] = known + count, total + length
    return {record: shares[held] for record, held in sums.items()}


def _best(scores: Scores, limit: int) -> Scores:
    flat = ((-score, doc, record) for doc, found in scores.items() for record, score in found.items())
    best: Scores = {}
    for score, doc, record in sorted(flat)[:limit]:
        best.setdefault(doc, {})[record] = round(-score, 4)
    return best


def either(founds: Iterable[Found]) -> Found:
    """What any of them holds, with the counts added up."""
    found = [one for one in founds if one.docs]
    if len(found) < 2:
        return found[0] if found else Found()
    docs: dict[str, slice] = {}
    rows: list[tuple[int, int, int, int]] = []
    for doc in dict.fromkeys(doc for one in found for doc in one.docs):
        start = len(rows)
        rows += _added(row for one in found for row in one.rows(doc))
        docs[doc] = slice(start, len(rows))
    return Found(docs, *map(list, zip(*rows, strict=True)))


def _added(rows: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    known: dict[int, tuple[int, int, int, int]] = {}
    for key, record, count, length in rows:
        before = known.get(key)
        known[key] = (key, record, count + (before[2] if before else 0), length)
    return sorted(known.values())


def holding(nesting: Nesting, records: Iterable[int]) -> set[int]:
    """The records, and all those around them."""
    return {around for record in set(records) for around in nesting.upwards(record)}


def smallest(parents: Sequence[int], parts: Sequence[Iterable[int]]) -> Mapping[int, int | None]:
    """Each record of ``parts`` and around them → the nearest that holds one of every part, itself or around it.

    Such a record counts where none inside it holds them all, or where its own text does. ``parents``: as in a nesting.
    """
    own: dict[int, int] = {}
    for at, records in enumerate(parts):
        for record in records:
            own[record] = own.get(record, 0) | 1 << at
    order = _closed(parents, own)
    full, below, holders, masks = (1 << len(parts)) - 1, set[int](), set[int](), dict(own)
    for record in reversed(order):
        mask, parent = masks[record], parents[record]
        masks[parent] = masks.get(parent, 0) | mask
        if mask == full:
            below.add(parent)
            if record not in below or own.get(record) == full:
                holders.add(record)
    nearest: dict[int, int | None] = {TOP: None}
    for record in order:
        nearest[record] = record if record in holders else nearest[parents[record]]
    return nearest


def _closed(parents: Sequence[int], records: Iterable[int]) -> list[int]:
    """``records`` with all around them, in reading order: what lies around another comes before it."""
    closed = set(records)
    for record in records:
        around = parents[record]
        while around != TOP and around not in closed:
            closed.add(around)
            around = parents[around]
    return sorted(closed)


def _joined(
    doc: str, groups: Sequence[Found], shares: Sequence[_Shares], nearest: Mapping[int, int | None]
) -> dict[int, float]:
    """The score of each record that holds every group: the sum over these.

    How long it is counts as one for all of them, so that words of one passage are worth more than words far apart.
    """
    lengths: dict[int, dict[int, int]] = {}
    counts: list[dict[int, int]] = [{} for _ in groups]
    for group, often in zip(groups, counts, strict=True):
        for key, record, count, length in group.rows(doc):
            holder = nearest[record]
            if holder is not None:
                lengths.setdefault(holder, {})[key] = length
                often[holder] = often.get(holder, 0) + count
    totals = {holder: sum(held.values()) for holder, held in lengths.items()}
    columns = list(zip(shares, counts, strict=True))
    return {h: round(sum(share[often[h], total] for share, often in columns), 4) for h, total in totals.items()}
