"""What is asked of the tables."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise, product
from math import log
from typing import Any

from tongwen.search import grams
from tongwen.search.engine import Found, Part, Term
from tongwen.search.sqlite_engine import tables

# FTS5's bm25 has these as constants: see "The bm25() function" in SQLite's documentation of FTS5.
K1, B = 1.2, 0.75
LEAST = 1e-6  # the weight it gives a phrase that stands in more than half of all rows

PHRASE = """SELECT p.doc, p.key, p.record, p.length, bm25(search_grams) FROM search_grams
    JOIN search_passages AS p ON p.key = search_grams.rowid
    WHERE search_grams MATCH ? ORDER BY search_grams.rowid"""

PATTERNS: dict[Part, str] = {"whole": "{}", "prefix": "{}.*", "suffix": ".*{}", "infix": ".*{}.*"}

Row = tuple[int, int, int, int, int]
"""Document, key, record, count, length."""


class SqliteReader:
    """See ``engine.Reader``."""

    def __init__(self, database: sqlite3.Connection, generation: str | None) -> None:
        self._database = database
        self._documents: dict[int, str] = {}
        self._empty = generation is None
        state = {} if self._empty else tables.state(database)
        if not self._empty and state.get("generation") != generation:
            raise tables.damaged(f"it has not the generation {generation!r}")
        self.count = int(state.get("count", 0))
        self.size = int(state.get("size", 0))

    def phrase(self, terms: Sequence[Term]) -> Found:
        if self._empty:
            return Found()
        rows = [row for query in self._queries(terms) for row in self._rows(query)]
        return self._found(rows if _is_ordered(rows) else _added(rows))

    def _queries(self, terms: Sequence[Term]) -> Iterator[str]:
        """Of the first term FTS5 must be told all words that end alike; how the last goes on it finds itself."""
        *rest, last = terms
        inner = last.part in ("suffix", "infix")
        choices = [self.vocabulary(term) if term.part != "whole" else [term.token] for term in rest]
        ends = self.vocabulary(last) if inner else [last.token]
        for words in product(*choices, ends):
            yield tables.row(words, begun=last.part == "prefix")

    def _rows(self, query: str) -> list[Row]:
        """FTS5 tells how often a phrase stands in a row by its score alone, from which it is counted back."""
        found = self._database.execute(PHRASE, (query,)).fetchall()
        weight = log((self.count - len(found) + 0.5) / (len(found) + 0.5)) if 2 * len(found) < self.count + 1 else 0.0
        weight, average = -(weight if weight > 0 else LEAST), self.size / max(1, self.count)
        rows = []
        for doc, key, record, length, score in found:
            share = score / weight
            count = share * K1 * (1 - B + B * length / average) / (K1 + 1 - share)
            rows.append((doc, key, record, round(count), length))
        return rows

    def _found(self, rows: Sequence[Row]) -> Found:
        if not rows:
            return Found()
        numbers, keys, records, counts, lengths = zip(*rows, strict=True)
        docs: dict[str, slice] = {}
        end = 0
        while end < len(numbers):
            start, end = end, bisect_right(numbers, numbers[end], end)
            docs[self._document(numbers[start])] = slice(start, end)
        return Found(docs, keys, records, counts, lengths)

    def _document(self, number: int) -> str:
        if number not in self._documents:
            row = self._one("SELECT id FROM search_documents WHERE number = ?", number)
            if row is None:
                raise tables.damaged("a document is missing")
            self._documents[number] = tables.unbind(row[0])
        return self._documents[number]

    def frequency(self, terms: Sequence[Term]) -> int:
        if self._empty:
            return 0
        whole = [term.token for term in terms if term.part == "whole"]
        if len(terms) == 1 or len(whole) < 2:
            return min((self._standing(term) for term in terms), default=0)
        near = ((a.token, b.token) for a, b in pairwise(terms) if a.part == b.part == "whole")
        return min((self._pair(*pair) for pair in near), default=self.size)

    def _pair(self, token: str, following: str) -> int:
        gram = tables.plain(token + tables.JOINT + following)
        row = self._one("SELECT cnt FROM search_vocabulary WHERE term = ?", gram)
        return int(row[0]) if row else 0

    def _standing(self, term: Term) -> int:
        words = [term.token] if term.part == "whole" else self.vocabulary(term)
        sql = "SELECT coalesce(sum(cnt), 0) FROM search_vocabulary WHERE term >= ? AND term < ?"
        begun = (tables.plain(word + tables.JOINT) for word in words)
        return sum(number for first in begun for number in self._one(sql, first, first + "\U0010ffff") or ())

    def lengths(self, doc: str) -> Mapping[int, int]:
        sql = """SELECT key, length FROM search_passages AS p JOIN search_documents AS d
            ON p.key BETWEEN d.number AND d.last AND p.doc = d.number WHERE d.id = ? ORDER BY key"""
        return {} if self._empty else dict(self._database.execute(sql, (tables.bind(doc),)))

    @cached_property
    def _words(self) -> list[str]:
        rows = () if self._empty else self._database.execute("SELECT word FROM search_words ORDER BY word")
        return [tables.unbind(word) for (word,) in rows]

    def vocabulary(self, term: Term) -> list[str]:
        pattern = re.compile(PATTERNS[term.part].format(re.escape(term.token)))
        return [word for word in self._words if pattern.fullmatch(word)]

    def amiss(self, held: Callable[[str], Mapping[int, str]] | None) -> Iterator[str]:
        """Compared are the lengths of all passages, and how often each gram stands in all of them together; where that
        differs, in which. That the bytes are those that were written is the database's to know.

        How often is compared by the sum of the grams' hashes, which Python seeds at random, so that two that differ
        have one sum once in 2⁶⁰ times: to count them all takes several times as long.
        """
        if held is None or self._empty:
            return
        documents = [tables.unbind(doc) for (doc,) in self._database.execute("SELECT id FROM search_documents")]
        wanted = 0
        for doc in documents:
            runs = _runs(held(doc))
            if {key: len(run) for key, run in runs.items()} != self.lengths(doc):
                yield doc
            wanted += sum(map(hash, chain.from_iterable(runs.values())))
        there = self._database.execute("SELECT term, cnt FROM search_vocabulary")
        if wanted != sum(hash(gram) * count for gram, count in there):
            yield from self._differing(self._miscounted(documents, held), documents, held)

    def _miscounted(self, documents: Sequence[str], held: Callable[[str], Mapping[int, str]]) -> set[str]:
        wanted: Counter[str] = Counter()
        for doc in documents:
            wanted.update(chain.from_iterable(_runs(held(doc)).values()))
        for gram, count in self._database.execute("SELECT term, cnt FROM search_vocabulary"):
            wanted[gram] -= count
        return {gram for gram, count in wanted.items() if count}

    def _differing(
        self, grams_: set[str], documents: Sequence[str], held: Callable[[str], Mapping[int, str]]
    ) -> Iterator[str]:
        """The documents in which one of ``grams_`` stands otherwise than in their texts."""
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for gram in grams_:
            for _, key, _, count, _ in self._rows(tables.quoted(gram)):
                found[key][gram] = count
        for doc in documents if grams_ else ():
            runs = _runs(held(doc))
            keys = runs.keys() | self.lengths(doc).keys()
            if any(Counter(gram for gram in runs.get(key, ()) if gram in grams_) != found[key] for key in keys):
                yield doc

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._database.execute(sql, values).fetchone()
        return row

    def close(self) -> None:
        """The connection is the store's."""


def _runs(texts: Mapping[int, str]) -> dict[int, list[str]]:
    """The grams of each passage, as FTS5 has them."""
    return {key: tables.run(grams.tokens(text)).split(" ") if text.strip() else [] for key, text in texts.items()}


def _is_ordered(rows: Sequence[Row]) -> bool:
    return all(one[1] < other[1] for one, other in pairwise(rows))


def _added(rows: Sequence[Row]) -> list[Row]:
    """What several words found, each passage once."""
    counts: Counter[tuple[int, int, int, int]] = Counter()
    for doc, key, record, count, length in rows:
        counts[key, doc, record, length] += count
    return [(doc, key, record, count, length) for (key, doc, record, length), count in sorted(counts.items())]
