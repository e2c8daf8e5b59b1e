"""The common ground of all that reads the store: rows out of one connection, and the documents by number."""

from __future__ import annotations

import sqlite3
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from tongwen.store import columns
from tongwen.store.faults import Undecodable


class Rows:
    """One connection, and with it one snapshot."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self.file = file

    @property
    def connection(self) -> sqlite3.Connection:
        """For what belongs to the store and reads otherwise than by rows."""
        return self._connection

    def all(self, sql: str, *values: object) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Any:
        return self._connection.execute(sql, values).fetchone()

    def there(self, sql: str, *values: object) -> Any:
        """The one row that cannot be missing."""
        row = self.one(sql, *values)
        if row is None:
            raise Undecodable("an entry is missing")
        return row

    def numbered(self, glob: str = "*") -> list[tuple[int, str]]:
        """Number and id of the documents that match a shell pattern, by id; ``*`` crosses folders."""
        rows = (
            (number, columns.unbind(doc)) for number, doc in self.all("SELECT number, id FROM documents ORDER BY id")
        )
        return [(number, doc) for number, doc in rows if fnmatchcase(doc, glob)]
