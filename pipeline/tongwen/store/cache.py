"""The store's tables in memory, for documents that are kept elsewhere: what was fetched is asked by the same code."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tongwen.store import schema
from tongwen.store.columns import Parcel
from tongwen.store.reader import Reader
from tongwen.store.writer import Writer


class Cache(Writer):
    """``place``: where the documents are kept, for the paths of files."""

    def __init__(self, place: Path) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        schema.migrate(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        Reader.__init__(self, connection, place)  # nothing of it is made lasting
        self._first = 0

    def hold(self, parcel: Parcel, first: int) -> None:
        """``first``: the key of its first passage."""
        self._first = first
        self.put_parcel(parcel)

    def let_go(self, doc: str) -> None:
        self.remove(doc)
        self._chunk.cache_clear()  # its number may come to be another's

    def _next_keys(self, count: int) -> range:
        return range(self._first, self._first + count)

    def close(self) -> None:
        self._connection.close()
