"""Opening the file: who may, in which mode, and whether it can be read at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from tongwen.errors import IndexFault, IndexTooNew, NoIndex
from tongwen.store import schema
from tongwen.store.faults import damaged, telling

NAME = "tongwen.sqlite"
_NOT_SHARED = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
}
PATIENCE = 10.0  # seconds that a connection waits for another's short lock


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees one snapshot, whatever a writer does meanwhile."""
    file = folder / NAME
    if not file.exists():
        raise NoIndex(f"There is no index at {folder}.", "Build one with `tongwen index`, or name another by --index.")
    _regular(file)
    with telling(file, reading=True), closing(_open(file)) as connection:
        connection.execute("PRAGMA temp_store = MEMORY")  # a search must not need room on the disk
        connection.execute("BEGIN")
        _fit(connection, folder)
        _ours(connection, file)
        yield connection


def _regular(file: Path) -> None:
    if file.exists() and not file.is_file():
        raise damaged(file, "it is a folder" if file.is_dir() else "it is no regular file")


def _open(file: Path) -> sqlite3.Connection:
    """Read-only, with other processes; where SQLite cannot have the file that this takes, without them."""
    where = f"file:{quote(os.fsencode(file.absolute()))}?mode="
    connection = _connect(where + "ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode not in _NOT_SHARED and error.sqlite_errorcode & 0xFF not in _NOT_SHARED:
            raise
        return _alone(file, where)
    return connection


def _alone(file: Path, where: str) -> sqlite3.Connection:
    """What a killed writer left in the log counts: only without one is the file read as one that cannot change."""
    log = file.with_name(f"{file.name}-wal")
    if not log.exists() or not log.stat().st_size or not os.access(file, os.W_OK):
        return _connect(where + "ro&immutable=1")
    connection = _connect(where + "rw")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def _connect(where: str) -> sqlite3.Connection:
    return sqlite3.connect(where, timeout=PATIENCE, isolation_level=None, uri=True, cached_statements=256)


def _ours(connection: sqlite3.Connection, file: Path) -> None:
    """An index may be a gift: what runs by itself, or stands for a table, was put there by others."""
    foreign = "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1"
    for kind, name in connection.execute(foreign):
        raise damaged(file, f"the {kind} {name!r} is not Tongwen's")


def _fit(connection: sqlite3.Connection, folder: Path) -> None:
    """Raises where this version cannot read what is there."""
    found, known = schema.version(connection), len(schema.MIGRATIONS)
    _known(found, folder)
    if found == 0 and connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        raise damaged(folder / NAME, "its version is lost")
    if found == 0:
        raise NoIndex(f"The index at {folder} is empty.", "Build it with `tongwen index`.")
    if found < known:
        raise IndexFault(f"The index at {folder} was built by an earlier version.", "Run `tongwen index` to update it.")


def _known(found: int, folder: Path) -> None:
    if not 0 <= found < schema.LIKELY:
        raise damaged(folder / NAME, f"no version has the number {found}")
    if found > len(schema.MIGRATIONS):
        raise IndexTooNew(
            f"The index at {folder} was built by a later version (its tables are version {found}).",
            "Install that version, or build another index with `tongwen index --index DIR`.",
        )


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection inside a write transaction, on tables of the newest version. The caller holds the writer's lock."""
    file = folder / NAME
    _regular(file)
    with telling(file), closing(_connect(f"file:{quote(os.fsencode(file.absolute()))}")) as connection:
        _known(schema.version(connection), folder)
        _ours(connection, file)
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL, not NORMAL: superseded files of the search engine are deleted once a commit has returned, so the
        # commit must by then be safe from a power cut. There are few commits, so it costs next to nothing.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA wal_autocheckpoint = 0")  # the log is first looked through (``keeper``)
        _emptied(connection)
        schema.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def _emptied(connection: sqlite3.Connection) -> None:
    """Begins with an empty log, where nobody reads from it."""
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute(f"PRAGMA busy_timeout = {int(1000 * PATIENCE)}")
