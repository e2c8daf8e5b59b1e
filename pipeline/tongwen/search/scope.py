"""Where hits may lie: documents by a shell pattern, records of one kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import ClassVar

from tongwen.errors import UsageError
from tongwen.nesting import KINDS, TOP, Nesting
from tongwen.search.engine import Found


class Scope:
    """``kind``: what lies in several records of it is of the smallest, what lies in none is ``NOWHERE``."""

    NOWHERE: ClassVar[int] = TOP

    def __init__(self, doc: str | None = None, kind: str | None = None) -> None:
        self.doc, self.kind = doc, kind

    @classmethod
    def of(cls, doc: str | None, kind: str | None) -> Scope:
        """Raises ``UsageError`` where no record can be of the kind."""
        if kind is not None and kind not in KINDS:
            raise UsageError(f"There are no hits of the kind {kind!r}.", f"Known are: {', '.join(KINDS)}.")
        return cls(doc, kind)

    def documents(self, found: Found) -> Found:
        glob = self.doc
        return found if glob is None else found.within(lambda doc: fnmatchcase(doc, glob))

    def records(self, nesting: Callable[[str], Nesting], doc: str, records: Sequence[int]) -> Sequence[int]:
        """The records that passages of ``records`` count for."""
        if self.kind is None:
            return records
        found = nesting(doc)
        return [self.record(found, record) for record in records]

    def record(self, nesting: Nesting, record: int) -> int:
        if self.kind is None:
            return record
        kind = KINDS.index(self.kind)
        return next((around for around in nesting.upwards(record) if nesting.kinds[around] == kind), self.NOWHERE)

    def rolled(self, nesting: Nesting, scores: dict[int, float]) -> dict[int, float]:
        """The scores of records, as those of the records that they count for: the best of each."""
        rolled: dict[int, float] = {}
        for record, score in scores.items():
            target = self.record(nesting, record)
            rolled[target] = max(score, rolled.get(target, 0.0))
        return rolled
