"""The engines, each with a place of its own in a folder: what one test asks is asked of all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tongwen.search.engine import Home, Reader, SearchIndex, Writer
from tongwen.search.sqlite_engine import SqliteIndex
from tongwen.search.whoosh_engine import WhooshIndex


class Kept:
    """An engine in a folder. ``named``: what a writer committed is what counts from now on."""

    def __init__(self, engine: type[SearchIndex]) -> None:
        self._engine = engine
        self._database: sqlite3.Connection | None = None

    def writer(self, folder: Path, generation: str | None) -> Writer:
        return self._engine.writer(self._home(folder), generation)

    def named(self) -> None:
        """The caller's part, which comes after the engine's."""

    def dropped(self) -> None:
        """Likewise, of what does not count."""

    def reader(self, folder: Path, generation: str | None) -> Reader:
        return self._engine.reader(self._home(folder), generation)

    def tidy(self, folder: Path, keep: str | None) -> None:
        self._engine.tidy(self._home(folder), keep)

    def _home(self, folder: Path) -> Home:
        return Home(folder)


class InDatabase(Kept):
    """An engine whose tables are in a database: each look has a snapshot of its own."""

    def writer(self, folder: Path, generation: str | None) -> Writer:
        self._database = self._opened(folder)
        self._database.execute("BEGIN IMMEDIATE")
        return self._engine.writer(Home(folder, self._database), generation)

    def named(self) -> None:
        assert self._database
        self._database.execute("COMMIT")
        self._database.close()

    def dropped(self) -> None:
        assert self._database
        self._database.execute("ROLLBACK")
        self._database.close()

    def _home(self, folder: Path) -> Home:
        database = self._opened(folder)
        database.execute("BEGIN")
        database.execute("SELECT 1 FROM sqlite_schema").fetchone()
        return Home(folder, database)

    def tidy(self, folder: Path, keep: str | None) -> None:
        database = self._opened(folder)
        self._engine.tidy(Home(folder, database), keep)
        database.close()

    def _opened(self, folder: Path) -> sqlite3.Connection:
        there = str(folder / "records.sqlite") if folder.is_dir() else ":memory:"
        database = sqlite3.connect(there, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        return database


ENGINES: dict[str, Kept] = {"whoosh": Kept(WhooshIndex), "sqlite": InDatabase(SqliteIndex)}
