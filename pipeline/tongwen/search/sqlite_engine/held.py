"""What is known of a document's passages beside their grams: one row of the database for all of them.

A row for each passage would be as quick to ask for one; but a common word stands in a third of all passages, and a
library has a hundred times as many of these as documents.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tongwen.arrays import packed, unpacked
from tongwen.search.sqlite_engine import tables

NUMBERS = "I"  # four bytes each
NONE = 0xFFFFFFFF  # in place of a record: under this key the document has no passage, or none any more
MOST = 4_000_000  # passages of which a reader keeps these numbers: 32 MB

SELECT = "SELECT number, id, last, passages FROM search_documents"


class Held(NamedTuple):
    """A document: the keys of its passages from ``first`` to ``last``; of each its record's number and its length."""

    first: int
    last: int
    id: str
    records: array[int]
    lengths: array[int]

    @classmethod
    def of(cls, doc: str, passages: Sequence[tuple[int, int, int]]) -> Held:
        """``passages``: key, record, length, in the order of keys."""
        first, last = passages[0][0], passages[-1][0]
        blank = [NONE] * (last - first + 1)
        held = cls(first, last, doc, array(NUMBERS, blank), array(NUMBERS, bytes(4 * len(blank))))
        for key, record, length in passages:
            held.records[key - first], held.lengths[key - first] = record, length
        return held

    @classmethod
    def read(cls, row: tuple[int, str | bytes, int, bytes]) -> Held:
        """A row of ``SELECT``; raises ``IndexDamaged``."""
        first, doc, last, content = row
        size = 4 * (last - first + 1)
        if size <= 0 or len(content) != 2 * size:
            raise tables.damaged("a document has not all its passages")
        return cls(
            first, last, tables.unbind(doc), unpacked(NUMBERS, content[:size]), unpacked(NUMBERS, content[size:])
        )

    def row(self) -> tuple[int, str | bytes, int, bytes]:
        return self.first, tables.bind(self.id), self.last, packed(self.records) + packed(self.lengths)

    def passages(self) -> Iterator[tuple[int, int, int]]:
        """Key, record and length of each."""
        rows = zip(range(self.first, self.last + 1), self.records, self.lengths, strict=True)
        return (row for row in rows if row[1] != NONE)

    def has(self, key: int) -> bool:
        return self.first <= key <= self.last and self.records[key - self.first] != NONE


class Documents:
    """The documents by the keys of their passages; what was asked for once is kept, up to a limit."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._firsts: list[int] = []
        self._held: list[Held] = []
        self._named: dict[str, Held] = {}
        self._kept = 0

    def named(self, doc: str) -> Held | None:
        """None where there is no such document."""
        if doc not in self._named:
            row = self._database.execute(f"{SELECT} WHERE id = ?", (tables.bind(doc),)).fetchone()
            if row is None:
                return None
            self._keep(Held.read(row))
        return self._named[doc]

    def around(self, key: int) -> Held:
        """The document that has the passage; raises ``IndexDamaged`` where none has."""
        at = bisect_right(self._firsts, key)
        if at and key <= self._held[at - 1].last:
            return self._held[at - 1]
        held = around(self._database, key)
        if held is None:
            raise tables.damaged("a document is missing")
        return self._keep(held)

    def _keep(self, held: Held) -> Held:
        if self._kept > MOST:
            self._firsts, self._held, self._named, self._kept = [], [], {}, 0
        at = bisect_right(self._firsts, held.first)
        self._firsts.insert(at, held.first)
        self._held.insert(at, held)
        self._named[held.id] = held
        self._kept += len(held.records)
        return held

    def lengths(self, doc: str) -> Mapping[int, int]:
        held = self.named(doc)
        return {key: length for key, _, length in held.passages()} if held else {}

    def ids(self) -> list[str]:
        return [tables.unbind(doc) for (doc,) in self._database.execute("SELECT id FROM search_documents")]


def around(database: sqlite3.Connection, key: int) -> Held | None:
    row = database.execute(f"{SELECT} WHERE number <= ? ORDER BY number DESC LIMIT 1", (key,)).fetchone()
    held = Held.read(row) if row else None
    return held if held and held.has(key) else None
