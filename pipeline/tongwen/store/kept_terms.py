"""The rows of a termbase under the keys of its terms, so that a query need not read all of a large one.

They are made from the termbase's file whenever that is another, and kept beside the index (``derived``).
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tongwen.store.derived import MEMORY, Barred, Spoilt, connected, judging
from tongwen.store.folder import TERMS

NAME = TERMS

VERSION = 2  # of the tables: a file with others is made anew

_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS places (place TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS terms (
    place TEXT NOT NULL, key TEXT NOT NULL, concept TEXT NOT NULL, language TEXT NOT NULL, term TEXT NOT NULL,
    status TEXT NOT NULL, type TEXT NOT NULL, scope TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS terms_by_key ON terms (place, key, concept);
CREATE INDEX IF NOT EXISTS terms_by_concept ON terms (place, concept);
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
    """Of one termbase; ``place`` is a name for its folder. Every method raises ``Spoilt`` or ``Barred``."""

    def __init__(self, file: str, place: str) -> None:
        self._place = place
        self._connection = connected(file, _prepare)

    def close(self) -> None:
        self._connection.close()

    @property
    def stamp(self) -> str | None:
        """What was said of the termbase's file when its rows were put in; None where none were."""
        with judging():
            row = self._connection.execute("SELECT stamp FROM places WHERE place = ?", (self._place,)).fetchone()
        return None if row is None else str(row[0])

    def fill(self, stamp: str, rows: Iterable[TermRow]) -> None:
        """In place of what was there."""
        cells = [(self._place, *row, self._sum(row)) for row in rows]
        try:
            self._put(stamp, cells)
        except Barred:
            self._connection.close()
            self._connection = connected(MEMORY, _prepare)
            self._put(stamp, cells)

    def _put(self, stamp: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with judging(), self._connection:
            self._connection.execute("DELETE FROM terms WHERE place = ?", (self._place,))
            self._connection.executemany("INSERT INTO terms VALUES (?,?,?,?,?,?,?,?,?)", rows)
            self._connection.execute("REPLACE INTO places VALUES (?,?)", (self._place, stamp))

    def named(self, keys: Collection[str]) -> list[TermRow]:
        """The rows of every concept that has a term under one of ``keys``, in the order in which they were put in."""
        concepts = [concept for (concept,) in self._where("key", keys, "DISTINCT t.concept")]
        columns = ", ".join(f"t.{column}" for column in TermRow._fields)
        rows = sorted(self._where("concept", concepts, f"t.rowid, {columns}, t.sum"))
        return [self._sound(TermRow(*row), kept) for _, *row, kept in rows]

    def _sound(self, row: TermRow, kept: object) -> TermRow:
        if self._sum(row) != kept:
            raise Spoilt(f"{row} is not what was kept")
        return row

    def _sum(self, row: TermRow) -> int:
        return zlib.crc32("\0".join(map(str, (self._place, *row))).encode())

    def _where(self, column: str, values: Collection[str], asked: str) -> list[tuple[Any, ...]]:
        """CROSS: SQLite keeps to this order and so to the index; it takes a termbase for small."""
        sql = f"""SELECT {asked} FROM json_each(?) AS wanted
            CROSS JOIN terms AS t WHERE t.place = ? AND t.{column} = wanted.value"""
        with judging():
            return self._connection.execute(sql, (json.dumps(list(values)), self._place)).fetchall()


@contextmanager
def kept_terms(file: str, place: Path) -> Iterator[KeptTerms]:
    """``place`` is the termbase's folder."""
    with closing(KeptTerms(file, hashlib.sha256(os.fsencode(place.absolute())).hexdigest())) as kept:
        yield kept


def _prepare(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in {0, VERSION}:
        raise Spoilt(f"its tables are of version {version}")
    if version == 0:
        connection.executescript(_TABLES)
