"""The engine on SQLite's FTS5, in the same file as the records, so that one transaction holds both.

A generation is nothing that lies on the disk beside another: who reads has a snapshot of the whole file, and the
store's commit is the switch. The name of a generation only proves that what is asked for is what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tongwen.search.engine import Home
from tongwen.search.sqlite_engine import tables
from tongwen.search.sqlite_engine.reader import SqliteReader

if TYPE_CHECKING:
    from tongwen.search.sqlite_engine.writer import SqliteWriter


class SqliteIndex:
    """See ``engine.SearchIndex``. ``home.database`` is an ``sqlite3.Connection`` in the caller's transaction."""

    @classmethod
    def writer(cls, home: Home, generation: str | None) -> SqliteWriter:
        from tongwen.search.sqlite_engine.writer import SqliteWriter  # noqa: PLC0415  a search needs none of it

        return SqliteWriter(tables.connection(home), generation)

    @classmethod
    def reader(cls, home: Home, generation: str | None) -> SqliteReader:
        return SqliteReader(tables.connection(home), generation)

    @classmethod
    def tidy(cls, home: Home, keep: str | None) -> None:
        """Drops the tables of an engine that is no longer used; else nothing is left over."""
        if keep is None and home.database is not None:
            tables.drop(tables.connection(home))
