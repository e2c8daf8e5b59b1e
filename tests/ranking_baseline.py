"""Plain BM25 to compare with: one row of terms for each record, and nothing else."""

from __future__ import annotations

import logging
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest
from itertools import pairwise
from math import log

import jieba

from ranking_items import Place
from tongwen.search import grams
from tongwen.search.highlight import Reading
from tongwen.store import Reader

K1, B = 1.2, 0.75

Analyser = Callable[[str], Iterable[str]]


def jieba_words(key: str) -> list[str]:
    jieba.setLogLevel(logging.ERROR)
    return [word for word in jieba.cut_for_search(key) if word.strip()]


def characters(key: str) -> Iterator[str]:
    """Single characters and words, and every two neighbours."""
    tokens = grams.tokens(key)
    yield from tokens
    yield from (first + grams.JOINT + second for first, second in pairwise(tokens))


def texts(store: Reader) -> Iterator[tuple[Place, str]]:
    """Of every record the text that is its own, as the key that Tongwen indexes."""
    for doc in store.document_ids():
        own: dict[int, list[str]] = defaultdict(list)
        nesting, cut = store.nesting(doc), store.text(doc)
        for key, _, pieces in store.keyed(doc):
            own[nesting.owner(key)].append(Reading.of(doc, pieces, lambda _, span, cut=cut: span.of(cut)).key)
        yield from (((doc, record), "\n".join(parts)) for record, parts in own.items())


class Baseline:
    """BM25 with k1 = 1.2 and b = 0.75 over the records."""

    def __init__(self, records: Iterable[tuple[Place, str]], analyser: Analyser) -> None:
        self._analyser = analyser
        self._places: list[Place] = []
        self._lengths = array("I")
        self._postings: dict[str, tuple[array[int], array[int]]] = {}
        for place, text in records:
            self._add(place, Counter(analyser(text)))
        self._average = sum(self._lengths) / max(1, len(self._lengths))

    def _add(self, place: Place, counts: Counter[str]) -> None:
        number = len(self._places)
        self._places.append(place)
        self._lengths.append(counts.total())
        for term, count in counts.items():
            held, often = self._postings.setdefault(term, (array("I"), array("I")))
            held.append(number)
            often.append(count)

    def best(self, key: str, limit: int) -> list[Place]:
        """What of a query's key the records hold, the best first; equal ones in the order of the library."""
        scores: dict[int, float] = defaultdict(float)
        for term in dict.fromkeys(self._analyser(key)):
            held, often = self._postings.get(term, (array("I"), array("I")))
            weight = log(1 + (len(self._places) - len(held) + 0.5) / (len(held) + 0.5))
            for number, count in zip(held, often, strict=True):
                length = 1 - B + B * self._lengths[number] / self._average
                scores[number] += weight * count * (K1 + 1) / (count + K1 * length)
        found = nsmallest(limit, scores.items(), key=lambda one: (-one[1], one[0]))
        return [self._places[number] for number, _ in found]
