"""Headers of documents as a reader needs them: of many where their passages are, of a few at a time all of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from typing import TypeVar

from tongwen.opensearch import encoding, parts
from tongwen.opensearch.parts import Body, Header
from tongwen.opensearch.snapshot import Snapshot

BATCH = 500  # documents of one request
WHOLE = 2000  # headers that are held: what they say of records may be large

Item = TypeVar("Item")


class Heads:
    """A search may find something in every document: of each it is held which passages count, and of few the rest."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._keys: dict[str, range] = {}  # empty where there is no such document
        self._whole: dict[str, Header] = {}
        self._sorted: list[tuple[int, str]] = []  # by first passage, where there are any
        self._counted = 0

    def keys(self, docs: Collection[str]) -> Mapping[str, range]:
        """Of documents, at least of ``docs``, the keys of the passages that count."""
        for asked in batches((doc for doc in docs if doc not in self._keys), BATCH):
            self._keys |= dict.fromkeys(asked, range(0))
            for one in self._sources(_of(asked), ["doc", "put", "passages"]):
                self._keys[encoding.unkeyword(one["doc"])] = range(one["put"], one["put"] + one["passages"])
        return self._keys

    def doc_of(self, key: int) -> str | None:
        """Of the passage with this key, if its document was met."""
        at = bisect_right(self._in_order(), key, key=itemgetter(0)) - 1
        doc = self._sorted[at][1] if at >= 0 else ""
        return doc if key in self._keys.get(doc, ()) else None

    def whole(self, docs: Collection[str]) -> dict[str, Header]:
        """Of those documents that there are."""
        found = {doc: self._whole[doc] for doc in docs if doc in self._whole}
        for asked in batches((doc for doc in docs if doc not in found), BATCH):
            found |= {one.doc: one for one in self.matching(_of(asked))}
        return {doc: found[doc] for doc in docs if doc in found}

    def one(self, doc: str) -> Header | None:
        """None where there is no such document."""
        if doc not in self._whole:
            return self.whole([doc, *self._next(doc)]).get(doc)
        return self._whole[doc]

    def _next(self, doc: str) -> list[str]:
        """What will be asked for next: a search goes through documents in the order of their passages."""
        known = self._keys.get(doc)
        at = bisect_right(self._in_order(), (known.start, doc)) if known else len(self._sorted)
        return [one for _, one in self._sorted[at : at + BATCH - 1]]

    def matching(self, query: Body) -> Iterator[Header]:
        for source in self._sources(query, parts.FIELDS):
            one = parts.header(source)
            if len(self._whole) >= WHOLE:
                self._whole.clear()
            self._whole[one.doc], self._keys[one.doc] = one, one.keys
            yield one

    def _sources(self, query: Body, fields: list[str]) -> Iterator[Body]:
        hits = self._snapshot.scan("documents", ["put"], query=query, size=BATCH, _source=fields)
        return (hit["_source"] for hit in hits)

    def _in_order(self) -> list[tuple[int, str]]:
        if self._counted != len(self._keys):
            self._counted = len(self._keys)
            self._sorted = sorted((keys.start, doc) for doc, keys in self._keys.items() if keys)
        return self._sorted


def _of(docs: Iterable[str]) -> Body:
    return {"terms": {"doc": list(map(encoding.keyword, docs))}}


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
