"""What the tables are, and how an older file becomes a newer one.

``PRAGMA user_version`` is the number of migrations a file has passed. A published migration is never edited:
a change of the tables is one more function at the end of ``MIGRATIONS``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from tongwen import nesting
from tongwen.model import Passage
from tongwen.store import columns, states

Migration = Callable[[sqlite3.Connection], None]

TABLES = (
    "documents",
    "chunks",
    "blocks",
    "nestings",
    "records",
    "passages",
    "problems",
    "names",
    "digests",
    "files",
    "meta",
)

FIRST = (
    # A text is kept in chunks, so that one record of a very large document is read without the rest of it.
    """CREATE TABLE documents (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, format TEXT NOT NULL,
        sha256 TEXT NOT NULL, characters INTEGER NOT NULL, metadata TEXT NOT NULL)""",
    """CREATE TABLE chunks (
        doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (doc, number))""",
    """CREATE TABLE blocks (
        doc INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, content BLOB NOT NULL)""",
    """CREATE TABLE records (
        doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, seq INTEGER NOT NULL,
        id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, parent TEXT,
        label TEXT NOT NULL, headings TEXT NOT NULL, fields TEXT NOT NULL,
        PRIMARY KEY (doc, seq))""",
    "CREATE UNIQUE INDEX records_by_id ON records (doc, id)",
    "CREATE INDEX records_by_kind ON records (kind, doc, seq)",
    # AUTOINCREMENT: a key that a search engine has once seen never comes to mean another passage.
    """CREATE TABLE passages (
        key INTEGER PRIMARY KEY AUTOINCREMENT, doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        record INTEGER NOT NULL, pieces TEXT NOT NULL)""",
    "CREATE INDEX passages_by_doc ON passages (doc)",
    """CREATE TABLE problems (
        doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, seq INTEGER NOT NULL, stage TEXT NOT NULL,
        code TEXT NOT NULL, message TEXT NOT NULL, hint TEXT NOT NULL, start INTEGER, stop INTEGER,
        PRIMARY KEY (doc, seq)) WITHOUT ROWID""",
    # No reference to documents: a file that has failed from the start has a row here and no document.
    """CREATE TABLE files (
        doc TEXT PRIMARY KEY, root TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL, entry TEXT NOT NULL, stamp TEXT NOT NULL, state TEXT NOT NULL, problem TEXT NOT NULL)
        WITHOUT ROWID""",
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in FIRST:
        connection.execute(statement)


def _nestings(connection: sqlite3.Connection) -> None:
    """Gives every document its nesting, which earlier files did not keep apart."""
    connection.execute(
        """CREATE TABLE nestings (
        doc INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
        first INTEGER NOT NULL, content BLOB NOT NULL)"""
    )
    for (doc,) in connection.execute("SELECT number FROM documents").fetchall():
        _nesting(connection, doc)


def _nesting(connection: sqlite3.Connection, doc: int) -> None:
    sql = f"SELECT {columns.RECORD} FROM records WHERE doc = ? ORDER BY seq"
    records = [columns.record_of(row) for row in connection.execute(sql, (doc,))]
    owners = connection.execute("SELECT key, record FROM passages WHERE doc = ? ORDER BY key", (doc,)).fetchall()
    content = nesting.pack(records, [Passage(records[seq].id, ()) for _, seq in owners])
    connection.execute("INSERT INTO nestings VALUES (?,?,?)", (doc, owners[0][0] if owners else 0, content))


def _names(connection: sqlite3.Connection) -> None:
    """Room for the names that texts give; those of earlier files come when these are read again."""
    connection.execute(
        """CREATE TABLE names (
        key TEXT NOT NULL, doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, record INTEGER NOT NULL,
        PRIMARY KEY (key, doc, record)) WITHOUT ROWID"""
    )
    connection.execute("CREATE INDEX names_by_doc ON names (doc)")


def _digests(connection: sqlite3.Connection) -> None:
    """Gives every document the digest of what is stored of it; for earlier files, of what is stored now."""
    from tongwen.store.digests import stored  # noqa: PLC0415  loads OpenSSL, and a search makes no digest

    connection.execute(
        """CREATE TABLE digests (
        doc INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, sha256 TEXT NOT NULL)"""
    )
    for (doc,) in connection.execute("SELECT number FROM documents").fetchall():
        connection.execute("INSERT INTO digests VALUES (?,?)", (doc, stored(connection, doc)))


def _roots(connection: sqlite3.Connection) -> None:
    """The folders that were indexed are asked for by every search, and are few beside the files."""
    connection.execute("CREATE INDEX files_by_root ON files (root)")


def _paths(connection: sqlite3.Connection) -> None:
    """A run that is given one file looks up that one, however many are known."""
    connection.execute("CREATE INDEX files_by_path ON files (path)")


MIGRATIONS: tuple[Migration, ...] = (_first, _nestings, _names, _digests, _roots, _paths)


LIKELY = 1000  # more migrations than there will ever be: a larger number was not written by any version


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Brings the file to the newest version; each step is in whole or not at all."""
    for number in range(version(connection), len(migrations)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            migrations[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
            states.advance(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def is_known(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those that the migrations make, to the letter; others beside them may be an engine's."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        migrate(made)
        return _tables(made) <= _tables(connection)


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {(name, " ".join(sql.split())) for name, sql in rows}
