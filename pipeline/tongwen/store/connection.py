"""Opening the file: who may, in which mode, and whether it can be read at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from tongwen.errors import IndexDamaged, IndexFault, IndexTooNew, NoIndex
from tongwen.store import schema
from tongwen.store.faults import telling

NAME = "tongwen.sqlite"
PATIENCE = 10.0  # seconds that a connection waits for another's short lock


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees one snapshot, whatever a writer does meanwhile."""
    file = folder / NAME
    if not file.is_file():
        raise NoIndex(f"There is no index at {folder}.", "Build one with `tongwen index`, or name another by --index.")
    with telling(file), closing(_open(file)) as connection:
        connection.execute("BEGIN")
        _fit(connection, folder)
        yield connection


def _open(file: Path) -> sqlite3.Connection:
    """Read-only; on a medium where nothing can be written, as a file that cannot change."""
    where = f"file:{quote(os.fsencode(file.absolute()))}?mode=ro"
    connection = _connect(where)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        return _connect(where + "&immutable=1")
    return connection


def _connect(where: str) -> sqlite3.Connection:
    return sqlite3.connect(where, timeout=PATIENCE, isolation_level=None, uri=True, cached_statements=256)


def _fit(connection: sqlite3.Connection, folder: Path) -> None:
    """Raises where this version cannot read what is there."""
    found, known = schema.version(connection), len(schema.MIGRATIONS)
    _not_too_new(found, folder)
    if found == 0:
        raise NoIndex(f"The index at {folder} is empty.", "Build it with `tongwen index`.")
    if found < known:
        raise IndexFault(f"The index at {folder} was built by an earlier version.", "Run `tongwen index` to update it.")


def _not_too_new(found: int, folder: Path) -> None:
    if found > len(schema.MIGRATIONS):
        raise IndexTooNew(
            f"The index at {folder} was built by a later version (its tables are version {found}).",
            "Install that version, or build another index with `tongwen index --index DIR`.",
        )


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection inside a write transaction, on tables of the newest version. The caller holds the writer's lock."""
    file = folder / NAME
    with telling(file), closing(_connect(f"file:{quote(os.fsencode(file.absolute()))}")) as connection:
        _not_too_new(schema.version(connection), folder)
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL, not NORMAL: superseded files of the search engine are deleted once a commit has returned, so the
        # commit must by then be safe from a power cut. There are few commits, so it costs next to nothing.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        schema.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def set_aside(folder: Path) -> Path | None:
    """Moves a file that cannot be read out of the way, as ``tongwen.sqlite.damaged``; None where it can be read."""
    file = folder / NAME
    if not file.is_file() or _sound(folder):
        return None
    aside = file.with_name(NAME + ".damaged")
    for tail in ("-wal", "-shm"):
        if file.with_name(NAME + tail).exists():
            file.with_name(NAME + tail).replace(aside.with_name(aside.name + tail))
    file.replace(aside)
    return aside


def _sound(folder: Path) -> bool:
    try:
        with reading(folder) as connection:
            connection.execute(f"SELECT 1 FROM {', '.join(schema.TABLES)} LIMIT 0")
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except IndexDamaged:
        return False
    except NoIndex:
        return True
