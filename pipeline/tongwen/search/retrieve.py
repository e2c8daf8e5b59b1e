"""Which records match, and in what order: the same for every engine.

A hit is the smallest record that holds all that is asked for. Its score is BM25 with the record's matching passages as
the text; hits of a closer way of looking come before all of a looser one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import log
from typing import NamedTuple

from tongwen.nesting import KINDS, Nesting
from tongwen.search.engine import Found, Reader
from tongwen.search.plan import Stage, Wanted, Why

K1, B = 1.2, 0.75  # as in Robertson and Zaragoza (2009): how soon repetition saturates, how much length counts
SIMILAR = 100  # hits at most by shared characters: every passage shares some

Find = Callable[[Wanted], Found]


class Match(NamedTuple):
    """A record that matches; ``keys`` are the passages of it that do."""

    doc: str
    record: int
    score: float
    keys: tuple[int, ...]
    why: Why

    def order(self) -> tuple[float, str, int]:
        """By score; equal scores by document and place, so that the order is always the same."""
        return (-self.score, self.doc, self.record)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where hits may lie: documents by a shell pattern, records of one kind."""

    doc: str | None = None
    kind: str | None = None

    def within(self, found: Found) -> Found:
        if self.doc is None:
            return found
        return {doc: counts for doc, counts in found.items() if fnmatchcase(doc, self.doc)}

    def record(self, nesting: Nesting, record: int) -> int | None:
        """The smallest record of the kind around ``record``."""
        if self.kind is None:
            return record
        kind = KINDS.index(self.kind)
        return next((around for around in nesting.upwards(record) if nesting.kinds[around] == kind), None)


class Retrieval:
    """One query's way through an index. ``find`` answers for one row of terms."""

    def __init__(self, engine: Reader, nesting: Callable[[str], Nesting], find: Find, scope: Scope) -> None:
        self._engine, self._nesting, self._find, self._scope = engine, nesting, find, scope
        self._average = max(1.0, engine.size / max(1, engine.count))

    def matches(self, stage: Stage, without: Sequence[Wanted]) -> list[Match]:
        """In no order. Records that hold one of ``without`` are left out."""
        groups = [_either(self._find(wanted) for wanted in group) for group in stage.groups]
        weights = [self._weight(group) for group in groups]
        groups = [self._scope.within(group) for group in groups]
        excluded = _either(self._find(wanted) for wanted in without)
        docs = min(groups, key=len) if groups else {}
        found: list[Match] = []
        for doc in docs:
            parts = [group.get(doc) for group in groups]
            if all(parts):
                found += self._in_document(doc, parts, weights, excluded.get(doc, {}), stage.why)  # type: ignore[arg-type]
        return found

    def similar(self, stage: Stage, without: Sequence[Wanted]) -> list[Match]:
        """The best by the sum over all rows, of which none needs to be there; in no order."""
        scores: Counter[tuple[str, int]] = Counter()
        for wanted in (row for group in stage.groups for row in group):
            found = self._find(wanted)
            weight = self._weight(found)
            for doc, counts in self._scope.within(found).items():
                lengths = self._engine.lengths(doc)
                for key, count in counts.items():
                    scores[doc, key] += weight * self._share(count, lengths[key])  # type: ignore[assignment]
        excluded = _either(self._find(wanted) for wanted in without)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:SIMILAR]
        found_ = [self._alone(doc, key, score, excluded, stage.why) for (doc, key), score in best]
        return list({(m.doc, m.record): m for m in reversed(found_) if m}.values())

    def _alone(self, doc: str, key: int, score: float, excluded: Found, why: Why) -> Match | None:
        nesting = self._nesting(doc)
        record = self._scope.record(nesting, nesting.owner(key))
        if record is None or record in _holding(nesting, excluded.get(doc, {})):
            return None
        return Match(doc, record, round(score, 4), (key,), why)

    def _in_document(
        self, doc: str, parts: Sequence[Mapping[int, int]], weights: list[float], excluded: Iterable[int], why: Why
    ) -> Iterable[Match]:
        nesting, lengths = self._nesting(doc), self._engine.lengths(doc)
        smallest = None if len(parts) == 1 else _smallest(nesting, parts)
        barred = _holding(nesting, excluded)
        sums: dict[int, _Sum] = {}
        for at, counts in enumerate(parts):
            for key, count in counts.items():
                record = nesting.owner(key)
                if smallest is not None:
                    record = next((around for around in nesting.upwards(record) if around in smallest), -1)
                target = self._scope.record(nesting, record) if record >= 0 else None
                if target is not None and target not in barred:
                    sums.setdefault(target, _Sum(len(parts))).add(at, key, count)
        for record, total in sums.items():
            length = sum(map(lengths.__getitem__, total.keys))
            score = sum(w * self._share(count, length) for w, count in zip(weights, total.counts, strict=True))
            yield Match(doc, record, round(score, 4), tuple(total.keys), why)

    def _weight(self, found: Found) -> float:
        """The rarer, the more it says."""
        holding = sum(map(len, found.values()))
        return log(1 + (self._engine.count - holding + 0.5) / (holding + 0.5))

    def _share(self, count: int, length: int) -> float:
        return count * (K1 + 1) / (count + K1 * (1 - B + B * length / self._average))


class _Sum:
    """What a record has been found to hold."""

    def __init__(self, groups: int) -> None:
        self.counts = [0] * groups
        self.keys: dict[int, None] = {}

    def add(self, group: int, key: int, count: int) -> None:
        self.counts[group] += count
        self.keys[key] = None


def _either(founds: Iterable[Found]) -> Found:
    """What any of them holds, with the counts added up."""
    first, *others = [*founds] or [{}]
    if not others:
        return first
    merged: dict[str, Counter[int]] = {}
    for found in (first, *others):
        for doc, counts in found.items():
            merged.setdefault(doc, Counter()).update(counts)
    return merged


def _holding(nesting: Nesting, keys: Iterable[int]) -> set[int]:
    """The records that hold any of the passages, however deep inside."""
    return {around for key in keys for around in nesting.upwards(nesting.owner(key))}


def _smallest(nesting: Nesting, parts: Sequence[Iterable[int]]) -> set[int]:
    """The records that hold a passage of every part, where no record inside does; or directly, in their own text."""
    own: Counter[int] = Counter()
    for at, keys in enumerate(parts):
        for record in {nesting.owner(key) for key in keys}:
            own[record] |= 1 << at
    full, below, smallest = (1 << len(parts)) - 1, set[int](), set[int]()
    masks = dict(own)
    for record in sorted(_around(nesting, own), reverse=True):
        mask, parent = masks.get(record, 0), nesting.parents[record]
        if own[record] == full or (mask == full and record not in below):
            smallest.add(record)
        masks[parent] = masks.get(parent, 0) | mask
        if mask == full:
            below.add(parent)
    return smallest


def _around(nesting: Nesting, records: Iterable[int]) -> set[int]:
    return {around for record in records for around in nesting.upwards(record)}
