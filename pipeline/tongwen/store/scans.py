"""What was found in each document for the glossary, kept beside the index so that only what changed is read again.

It is made from the records and can be made again: a file that cannot be read is replaced, and where none can be written
(a library on a disk of others) what is made serves this one time.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tongwen.model import Json

NAME = "glossary.sqlite"
PATIENCE = 10.0  # seconds that one process waits for another's short lock

_TABLE = """CREATE TABLE IF NOT EXISTS scans (
    kind TEXT NOT NULL, doc TEXT NOT NULL, stamp TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (kind, doc))"""


class Scans:
    """``kind``: what was looked for; ``stamp``: of which text, for what, by which code."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def stamps(self, kind: str) -> dict[str, str]:
        """Of every document that was looked through, the stamp it had."""
        return dict(self._connection.execute("SELECT doc, stamp FROM scans WHERE kind = ?", (kind,)))

    def put(self, kind: str, doc: str, stamp: str, found: Json) -> None:
        content = zlib.compress(
            json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 1
        )
        self._connection.execute("REPLACE INTO scans VALUES (?,?,?,?)", (kind, doc, stamp, content))

    def drop(self, kind: str, docs: Iterator[str]) -> None:
        self._connection.executemany("DELETE FROM scans WHERE kind = ? AND doc = ?", ((kind, doc) for doc in docs))

    def found(self, kind: str) -> Iterator[tuple[str, Json]]:
        """Document and what was found in it, in the order of ids, one at a time."""
        rows = self._connection.execute("SELECT doc, content FROM scans WHERE kind = ? ORDER BY doc", (kind,))
        return ((doc, json.loads(zlib.decompress(content))) for doc, content in rows)

    def one(self, kind: str, stamp: str) -> Json:
        """What is kept of the library as a whole; None where it is of another stamp."""
        row = self._connection.execute(
            "SELECT content FROM scans WHERE kind = ? AND doc = '' AND stamp = ?", (kind, stamp)
        ).fetchone()
        return json.loads(zlib.decompress(row[0])) if row else None

    def keep(self) -> None:
        """Makes everything so far lasting."""
        self._connection.commit()


@contextmanager
def scans(folder: Path) -> Iterator[Scans]:
    with closing(_opened(folder / NAME)) as connection:
        yield Scans(connection)
        with suppress(sqlite3.OperationalError):  # a full disk: it is made again the next time
            connection.commit()


def _opened(file: Path) -> sqlite3.Connection:
    try:
        return _made(file)
    except sqlite3.OperationalError:  # the folder is not ours to write in
        return _made(Path(":memory:"))
    except sqlite3.DatabaseError:
        file.unlink()
        return _made(file)


def _made(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=PATIENCE)
    try:
        connection.execute(_TABLE)
        connection.execute("DELETE FROM scans WHERE kind = ''")  # asks whether it can be written
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection
