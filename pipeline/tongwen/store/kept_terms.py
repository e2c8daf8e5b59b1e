"""The rows of a termbase under the keys of its terms, so that a query need not read all of a large one.

They are made from the termbase's file whenever that is another, and kept beside the index; where nothing can be written
(a library on a disk of others) what is made serves this one time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

NAME = "terms.sqlite"
PATIENCE = 10.0  # seconds that one process waits for another's short lock

VERSION = 1  # of the tables: a file with others is made anew

_TABLES = f"""
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS places;
DROP TABLE IF EXISTS terms;
CREATE TABLE places (place TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE terms (
    place TEXT NOT NULL, key TEXT NOT NULL, concept TEXT NOT NULL, language TEXT NOT NULL, term TEXT NOT NULL,
    status TEXT NOT NULL, type TEXT NOT NULL, scope TEXT NOT NULL);
CREATE INDEX terms_by_key ON terms (place, key, concept);
CREATE INDEX terms_by_concept ON terms (place, concept);
PRAGMA user_version = {VERSION};
COMMIT;
"""


class TermRow(NamedTuple):
    """What names what; ``key`` is the term's."""

    key: str
    concept: str
    language: str
    term: str
    status: str
    type: str
    scope: str


class KeptTerms:
    """Of one termbase; ``place`` is a name for its folder."""

    def __init__(self, file: Path, place: str) -> None:
        self._place = place
        self._connection = _opened(file)

    def close(self) -> None:
        self._connection.close()

    @property
    def stamp(self) -> str | None:
        """What was said of the termbase's file when its rows were put in; None where none were."""
        row = self._connection.execute("SELECT stamp FROM places WHERE place = ?", (self._place,)).fetchone()
        return None if row is None else str(row[0])

    def fill(self, stamp: str, rows: Iterable[TermRow]) -> None:
        """In place of what was there."""
        cells = [(self._place, *row) for row in rows]
        try:
            self._put(stamp, cells)
        except sqlite3.OperationalError:  # the folder is not ours to write in, or the disk is full
            self._connection.close()
            self._connection = _made(":memory:")
            self._put(stamp, cells)

    def _put(self, stamp: str, rows: Iterable[tuple[str, ...]]) -> None:
        with self._connection:
            self._connection.execute("DELETE FROM terms WHERE place = ?", (self._place,))
            self._connection.executemany("INSERT INTO terms VALUES (?,?,?,?,?,?,?,?)", rows)
            self._connection.execute("REPLACE INTO places VALUES (?,?)", (self._place, stamp))

    def named(self, keys: Collection[str]) -> list[TermRow]:
        """The rows of every concept that has a term under one of ``keys``, in the order in which they were put in."""
        concepts = [concept for (concept,) in self._where("key", keys, "DISTINCT t.concept")]
        columns = ", ".join(f"t.{column}" for column in TermRow._fields)
        rows = sorted(self._where("concept", concepts, f"t.rowid, {columns}"))
        return [TermRow(*row) for _, *row in rows]

    def _where(self, column: str, values: Collection[str], asked: str) -> Iterator[tuple[Any, ...]]:
        """CROSS: SQLite keeps to this order and so to the index; it takes a termbase for small."""
        sql = f"""SELECT {asked} FROM json_each(?) AS wanted
            CROSS JOIN terms AS t WHERE t.place = ? AND t.{column} = wanted.value"""
        return self._connection.execute(sql, (json.dumps(list(values)), self._place))


@contextmanager
def kept_terms(folder: Path, place: Path) -> Iterator[KeptTerms]:
    """``folder`` is the index's, ``place`` the termbase's."""
    with closing(KeptTerms(folder / NAME, hashlib.sha256(os.fsencode(place.absolute())).hexdigest())) as kept:
        yield kept


def _opened(file: Path) -> sqlite3.Connection:
    try:
        return _made(str(file))
    except sqlite3.OperationalError:
        return _made(":memory:")
    except sqlite3.DatabaseError:
        file.unlink()
        return _made(str(file))


def _made(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=PATIENCE)
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection
