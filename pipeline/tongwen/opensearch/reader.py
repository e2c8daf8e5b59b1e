"""What can be asked of a library in OpenSearch: the store's own questions, answered by the store's own code.

A document that is asked about is fetched whole and put into the store's tables, in memory (``store.cache``). So every
answer is what a folder's would be. Only what is asked of all documents at once is asked of OpenSearch itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from tongwen.errors import NotFound
from tongwen.model import SAID, Json, Record
from tongwen.nesting import Nesting, unpack
from tongwen.opensearch import encoding, parts
from tongwen.opensearch.engine import PassageReader
from tongwen.opensearch.layout import PARTS, PASSING, Kind
from tongwen.opensearch.parts import Body, Header
from tongwen.opensearch.snapshot import Snapshot, at_once
from tongwen.store import columns, files
from tongwen.store.cache import Cache
from tongwen.store.faults import decoding
from tongwen.store.listing import KINDS, OF_RECORDS, Listed, listing
from tongwen.store.reader import Found, nearest

ROOT = Path("/index")  # of the paths of files, which are kept whole
BATCH = 500  # documents of one request
HELD = 100  # documents that are held at a time
FILLED = 10  # documents that are fetched at a time where many are gone through

Item = TypeVar("Item")
Told = tuple[str, tuple[Any, ...], int]
"""Of a document: id, the store's row of it, and the number of its writing."""


class RemoteReader(Cache):
    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(ROOT)
        self._snapshot = snapshot
        self._headers: dict[str, Header | None] = {}
        self._held: set[str] = set()

    def engine(self) -> PassageReader:
        """For searching the same snapshot."""
        return PassageReader(self._snapshot, self._visible, self._totals)

    def _totals(self) -> tuple[int, int]:
        sums = self._snapshot.sums(["passages", "tokens"])
        return sums["passages"], sums["tokens"]

    def _visible(self, docs: Collection[str]) -> Mapping[str, range]:
        return {doc: found.keys for doc, found in self.headers(docs).items()}

    # -- fetching

    def headers(self, docs: Collection[str]) -> dict[str, Header]:
        """Of those documents that there are."""
        for asked in _batches((doc for doc in docs if doc not in self._headers), BATCH):
            query = {"terms": {"doc": list(map(encoding.keyword, asked))}}
            found = list(self._found(query))
            self._headers |= dict.fromkeys(asked) | {one.doc: one for one in found}
        return {doc: one for doc in docs if (one := self._headers[doc])}

    def _found(self, query: Body) -> Iterator[Header]:
        hits = self._snapshot.scan("documents", ["put"], query=query, size=BATCH, _source=parts.FIELDS)
        return (parts.header(hit["_source"]) for hit in hits)

    def _header(self, doc: str) -> Header:
        found = self.headers([doc]).get(doc)
        if found is None:
            raise NotFound(f"There is no document {doc!r} in the index.", nearest(doc, self.document_ids()))
        return found

    def _load(self, docs: Iterable[str]) -> None:
        asked = self.headers(list(docs)).values()
        wanted = [head for head in asked if head.doc not in self._held]
        if wanted and len(self._held) + len(wanted) > HELD:
            for doc in self._held:
                self.let_go(doc)
            self._held.clear()
            wanted = list(asked)
        for some in _batches(wanted, FILLED):
            for parcel in self.fetched(some):
                self.hold(parcel, self._header(parcel.id).put)
                self._held.add(parcel.id)

    def fetched(self, heads: Collection[Header]) -> Iterator[columns.Parcel]:
        """The documents themselves, whole."""
        orders = ("seq", "seq", "key")
        texts, records, passages = at_once(lambda part: self._parts(*part, heads), zip(PARTS, orders, strict=True))
        for head in heads:
            yield parts.parcel(head, texts[head.put], records[head.put], passages[head.put])

    def _parts(self, kind: Kind, order: str, heads: Collection[Header]) -> dict[int, list[Body]]:
        found: dict[int, list[Body]] = {head.put: [] for head in heads}
        query = {"terms": {"put": list(found)}}
        for hit in self._snapshot.scan(kind, ["put", order], query=query, size=500 if kind == "texts" else 5000):
            found[hit["_source"]["put"]].append(hit["_source"])
        return found

    # -- of one document: it is fetched, and the store answers

    def _find_number(self, doc: str) -> int:
        self._header(doc)
        self._load([doc])
        return super()._find_number(doc)

    def _read_nesting(self, doc: str) -> Nesting:
        head = self._header(doc)
        return decoding(unpack)(encoding.to_bytes(head.nesting), head.put)

    def has(self, doc: str) -> bool:
        return bool(self.headers([doc]))

    def _find_title(self, doc: str) -> str:
        return columns.unbind(self._header(doc).row[2])

    def seq(self, doc: str, record: str) -> int | None:
        if not self.headers([doc]):
            return None
        self._load([doc])
        return super().seq(doc, record)

    def heads(self, places: Sequence[tuple[str, int]]) -> list[Record]:
        self._load({doc for doc, _ in places})
        return super().heads(places)

    def passages(self, keys: Iterable[int]) -> list[Found]:
        wanted = list(keys)
        self._load({doc for key in wanted if (doc := self._doc_of(key)) is not None})
        return super().passages(wanted)

    def _doc_of(self, key: int) -> str | None:
        """Of a key that a search has found the document's header is known."""
        known = self._by_put
        if len(known) != len(self._headers):
            del self._by_put
            known = self._by_put
        at = bisect_right(known, key, key=lambda head: head.put) - 1
        return known[at].doc if at >= 0 and key in known[at].keys else self._asked(key)

    @cached_property
    def _by_put(self) -> list[Header]:
        return sorted((head for head in self._headers.values() if head), key=lambda head: head.put)

    def _asked(self, key: int) -> str | None:
        hits = self._snapshot.scan("passages", ["key"], query={"term": {"key": key}}, _source=["doc"])
        docs = [encoding.unkeyword(hit["_source"]["doc"]) for hit in hits]
        return next((doc for doc, keys in self._visible(docs).items() if key in keys), None)

    # -- of all documents

    @cached_property
    def _all(self) -> list[Told]:
        hits = self._snapshot.scan("documents", ["put"], _source=["doc", "row", "put"])
        told = (hit["_source"] for hit in hits)
        return sorted((encoding.unkeyword(one["doc"]), encoding.from_json(one["row"]), one["put"]) for one in told)

    def document_ids(self, glob: str = "*") -> list[str]:
        return [doc for doc, _, _ in self._all if fnmatchcase(doc, glob)]

    def titles(self) -> list[tuple[str, str]]:
        return [(doc, columns.unbind(row[2])) for doc, row, _ in self._all]

    def telling(self, *names: str) -> Iterator[tuple[str, str, dict[str, Json]]]:
        for doc, row, _ in self._all:
            there = columns.unbind(row[7])
            told = columns.loads(row[7]) if any(f'"{name}"' in there for name in names) else {}
            yield doc, columns.unbind(row[2]), told

    def states(self) -> list[tuple[str, str]]:
        return [(doc, f"{row[5][:16]} {put}") for doc, row, put in self._all]

    def records(self, kind: str, glob: str = "*") -> Iterator[Listed]:
        listing(self, kind, "")  # raises where there is no such kind
        if kind == "documents":
            return listing(self._bare, kind, glob)
        return (row for doc in self.document_ids(glob) for row in KINDS[kind](self, kind, self._number(doc), doc))

    @cached_property
    def _bare(self) -> Cache:
        """All documents without what is in them."""
        bare = Cache(ROOT)
        for doc, row, put in self._all:
            bare.hold(columns.Parcel(doc, row[5], row, [], b"", [], [], [], b"", []), put)
        return bare

    def named(self, key: str) -> list[tuple[str, Record]]:
        self._load(head.doc for head in self._found({"term": {"names": encoding.keyword(key)}}))
        return super().named(key)

    def defining(self, keys: Sequence[str]) -> list[tuple[str, int]]:
        self._load([head.doc for head in self._found({"terms": {"names": list(map(encoding.keyword, keys))}})])
        return super().defining(keys)

    def hashes(self) -> dict[str, str]:
        return {doc: row[5] for doc, row, _ in self._all}

    def said(self) -> Iterator[tuple[str, Record]]:
        for doc in sorted(head.doc for head in self._found({"range": {"said": {"gt": 0}}})):
            yield from ((doc, record) for record in self.structure(doc).records if record.kind in SAID)

    # -- the index itself

    def meta(self, name: str) -> str | None:
        return self._meta.get(name)

    def metas(self) -> dict[str, str]:
        """All that is known of the library, by name."""
        return self._meta

    @cached_property
    def _meta(self) -> dict[str, str]:
        told = (hit["_source"] for hit in self._snapshot.scan("meta", ["name"]))
        return {one["name"]: one["value"] for one in told if "value" in one and one["name"] not in PASSING}

    def files(self) -> list[files.File]:
        hits = self._snapshot.scan("files", ["doc"])
        rows = (encoding.from_json(hit["_source"]["row"]) for hit in hits)
        return sorted(files.files_of(rows, self.file))

    def roots(self) -> list[Path]:
        return sorted({Path(file.root) for file in self.files()})

    def is_empty(self) -> bool:
        return not self._snapshot.sums([])["documents"]

    def counts(self) -> dict[str, int]:
        fields = {name: f"kinds.{kind}" for name, kind in OF_RECORDS.items()}
        sums = self._snapshot.sums(["passages", "problems", *fields.values()])
        records = {name: sums[field] for name, field in fields.items() if sums[field]}
        return {"documents": sums["documents"], **records, "passages": sums["passages"], "problems": sums["problems"]}


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
