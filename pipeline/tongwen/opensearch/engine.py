"""Runs of tokens, found by OpenSearch: ``search.engine.Reader``.

A phrase's score is how often it stands there (``layout.ANALYSIS``), once for each of its terms. Passages of other
writings of a document than its header names are there as well: they are left out here.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, product
from typing import Any, NamedTuple

from tongwen.errors import QueryError, UsageError
from tongwen.opensearch import encoding
from tongwen.opensearch.snapshot import Snapshot
from tongwen.search import grams
from tongwen.search.engine import Found, Part, Term

CLAUSES = 1000  # of one request: OpenSearch allows 1,024
PAGE = 10_000  # hits of one answer: OpenSearch gives no more
WORDS = 60_000  # that one part of a word may stand for

PATTERNS: dict[Part, str] = {"whole": "{}", "prefix": "{}.*", "suffix": ".*{}", "infix": ".*{}.*"}

Row = tuple[str, ...]
Visible = Callable[[Collection[str]], Mapping[str, range]]
"""Of documents, the keys of the passages that count."""


class PassageReader:
    """``totals``: how many passages there are, and how many tokens they hold."""

    def __init__(self, snapshot: Snapshot, visible: Visible, totals: Callable[[], tuple[int, int]]) -> None:
        self._snapshot, self._visible, self._totals = snapshot, visible, totals

    @cached_property
    def _both(self) -> tuple[int, int]:
        return self._totals()

    @property
    def count(self) -> int:
        return self._both[0]

    @property
    def size(self) -> int:
        return self._both[1]

    def phrase(self, terms: Sequence[Term]) -> Found:
        found: defaultdict[str, array[int]] = defaultdict(_column)  # numbers alone: common tokens are everywhere
        for rows in _batches(self._rows(terms)):
            for doc, match in self._counted(rows):
                found[doc].extend(match)
        return _columns(self._seen(found))

    def _counted(self, rows: list[Row]) -> Iterator[tuple[str, Match]]:
        """Document and passage, of rows of one length."""
        fields = ["doc", "key", "record", "length"]
        times = len(encoding.pairs(rows[0]))
        hits = self._snapshot.scan(
            "passages",
            ["key"],
            query=_any(rows),
            size=PAGE,
            track_scores=True,
            docvalue_fields=fields,
            _source=False,
            stored_fields="_none_",
        )
        for hit in hits:
            (doc,), (key,), (record,), (length,) = (hit["fields"][name] for name in fields)
            yield encoding.unkeyword(doc), Match(key, record, round(hit["_score"] / times), length)

    def _seen(self, found: Mapping[str, array[int]]) -> Iterator[tuple[str, list[Match]]]:
        """What belongs to the writings that count, in the order in which it was added."""
        visible = self._visible(found.keys())
        for doc, numbers in found.items():
            keys = visible.get(doc, range(0))
            kept = [match for match in _merged(numbers) if match.key in keys]
            if kept:
                yield doc, kept

    def frequency(self, terms: Sequence[Term], enough: int | None = None) -> int:
        """Of the rarest pair. While a document is being written it may count twice."""
        return min(map(self._occurrences, self._needed(terms)))

    def _needed(self, terms: Sequence[Term]) -> Iterator[list[Row]]:
        """The pairs, and the words at the edges, that together say all of ``terms``."""
        whole = [at for at, term in enumerate(terms) if term.part == "whole"]
        for at in sorted({*whole[:-1:2], *whole[-2:-1]}):
            yield [(terms[at].token, terms[at + 1].token)]
        if len(whole) == 1:
            yield [(terms[whole[0]].token,)]
        for term in terms:
            if term.part != "whole":
                yield [(word,) for word in self.vocabulary(term)]

    def _occurrences(self, rows: list[Row]) -> int:
        summing = {"occurrences": {"sum": {"script": {"source": "_score"}}}}
        return sum(
            round(self._snapshot.ask("passages", _summed(_any(batch), summing))["aggregations"]["occurrences"]["value"])
            for batch in _batches(iter(rows))
        )

    def _rows(self, terms: Sequence[Term]) -> Iterator[Row]:
        """The rows of whole tokens that ``terms`` stand for."""
        return product(*((term.token,) if term.part == "whole" else self.vocabulary(term) for term in terms))

    def lengths(self, doc: str) -> Mapping[int, int]:
        keys = self._visible([doc]).get(doc, range(0))
        query = {"term": {"doc": encoding.keyword(doc)}}
        fields = ["key", "length"]
        hits = self._snapshot.scan("passages", ["key"], query=query, docvalue_fields=fields, _source=False)
        found = ((hit["fields"]["key"][0], hit["fields"]["length"][0]) for hit in hits)
        return {key: length for key, length in found if key in keys}

    def vocabulary(self, term: Term) -> list[str]:
        if not grams.is_word(term.token):
            return []
        pattern = PATTERNS[term.part].format(term.token)  # of letters or digits, which mean themselves
        asked = {"words": {"terms": {"field": "words", "include": pattern, "size": WORDS, "execution_hint": "map"}}}
        answer = self._snapshot.ask("passages", _summed({"regexp": {"words": pattern}}, asked))
        told = answer["aggregations"]["words"]
        if told["sum_other_doc_count"]:
            raise QueryError(f"More than {WORDS:,} words hold {term.token!r}.", "Ask for more of the word.")
        return sorted(bucket["key"] for bucket in told.get("buckets", ()))  # an empty list is left out

    def amiss(self, held: Callable[[str], Mapping[int, str]] | None) -> Iterator[str]:
        raise UsageError(
            "What OpenSearch keeps is verified by itself.", "`tongwen index --full` builds a library anew."
        )

    def close(self) -> None:
        """The snapshot is the reader's of the records."""


class Match(NamedTuple):
    """A passage as ``search.engine.Found`` has it."""

    key: int
    record: int
    times: int
    length: int


def _column() -> array[int]:
    return array("q")


def _merged(numbers: array[int]) -> list[Match]:
    """The matches whose numbers these are, each passage once: different rows may stand in one."""
    found: dict[int, Match] = {}
    for match in map(Match._make, zip(*[iter(numbers)] * len(Match._fields), strict=True)):
        before = found.get(match.key)
        found[match.key] = match._replace(times=match.times + before.times) if before else match
    return sorted(found.values())


def _columns(found: Iterable[tuple[str, list[Match]]]) -> Found:
    docs: dict[str, slice] = {}
    columns = [_column() for _ in Match._fields]
    for doc, matches in found:
        docs[doc] = slice(len(columns[0]), len(columns[0]) + len(matches))
        for column, numbers in zip(columns, zip(*matches, strict=True), strict=True):
            column.extend(numbers)
    return Found(docs, *columns)


def _any(rows: Sequence[Row]) -> dict[str, Any]:
    """Passages that hold one of ``rows``, scored by how often they hold any."""
    phrases = [{"match_phrase": {"tokens": " ".join(encoding.pairs(row))}} for row in rows]
    return phrases[0] if len(phrases) == 1 else {"bool": {"should": phrases}}


def _summed(query: dict[str, Any], aggregations: dict[str, Any]) -> dict[str, Any]:
    return {"size": 0, "track_total_hits": False, "query": query, "aggs": aggregations}


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, CLAUSES)):
        yield batch
