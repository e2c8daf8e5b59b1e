"""Whether the tables hold every passage token for token.

That their bytes are those that were written is the database's to know; here what was written is held against the texts.
Compared are the length of each passage; of all of them together how often each gram stands in them, by the sum of the
grams' hashes, which Python seeds at random, so that two that differ have one sum once in 2⁶⁰ times; and at which place
each stands, by another sum. To list them all would take several times as long, so that is done only of what differs.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter, mul

from tongwen.search import grams
from tongwen.search.sqlite_engine import tables
from tongwen.search.sqlite_engine.held import Documents
from tongwen.search.sqlite_engine.tables import Phrase

PRIME, STRIDE = (1 << 31) - 1, 1 << 20  # so that no number of SQLite's overflows before 4,000,000,000 tokens
_AT = f"((doc * {STRIDE} + offset) % {PRIME})"
PLACES = f"SELECT sum({_AT} * {_AT} % {PRIME} * unicode(term) % {PRIME}) % {PRIME}, doc FROM search_places"
VOCABULARY = "SELECT term, cnt FROM search_vocabulary"

Counted = Callable[[Phrase], tuple[Sequence[int], Sequence[int]]]
"""A phrase → the keys of the passages in which it stands, and how often in each."""
Held = Callable[[str], Mapping[int, str]]
"""A document → the key text of each of its passages, by its key."""


def amiss(database: sqlite3.Connection, documents: Documents, counted: Counted, held: Held) -> Iterator[str]:
    """The documents that are not held as their texts are."""
    ids = documents.ids()
    hashes = places = 0
    for doc in ids:
        runs = _runs(held(doc))
        if {key: len(run) for key, run in runs.items()} != documents.lengths(doc):
            yield doc
        hashes += sum(map(hash, chain.from_iterable(runs.values())))
        places += sum(_place(key, run) for key, run in runs.items())
    if hashes != sum(hash(gram) * count for gram, count in database.execute(VOCABULARY)):
        yield from _differing(_miscounted(database, ids, held), documents, counted, held)
    elif places % PRIME != (database.execute(PLACES).fetchone()[0] or 0):
        yield from _displaced(database, ids, held)


def _miscounted(database: sqlite3.Connection, ids: Sequence[str], held: Held) -> set[str]:
    wanted: Counter[str] = Counter()
    for doc in ids:
        wanted.update(chain.from_iterable(_runs(held(doc)).values()))
    for gram, count in database.execute(VOCABULARY):
        wanted[gram] -= count
    return {gram for gram, count in wanted.items() if count}


def _differing(grams_: set[str], documents: Documents, counted: Counted, held: Held) -> Iterator[str]:
    """The documents in which one of ``grams_`` stands otherwise than in their texts."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for gram in grams_:
        for key, count in zip(*counted(Phrase([gram], begun=False)), strict=True):
            found[key][gram] = count
    for doc in documents.ids():
        runs = _runs(held(doc))
        keys = runs.keys() | documents.lengths(doc).keys()
        if any(Counter(gram for gram in runs.get(key, ()) if gram in grams_) != found[key] for key in keys):
            yield doc


def _displaced(database: sqlite3.Connection, ids: Sequence[str], held: Held) -> Iterator[str]:
    there = {key: found for found, key in database.execute(f"{PLACES} GROUP BY doc")}
    for doc in ids:
        if any(_place(key, run) != there.get(key, 0) for key, run in _runs(held(doc)).items()):
            yield doc


def _runs(texts: Mapping[int, str]) -> dict[int, list[str]]:
    """The grams of each passage, as FTS5 has them."""
    return {key: tables.run(grams.tokens(text)).split(" ") if text.strip() else [] for key, text in texts.items()}


def _place(key: int, run: Sequence[str]) -> int:
    """The square of each place times the character that stands there: two passages that change places change it."""
    first = key * STRIDE
    squares = [place * place for place in range(first, first + len(run))]
    total: int = sum(map(mul, squares, map(ord, map(itemgetter(0), run))))
    return total % PRIME
