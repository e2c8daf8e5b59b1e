"""What changes the store: a document is in whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongwen.store import columns, files
from tongwen.store.columns import Parcel
from tongwen.store.files import File
from tongwen.store.keeper import Keeper
from tongwen.store.reader import Reader

PASSAGES = "passages"
ASIDE = b"aside"  # for a moment, an id that no document has: theirs are texts, and bytes only where no text can be


class Writer(Reader):
    """All changes since the last ``checkpoint`` become visible, and lasting, with the next."""

    _more = 0  # passages than the last commit knew

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        super().__init__(connection, file)
        self._keeper = Keeper(connection, file)

    def put_parcel(self, parcel: Parcel) -> list[int]:
        """Stores it in place of what was there under its id; the keys of the new passages, in their order."""
        former = self._number_of(parcel.id)
        with self._aside(parcel.id, former):
            keys = self._insert(parcel)
        self._more += len(keys) - len(self._delete(former))
        return keys

    def remove(self, doc: str) -> list[int]:
        """Removes the document, if there is one; the keys of the passages it had."""
        keys = self._delete(self._number_of(doc))
        self._more -= len(keys)
        return keys

    def _number_of(self, doc: str) -> int | None:
        row = self.one("SELECT number FROM documents WHERE id = ?", columns.bind(doc))
        return None if row is None else int(row[0])

    @contextmanager
    def _aside(self, doc: str, former: int | None) -> Iterator[None]:
        """Another document may come in under the id; where that fails, nothing of it stays, and all of the former.

        A savepoint would do the same; but each makes FTS5 write all that it holds, which takes twice the time.
        """
        rename = "UPDATE documents SET id = ? WHERE number = ?"
        self._connection.execute(rename, (ASIDE, former))
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk has ended it already
                self._connection.execute("DELETE FROM documents WHERE id = ?", (columns.bind(doc),))
                self._connection.execute(rename, (columns.bind(doc), former))
            raise

    def _delete(self, number: int | None) -> list[int]:
        if number is None:
            return []
        keys = [key for (key,) in self.all("SELECT key FROM passages WHERE doc = ? ORDER BY key", number)]
        self._connection.execute("DELETE FROM documents WHERE number = ?", (number,))
        self._number.cache_clear()
        self._nesting.cache_clear()
        self.title.cache_clear()
        return keys

    def _insert(self, parcel: Parcel) -> list[int]:
        columns = "id, path, title, language, format, sha256, characters, metadata"
        cursor = self._connection.execute(
            f"INSERT INTO documents ({columns}) VALUES (?,?,?,?,?,?,?,?)", parcel.document
        )
        doc = cursor.lastrowid
        self._connection.execute("INSERT INTO blocks VALUES (?,?)", (doc, parcel.blocks))
        self._many("chunks", 3, ((doc, n, content) for n, content in enumerate(parcel.chunks)))
        self._many("records", 10, ((doc, *row) for row in parcel.records))
        self._many("problems", 8, ((doc, *row) for row in parcel.problems))
        self._many("names", 3, ((key, doc, seq) for key, seq in parcel.names))
        keys = self._next_keys(len(parcel.passages))
        self._connection.execute("INSERT INTO nestings VALUES (?,?,?)", (doc, keys.start, parcel.nesting))
        self._connection.execute("INSERT INTO digests VALUES (?,?)", (doc, parcel.digest))
        self._many("passages", 4, ((key, doc, *row) for key, row in zip(keys, parcel.passages, strict=True)))
        return list(keys)

    def _many(self, table: str, width: int, rows: Iterator[columns.Row]) -> None:
        self._connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)

    def _next_keys(self, count: int) -> range:
        row = self.one("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        last = row[0] if row else 0
        return range(last + 1, last + 1 + count)

    def put_file(self, file: File) -> None:
        values = files.row_of(file, self.file)
        self._connection.execute(f"REPLACE INTO files VALUES ({','.join('?' * len(values))})", values)

    def remove_file(self, doc: str) -> None:
        self._connection.execute("DELETE FROM files WHERE doc = ?", (columns.bind(doc),))

    def set_meta(self, name: str, value: str) -> None:
        self._connection.execute("REPLACE INTO meta VALUES (?,?)", (columns.bind(name), columns.bind(value)))

    def checkpoint(self) -> None:
        """Makes everything so far lasting, and goes on."""
        self.commit()
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Makes everything so far lasting, and ends."""
        if self._more:
            self.set_meta(PASSAGES, str(self.held() + self._more))
            self._more = 0
        self._keeper.commit()

    def held(self) -> int:
        """How many passages there were at the last commit. A number that is kept: to count them takes longer the more
        there are."""
        kept = self.meta(PASSAGES)
        return int(kept) if kept else self._count("passages") - self._more
