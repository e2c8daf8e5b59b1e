"""The commits of one writer: each leaves a new state, and then the checksums of the pages that it has changed."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from tongwen.store import log, pages, states

ROOM = 1000  # pages in the log from which on they are brought into the database; SQLite's own default


class Keeper:
    """The caller holds the writer's lock, and is in a transaction between the calls."""

    def __init__(self, connection: sqlite3.Connection, database: Path) -> None:
        self.connection, self._database = connection, database
        self._log = database.with_name(f"{database.name}-wal")
        self._sums = database.with_name(pages.NAME)
        self._size = int(connection.execute("PRAGMA page_size").fetchone()[0])
        self._was = self._changes()
        self._mark = log.Mark()
        with suppress(OSError):  # no room for them: they stay of an older state, and the next writer makes them
            self._begin()

    def _begin(self) -> None:
        """An unread log is read once; checksums that are not of this state are made anew."""
        self._mark = log.changes(self._log).mark
        state = states.state(self.connection)
        if state and self._kept() != state:
            pages.make(self._sums, self._size, state, pages.present(self._database, self._size))

    def _kept(self) -> states.State | None:
        try:
            found = pages.kept(self._sums)
        except pages.BadSums:
            return None
        return found.state if found and found.size == self._size else None

    def _changes(self) -> tuple[int, int]:
        return self.connection.total_changes, int(self.connection.execute("PRAGMA schema_version").fetchone()[0])

    def commit(self) -> None:
        """Makes everything so far lasting. Nothing is written where nothing has changed."""
        if self._changes() == self._was:
            self.connection.execute("COMMIT")
            return
        before, after = states.state(self.connection), states.advance(self.connection)
        self.connection.execute("COMMIT")
        self._was = self._changes()
        with suppress(OSError):
            self._note(before, after)
        if self._mark.frames > ROOM:
            self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _note(self, before: states.State | None, after: states.State) -> None:
        changed = log.changes(self._log, self._mark)
        self._mark = changed.mark
        if before and self._kept() == before:
            pages.update(self._sums, pages.Kept(self._size, changed.pages, after), changed.sums)
