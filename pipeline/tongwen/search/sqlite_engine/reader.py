"""What is asked of the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise, product
from math import log
from typing import Any

from tongwen.search.engine import Counted, Found, Part, Term, counted, together
from tongwen.search.phrase_cache import PhraseCache
from tongwen.search.sqlite_engine import tables
from tongwen.search.sqlite_engine.held import Documents
from tongwen.search.sqlite_engine.standing import Standing
from tongwen.search.sqlite_engine.tables import Phrase

# FTS5's bm25 has these as constants: see "The bm25() function" in SQLite's documentation of FTS5.
K1, B = 1.2, 0.75
LEAST = 1e-6  # the weight it gives a phrase that stands in more than half of all rows
WHOLE = 1e17  # times: the scores of a phrase that stands 400,000 and 400,001 times in a row still differ
ASKED = 1 << 14  # frequencies that are kept
SILENT = 3  # tokens a row on average, at which the score says nothing: see _Counts

# SQLite joins numbers to one text in less time than Python takes for their rows. A score is a whole number there, as
# one with a point takes twice as long to write. LIMIT, since FTS5's function is no part of a sum.
PHRASE = f"""SELECT group_concat(key), group_concat(score) FROM (
    SELECT rowid AS key, CAST(bm25(search_grams) * -{WHOLE} AS INTEGER) AS score
    FROM search_grams WHERE search_grams MATCH ? ORDER BY rowid LIMIT -1)"""
PLACES = "SELECT group_concat(doc) FROM search_places WHERE term BETWEEN ? AND ?"

PATTERNS: dict[Part, str] = {"whole": "\n{}\n", "prefix": "\n{}", "suffix": "{}\n", "infix": "{}"}


class SqliteReader:
    """See ``engine.Reader``."""

    def __init__(self, database: sqlite3.Connection, generation: str | None) -> None:
        self._database = database
        self._documents = Documents(database)
        self._empty = generation is None
        state = {} if generation is None else tables.opened(database, generation)
        self.count = int(state.get("count", 0))
        self.size = int(state.get("size", 0))
        self._phrase = PhraseCache(self._found)
        self._frequency = lru_cache(ASKED)(self._occurrences)

    def phrase(self, terms: Sequence[Term]) -> Found:
        return self._phrase(terms)

    def _found(self, terms: Sequence[Term]) -> Found:
        if self._empty:
            return Found()
        phrases = list(self._phrases(terms))
        if len(terms) > 2:
            return Standing(together(list(map(self.counted, phrases))), self._documents)
        return Standing(self._occurring([phrase.edges[0] for phrase in phrases]), self._documents)

    def _phrases(self, terms: Sequence[Term]) -> Iterator[Phrase]:
        """Of the first term FTS5 must be told all words that end alike; how the last goes on it finds itself."""
        *rest, last = terms
        inner = last.part in ("suffix", "infix")
        choices = [self.vocabulary(term) if term.part != "whole" else [term.token] for term in rest]
        ends = self.vocabulary(last) if inner else [last.token]
        for words in product(*choices, ends):
            yield Phrase.of(words, begun=last.part == "prefix")

    def counted(self, phrase: Phrase) -> Counted:
        """FTS5 tells how often a phrase stands in a row by its score alone, from which it is counted back."""
        if len(phrase.grams) == 1:
            return self._occurring(phrase.edges)
        if self.size == SILENT * self.count:
            return self._placed(phrase)
        text, scores = self._one(PHRASE, phrase.query()) or (None, None)
        if text is None or scores is None:
            return (), ()
        keys = _numbers(text)
        counts = _Counts(self.count, len(keys), self.size / self.count)
        return keys, list(map(counts.__getitem__, scores.split(",")))

    def _occurring(self, edges: Sequence[tuple[str, str]]) -> Counted:
        """Of grams by themselves there are the places, of any number of them at once."""
        found = (self._one(PLACES, *ends) for ends in edges)
        return counted(_numbers(",".join(text for (text,) in filter(None, found) if text)))

    def _placed(self, phrase: Phrase) -> Counted:
        """The same by all places of each gram, which takes longer."""
        sql = "SELECT doc, offset - ? FROM search_places WHERE term BETWEEN ? AND ?"
        places = [set(self._database.execute(sql, (at, *ends))) for at, ends in enumerate(phrase.edges)]
        return counted(key for key, _ in set.intersection(*places))

    def frequency(self, terms: Sequence[Term], enough: int | None = None) -> int:
        return 0 if self._empty else self._frequency(tuple(terms), enough)

    def _occurrences(self, terms: tuple[Term, ...], enough: int | None) -> int:
        whole = [term.token for term in terms if term.part == "whole"]
        if len(terms) == 1 or len(whole) < 2:
            return min((self._standing(term, enough) for term in terms), default=0)
        near = ((a.token, b.token) for a, b in pairwise(terms) if a.part == b.part == "whole")
        return min((self._pair(*pair) for pair in near), default=self.size)

    def _pair(self, token: str, following: str) -> int:
        gram = tables.plain(token + tables.JOINT + following)
        row = self._one("SELECT cnt FROM search_vocabulary WHERE term = ?", gram)
        return int(row[0]) if row else 0

    def _standing(self, term: Term, enough: int | None) -> int:
        words = [term.token] if term.part == "whole" else self.vocabulary(term)
        sql, number = "SELECT cnt FROM search_vocabulary WHERE term BETWEEN ? AND ?", 0
        for first in (tables.plain(word + tables.JOINT) for word in words):
            for (count,) in self._database.execute(sql, (first, first + tables.LAST)):
                number += int(count)
                if enough is not None and number > enough:
                    return number
        return number

    def lengths(self, doc: str) -> Mapping[int, int]:
        return {} if self._empty else self._documents.lengths(doc)

    @cached_property
    def _words(self) -> str:
        """All words in their order, each between line breaks: to go through them one by one takes ten times as long."""
        rows = () if self._empty else self._database.execute("SELECT word FROM search_words ORDER BY word")
        return "\n".join(["", *(tables.unbind(word) for (word,) in rows), ""])

    def vocabulary(self, term: Term) -> list[str]:
        wanted = PATTERNS[term.part].format(term.token)
        return list(self._holding(wanted, term.token))

    def _holding(self, wanted: str, token: str) -> Iterator[str]:
        """The words with ``wanted`` in them, which is ``token`` and the line breaks that must be beside it."""
        words, at = self._words, 0
        while (at := words.find(wanted, at)) >= 0:
            start = words.rindex("\n", 0, at + wanted.index(token)) + 1
            at = words.index("\n", start)
            yield words[start:at]

    def amiss(self, held: Callable[[str], Mapping[int, str]] | None) -> Iterator[str]:
        """See ``proving``."""
        if held is not None and not self._empty:
            from tongwen.search.sqlite_engine.proving import amiss  # noqa: PLC0415  a search proves nothing

            yield from amiss(self._database, self._documents, self.counted, held)

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._database.execute(sql, values).fetchone()
        return row

    def close(self) -> None:
        """The connection is the store's."""


def _numbers(text: str | None) -> list[int]:
    """As SQLite joins them; none are no text."""
    numbers: list[int] = json.loads(f"[{text or ''}]")
    return numbers


class _Counts(dict[str, int]):
    """FTS5's score of a row, as ``PHRASE`` gives it → how often the phrase stands in it.

    The score is w · c · (k1 + 1) / (c + k1 · (1 − b + b · n / a)) for a phrase that stands c times in a row of n
    tokens, where a row has ``a`` on average; it is given ``WHOLE`` times. Of a table without lengths n is taken to be
    −1 for every row, so that c is lost where 1 − b = b / a. ``rows`` in all, of which the phrase was ``found`` in so
    many.
    """

    def __init__(self, rows: int, found: int, average: float) -> None:
        super().__init__()
        weight = log((rows - found + 0.5) / (found + 0.5)) if 2 * found < rows + 1 else 0.0
        self._weight = WHOLE * (weight if weight > 0 else LEAST)
        self._norm = K1 * (1 - B - B / average)

    def __missing__(self, score: str) -> int:
        self[score] = round(self._norm / ((K1 + 1) / (float(score) / self._weight) - 1))
        return self[score]
