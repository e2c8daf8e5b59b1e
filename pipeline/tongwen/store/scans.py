"""What was found in each document for the glossary, kept beside the index so that only what changed is read again.

It is made from the records and can be made again (``derived``). Several processes may fill it at once: each writes
for moments only, and takes nothing for its own that another has put there for another question.
"""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from tongwen.model import Json
from tongwen.store.derived import MEMORY, Barred, Spoilt, connected, derived, judging
from tongwen.store.folder import GLOSSARY

Value = TypeVar("Value")
Row = tuple[str, str, str, bytes]

NAME = GLOSSARY
BATCH = 50  # documents, and
INTERVAL = 1.0  # seconds: after either, what was found is made lasting
CHECK = 8  # bytes before what is kept, by which it is known again

_TABLE = """CREATE TABLE IF NOT EXISTS scans (
    kind TEXT NOT NULL, doc TEXT NOT NULL, stamp TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (kind, doc))"""
_PUT = "REPLACE INTO scans VALUES (?,?,?,?)"


class Scans:
    """``kind``: what was looked for; ``stamp``: of which text, for what, by which code.

    Every method raises ``Spoilt`` or ``Barred``.
    """

    def __init__(self, file: str) -> None:
        self._connection = connected(file, lambda opened: opened.execute(_TABLE).close())
        self._known: dict[str, dict[str, str]] = {}
        self._waiting: list[Row] = []
        self._kept = time.monotonic()

    def close(self) -> None:
        self._connection.close()

    def stamps(self, kind: str) -> dict[str, str]:
        """Of every document that was looked through, the stamp it had."""
        with judging():
            rows = self._connection.execute("SELECT doc, stamp FROM scans WHERE kind = ?", (kind,)).fetchall()
        self._known[kind] = dict(rows)
        return dict(rows)

    def put(self, kind: str, doc: str, stamp: str, found: Json) -> None:
        self._known.setdefault(kind, {})[doc] = stamp
        self._waiting.append((kind, doc, stamp, _packed(kind, doc, stamp, found)))
        if len(self._waiting) >= BATCH or time.monotonic() - self._kept > INTERVAL:
            self.keep()

    def drop(self, kind: str, docs: Iterable[str]) -> None:
        gone = [(kind, doc) for doc in docs]
        for _, doc in gone:
            self._known[kind].pop(doc, None)
        self._write("DELETE FROM scans WHERE kind = ? AND doc = ?", gone)

    def found(self, kind: str) -> Iterator[tuple[str, Json]]:
        """Document and what was found in it, in the order of ids, one at a time, of those with known stamps."""
        self.keep()
        for doc, stamp in sorted(self._known[kind].items()):
            yield doc, self._one(kind, doc, stamp)

    def _one(self, kind: str, doc: str, stamp: str) -> Json:
        row = self._row(kind, doc)
        if row is None:
            raise Spoilt(f"{doc} is not there")
        if row[0] != stamp:
            raise Barred(f"another process has looked through {doc} for something else")
        return _unpacked(kind, doc, *row)

    def whole(self, kind: str, stamp: str) -> Json:
        """What is kept of the library as a whole; None where it is of another stamp."""
        row = self._row(kind, "")
        return _unpacked(kind, "", *row) if row and row[0] == stamp else None

    def _row(self, kind: str, doc: str) -> tuple[str, bytes] | None:
        """Read to the end, so that no lock remains."""
        with judging():
            sql = "SELECT stamp, content FROM scans WHERE kind = ? AND doc = ?"
            return next(iter(self._connection.execute(sql, (kind, doc)).fetchall()), None)

    def keep(self) -> None:
        """Makes everything so far lasting, where that can be."""
        waiting, self._waiting = self._waiting, []
        self._write(_PUT, waiting)
        self._kept = time.monotonic()

    def _write(self, sql: str, rows: list[Row] | list[tuple[str, str]]) -> None:
        if not rows:
            return
        try:
            _execute(self._connection, sql, rows)
        except Barred:
            self._to_memory()
            _execute(self._connection, sql, rows)

    def _to_memory(self) -> None:
        """For the rest of the call, with all that is in the file."""
        other = connected(MEMORY, lambda opened: opened.execute(_TABLE).close())
        with judging():
            rows = self._connection.execute("SELECT kind, doc, stamp, content FROM scans").fetchall()
        _execute(other, _PUT, rows)
        self._connection.close()
        self._connection = other


def with_scans(folder: Path, use: Callable[[Scans], Value]) -> Value:
    """``use`` is called again where what is kept turns out to be unusable; ``folder`` is the index's."""

    def used(file: str) -> Value:
        with _opened(file) as kept:
            return use(kept)

    return derived(folder / NAME, used)


@contextmanager
def _opened(file: str) -> Iterator[Scans]:
    kept = Scans(file)
    try:
        yield kept
        kept.keep()
    finally:
        kept.close()


def _execute(connection: sqlite3.Connection, sql: str, rows: list[Row] | list[tuple[str, str]]) -> None:
    with judging(), connection:
        connection.executemany(sql, rows)


def _packed(kind: str, doc: str, stamp: str, found: Json) -> bytes:
    told = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    content = zlib.compress(told, 1)
    return _check(kind, doc, stamp, content) + content


def _unpacked(kind: str, doc: str, stamp: str, content: object) -> Json:
    if not isinstance(content, bytes) or content[:CHECK] != _check(kind, doc, stamp, content[CHECK:]):
        raise Spoilt(f"what was found in {doc} is not what was kept")
    found: Json = json.loads(zlib.decompress(content[CHECK:]))
    return found


def _check(kind: str, doc: str, stamp: str, content: bytes) -> bytes:
    return sha256("\0".join((kind, doc, stamp, "")).encode() + content).digest()[:CHECK]
