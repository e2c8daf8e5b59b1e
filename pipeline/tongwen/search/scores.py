"""Records with their scores, as columns: of what is common there are hundreds of thousands, of which ten are shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from heapq import nlargest
from types import MappingProxyType
from typing import NamedTuple

NONE = -1.0  # in place of a score: what is here does not count, or for a record that stands before it


class Scores(NamedTuple):
    """``docs``: document id → where its records are in the columns. ``total``: how many there are.

    The documents' parts lie one behind the other in the order of ``docs``, each with a record that counts. One that is
    there twice has its score at its first place, and ``NONE`` at the others.
    """

    docs: Mapping[str, slice] = MappingProxyType({})
    records: Sequence[int] = ()
    scores: Sequence[float] = ()
    total: int = 0

    @classmethod
    def of(cls, found: Mapping[str, Mapping[int, float]]) -> Scores:
        """Of document → record → score."""
        docs: dict[str, slice] = {}
        records: list[int] = []
        scores: list[float] = []
        for doc, own in found.items():
            if own:
                docs[doc] = slice(len(records), len(records) + len(own))
                records += own
                scores += own.values()
        return cls(docs, records, scores, len(records))

    def within(self, doc: str) -> dict[int, float]:
        """Record → score."""
        at = self.docs.get(doc, slice(0, 0))
        rows = zip(self.records[at], self.scores[at], strict=True)
        return {record: score for record, score in rows if score != NONE}

    def changed(self, scores: Mapping[tuple[str, int], float]) -> Scores:
        """With others for some records."""
        column = list(self.scores)
        for (doc, record), score in scores.items():
            at = self.docs[doc]
            column[self.records.index(record, at.start, at.stop)] = score
        return self._replace(scores=column)

    def less(self, docs: Mapping[str, Container[int]]) -> Scores:
        """Without those records of ``docs``."""
        left, scores, gone = dict(self.docs), list(self.scores), 0
        for doc, records in docs.items():
            at, rest = self.docs[doc], 0
            for place in range(at.start, at.stop):
                if scores[place] == NONE:
                    continue
                if self.records[place] in records:
                    scores[place] = NONE
                    gone += 1
                else:
                    rest += 1
            if not rest:
                del left[doc]
        return Scores(left, self.records, scores, self.total - gone)

    def best(self, limit: int) -> list[tuple[float, str, int]]:
        """By score, which is given negative; equal ones by document and place, so that the order is always the same."""
        floor = max(0.0, min(nlargest(limit, self.scores), default=0.0))  # many share a score: all that have the last's
        places = [at for at, score in enumerate(self.scores) if score >= floor]
        docs, starts = list(self.docs), [at.start for at in self.docs.values()]
        found = ((-self.scores[at], docs[bisect_right(starts, at) - 1], self.records[at]) for at in places)
        return sorted(found)[:limit]
