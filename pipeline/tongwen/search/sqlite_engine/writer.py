"""What changes the tables, inside the transaction in which the records change."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from tongwen.search import grams
from tongwen.search.sqlite_engine import tables
from tongwen.search.sqlite_engine.held import Held, around

BATCH = 1 << 18  # tokens that are handed over at a time; one takes 8 bytes here

WORDS = "INSERT INTO search_words VALUES (?,?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents"

is_word = lru_cache(maxsize=1 << 16)(grams.is_word)


class SqliteWriter:
    """See ``engine.Writer``. What it does counts when the caller commits, and is gone when the caller does not."""

    def __init__(self, database: sqlite3.Connection, generation: str | None) -> None:
        self._database = database
        if generation is None:
            tables.create(database)
        state = {} if generation is None else tables.opened(database, generation)
        self._count, self._size = int(state.get("count", 0)), int(state.get("size", 0))
        self._generation = int(state.get("generation", "0").partition("-")[0])
        self._doc: str | None = None
        self._held: set[str] = set()  # words of the document at hand
        self._words: Counter[str] = Counter()
        self._grams: list[tuple[int, str]] = []  # of passages that are to come in
        self._gone: list[tuple[int, str]] = []  # and of such as are to go, none of which is among those
        self._waiting = 0  # tokens in both
        self._passages: list[tuple[int, int, int]] = []  # of the document at hand: key, record, length

    def add(self, key: int, doc_id: str, record: int, key_text: str) -> None:
        if doc_id != self._doc:
            self._close()
            self._doc = doc_id
        tokens = grams.units(key_text)
        if not isinstance(tokens, str):
            self._held.update(tokens)
        self._grams.append((key, tables.run(tokens)))
        self._passages.append((key, record, len(tokens)))
        self._count, self._size = self._count + 1, self._size + len(tokens)
        self._wait(len(tokens))

    def _wait(self, tokens: int) -> None:
        self._waiting += tokens
        if self._waiting >= BATCH:
            self._flush()

    def remove(self, keys: Iterable[int], text: Callable[[int], str]) -> None:
        self._close()
        left = sorted(set(keys))
        if left and self._grams and left[-1] >= self._grams[0][0]:
            self._flush()
        while left:
            held = around(self._database, left[0])
            known = [key for key in left if held and held.has(key)]
            if held:
                self._forget(held, known, text)
            left = left[max(1, len(known)) :]

    def _forget(self, held: Held, keys: Sequence[int], text: Callable[[int], str]) -> None:
        """Of a document of which passages are left, the words are too."""
        gone: set[str] = set()
        for key in keys:
            tokens = grams.tokens(text(key))
            self._gone.append((key, tables.run(tokens)))
            self._wait(len(tokens))
            self._count, self._size = self._count - 1, self._size - held.lengths[key - held.first]
            gone.update(tokens)
        self._database.execute("DELETE FROM search_documents WHERE number = ?", (held.first,))
        if rest := [row for row in held.passages() if row[0] not in set(keys)]:
            self._put(Held.of(held.id, rest))
        else:
            self._words.subtract(filter(is_word, gone))

    def commit(self) -> str:
        self._close()
        self._flush()
        self._database.executemany(WORDS, ((tables.bind(word), number) for word, number in self._words.items()))
        self._database.execute("DELETE FROM search_words WHERE documents <= 0")
        generation = f"{self._generation + 1}-{self._count:x}-{self._size:x}"
        tables.set_state(
            self._database, format=tables.FORMAT, count=self._count, size=self._size, generation=generation
        )
        return generation

    def cancel(self) -> None:
        """Whoever does not commit drops it all."""

    def _close(self) -> None:
        if self._doc is not None:
            self._put(Held.of(self._doc, self._passages))
            self._words.update(filter(is_word, self._held))
        self._doc, self._held, self._passages = None, set(), []

    def _put(self, held: Held) -> None:
        self._database.execute("INSERT INTO search_documents VALUES (?,?,?,?)", held.row())

    def _flush(self) -> None:
        sql = "INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', ?, ?)"
        self._database.executemany(sql, self._gone)
        self._database.executemany("INSERT INTO search_grams(rowid, grams) VALUES (?,?)", self._grams)
        self._grams, self._gone, self._waiting = [], [], 0
