"""Which records match, and how well: the same for every engine.

A hit is the smallest record that holds all that is asked for. Its score is BM25 with the record's matching passages as
the text. What is common stands in half of all passages, so the work on each is left to loops inside the interpreter
wherever a document needs nothing special.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from math import log

from tongwen.nesting import Nesting
from tongwen.search.engine import Counts, Found, Reader
from tongwen.search.plan import Stage, Wanted
from tongwen.search.scope import Scope

K1, B = 1.2, 0.75  # as in Robertson and Zaragoza (2009): how soon repetition saturates, how much length counts
COMMON = 20  # what is in one passage of twenty says little about which are alike, and costs most
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
        groups = [either(map(self._find, group)) for group in stage.groups]
        shares = [self._shares(group) for group in groups]
        groups = [self._scope.documents(group) for group in groups]
        excluded = either(map(self._find, without))
        scores: Scores = {}
        for doc in min(groups, key=len):
            parts = [group.get(doc, {}) for group in groups]
            if all(parts):
                found = self._alone(doc, parts[0], shares[0]) if len(parts) == 1 else self._joint(doc, parts, shares)
                scores[doc] = self._allowed(doc, found, excluded)
        return {doc: found for doc, found in scores.items() if found}

    def similar(self, stage: Stage, without: Sequence[Wanted]) -> Scores:
        """The best by the sum over all rows, of which none needs to be there."""
        often = {wanted: self._engine.frequency(wanted.row) for wanted in stage.wanted}
        telling = [wanted for wanted, times in often.items() if 0 < times * COMMON <= self._engine.count]
        sums: Scores = {}
        for wanted in telling or often:
            found = self._find(wanted)
            shares = self._shares(found)
            for doc, counts in self._scope.documents(found).items():
                known = sums.setdefault(doc, {})
                for record, score in self._alone(doc, counts, shares).items():
                    known[record] = known.get(record, 0.0) + score
        excluded = either(map(self._find, without))
        scores = {doc: self._allowed(doc, found, excluded) for doc, found in sums.items()}
        return _best(scores, SIMILAR)

    def inside(self, doc: str, record: int) -> list[int]:
        """All passages of a record and of those inside it."""
        nesting = self._nesting(doc)
        keys = nesting.keys()
        return [key for key in keys if record in nesting.upwards(nesting.owner(key))]

    def passages(self, doc: str, record: int, stages: Sequence[Stage]) -> list[int]:
        """Why the record is a hit: its own passages that hold something; those inside it where these are not all."""
        nesting = self._nesting(doc)
        groups = [{k for w in group for k in self._find(w).get(doc, ())} for s in stages for group in s.groups]
        own = [{k for k in keys if self._scope.record(nesting, nesting.owner(k)) == record} for keys in groups]
        if any(all(own[at] for at in places) for places in _places(stages)):
            return sorted(set().union(*own))
        return sorted(k for k in set().union(*groups) if record in nesting.upwards(nesting.owner(k)))

    def _alone(self, doc: str, counts: Counts, shares: _Shares) -> dict[int, float]:
        """By one group: each passage stands for its own record."""
        owners = self._scope.owners(self._nesting(doc), counts)
        scores = map(shares.__getitem__, zip(counts.values(), self._lengths(doc, counts), strict=True))
        found = dict(zip(owners, scores, strict=True))
        if len(found) < len(counts):
            return _summed(zip(owners, counts.values(), self._lengths(doc, counts), strict=True), shares)
        return found

    def _lengths(self, doc: str, keys: Iterable[int]) -> Iterable[int]:
        return map(self._engine.lengths(doc).__getitem__, keys)

    def _joint(self, doc: str, parts: Sequence[Counts], shares: Sequence[_Shares]) -> dict[int, float]:
        """By several groups: each passage stands for the smallest record around it that holds them all."""
        nesting = self._nesting(doc)
        holders = smallest(nesting, parts)
        held: list[dict[int, tuple[int, int]]] = [{} for _ in parts]
        for sums, counts in zip(held, parts, strict=True):
            for key, length in zip(counts, self._lengths(doc, counts), strict=True):
                record = next((around for around in nesting.upwards(nesting.owner(key)) if around in holders), None)
                if record is not None:
                    count, total = sums.get(record, (0, 0))
                    sums[record] = count + counts[key], total + length
        scores = {record: sum(s[sums[record]] for s, sums in zip(shares, held, strict=True)) for record in holders}
        return self._scope.rolled(nesting, scores)

    def _allowed(self, doc: str, found: dict[int, float], excluded: Found) -> dict[int, float]:
        if self._scope.kind is None and doc not in excluded:
            return found
        nesting = self._nesting(doc)
        barred = holding(nesting, excluded.get(doc, ())) | {self._scope.NOWHERE}
        return {record: score for record, score in found.items() if record not in barred}

    def _shares(self, found: Found) -> _Shares:
        held, count = sum(map(len, found.values())), self._engine.count
        return _Shares(log(1 + (count - held + 0.5) / (held + 0.5)), self._average)


class _Shares(dict[tuple[int, int], float]):
    """What a group adds to a score, by how often it stands in how many tokens; the rarer the group, the more."""

    def __init__(self, weight: float, average: float) -> None:
        super().__init__()
        self._weight, self._average = weight, average

    def __missing__(self, held: tuple[int, int]) -> float:
        count, length = held
        share = count * (K1 + 1) / (count + K1 * (1 - B + B * length / self._average))
        self[held] = round(self._weight * share, 4)
        return self[held]


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
    first, *others = [*founds] or [{}]
    if not others:
        return first
    merged: dict[str, Counter[int]] = {}
    for found in (first, *others):
        for doc, counts in found.items():
            merged.setdefault(doc, Counter()).update(counts)
    return merged


def holding(nesting: Nesting, keys: Iterable[int]) -> set[int]:
    """The records that hold any of the passages, however deep inside."""
    return {around for key in keys for around in nesting.upwards(nesting.owner(key))}


def smallest(nesting: Nesting, parts: Sequence[Mapping[int, int]]) -> set[int]:
    """The records that hold a passage of every part, where no record inside does; or directly, in their own text."""
    own: Counter[int] = Counter()
    for at, keys in enumerate(parts):
        for record in set(map(nesting.owner, keys)):
            own[record] |= 1 << at
    full, below, holders = (1 << len(parts)) - 1, set[int](), set[int]()
    masks = dict(own)
    for record in sorted({around for inner in own for around in nesting.upwards(inner)}, reverse=True):
        mask, parent = masks.get(record, 0), nesting.parents[record]
        if own[record] == full or (mask == full and record not in below):
            holders.add(record)
        masks[parent] = masks.get(parent, 0) | mask
        if mask == full:
            below.add(parent)
    return holders
