"""What can be asked of a library in OpenSearch: the store's own questions, answered by the store's own code.

A document that is asked about is fetched whole and put into the store's tables, in memory (``store.cache``). So every
answer is what a folder's would be. Only what is asked of all documents at once is asked of OpenSearch itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from tongwen.errors import NotFound
from tongwen.model import SAID, Json, Record, Span
from tongwen.nesting import Nesting, unpack
from tongwen.opensearch import encoding, parts
from tongwen.opensearch.engine import PassageReader
from tongwen.opensearch.heads import Heads, batches
from tongwen.opensearch.layout import PARTS, PASSING, Kind
from tongwen.opensearch.parts import Body, Header
from tongwen.opensearch.snapshot import Snapshot, at_once
from tongwen.store import columns, files
from tongwen.store.cache import Cache
from tongwen.store.faults import decoding
from tongwen.store.listing import KINDS, OF_RECORDS, Listed, listing
from tongwen.store.reader import Found, nearest

ROOT = Path("/index")  # of the paths of files, which are kept whole
HELD = 100  # documents that are held at a time
FILLED = 10  # documents that are fetched at a time where many are gone through

Item = TypeVar("Item")
Told = tuple[str, tuple[Any, ...], int]
"""Of a document: id, the store's row of it, and the number of its writing."""


class RemoteReader(Cache):
    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(ROOT)
        self._snapshot = snapshot
        self._heads = Heads(snapshot)
        self._held: set[str] = set()

    def engine(self) -> PassageReader:
        """For searching the same snapshot."""
        return PassageReader(self._snapshot, self._heads.keys, self._totals)

    def _totals(self) -> tuple[int, int]:
        sums = self._snapshot.sums(["passages", "tokens"])
        return sums["passages"], sums["tokens"]

    # -- fetching

    def headers(self, docs: Collection[str]) -> dict[str, Header]:
        """Of those documents that there are."""
        return self._heads.whole(docs)

    def _header(self, doc: str) -> Header:
        found = self._heads.one(doc)
        if found is None:
            raise NotFound(f"There is no document {doc!r} in the index.", nearest(doc, self.document_ids()))
        return found

    def _load(self, docs: Iterable[str]) -> None:
        asked = self._heads.whole(list(docs)).values()
        wanted = [head for head in asked if head.doc not in self._held]
        if wanted and len(self._held) + len(wanted) > HELD:
            for doc in self._held:
                self.let_go(doc)
            self._held.clear()
            wanted = list(asked)
        for some in batches(wanted, FILLED):
            for head, parcel in zip(some, self.fetched(some), strict=True):
                self.hold(parcel, head.put)
                self._held.add(head.doc)

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
        return self._heads.one(doc) is not None

    def _find_title(self, doc: str) -> str:
        return columns.unbind(self._header(doc).row[2])

    def seq(self, doc: str, record: str) -> int | None:
        if not self.has(doc):
            return None
        self._load([doc])
        return super().seq(doc, record)

    def heads(self, places: Sequence[tuple[str, int]]) -> list[Record]:
        self._load({doc for doc, _ in places})
        return super().heads(places)

    def passages(self, keys: Iterable[int]) -> list[Found]:
        return super().passages(self._loaded(keys))

    def stretches(self, keys: Iterable[int]) -> dict[int, tuple[Span, ...]]:
        return super().stretches(self._loaded(keys))

    def _loaded(self, keys: Iterable[int]) -> list[int]:
        """The keys, with their documents there."""
        wanted = list(keys)
        self._load({doc for key in wanted if (doc := self._doc_of(key)) is not None})
        return wanted

    def _doc_of(self, key: int) -> str | None:
        """Of a key that a search has found the document is known."""
        return self._heads.doc_of(key) or self._asked(key)

    def _asked(self, key: int) -> str | None:
        hits = self._snapshot.scan("passages", ["key"], query={"term": {"key": key}}, _source=["doc"])
        docs = [encoding.unkeyword(hit["_source"]["doc"]) for hit in hits]
        return next((doc for doc, keys in self._heads.keys(docs).items() if key in keys), None)

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

    def titled(self, titles: Collection[str]) -> list[tuple[str, str]]:
        return [(doc, title) for doc, title in self.titles() if title in titles]

    def telling(self, *names: str) -> list[tuple[str, dict[str, Json]]]:
        said = [f'"{name}"' for name in names]
        rows = ((doc, row[7]) for doc, row, _ in self._all)
        return [(doc, columns.loads(told)) for doc, told in rows if any(name in columns.unbind(told) for name in said)]

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
        return self._of_those({"term": {"names": encoding.keyword(key)}}, lambda: Cache.named(self, key))

    def defining(self, keys: Sequence[str]) -> list[tuple[str, int]]:
        query = {"terms": {"names": list(map(encoding.keyword, keys))}}
        return self._of_those(query, lambda: Cache.defining(self, keys))

    def _of_those(self, query: Body, ask: Callable[[], list[tuple[str, Item]]]) -> list[tuple[str, Item]]:
        """The answers of the documents that match; of any number of them some are held at a time."""
        docs = sorted(head.doc for head in self._heads.matching(query))
        answers: list[tuple[str, Item]] = []
        for some in batches(docs, HELD):
            self._load(some)
            answers += (one for one in ask() if one[0] in some)
        return answers

    def hashes(self) -> dict[str, str]:
        return {doc: row[5] for doc, row, _ in self._all}

    def said(self) -> Iterator[tuple[str, Record]]:
        for doc in sorted(head.doc for head in self._heads.matching({"range": {"said": {"gt": 0}}})):
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

    def files(self, below: Iterable[str] | None = None) -> list[files.File]:
        """All of them in any case."""
        hits = self._snapshot.scan("files", ["doc"])
        rows = (encoding.from_json(hit["_source"]["row"]) for hit in hits)
        return sorted(files.files_of(rows, self.file))

    def roots(self) -> list[Path]:
        return sorted({Path(file.root) for file in self.files()})

    def size(self) -> int:
        """Bytes on the cluster's disks; 0 where who asks may not know."""
        return self._snapshot.size()

    def is_empty(self) -> bool:
        return not self._snapshot.sums([])["documents"]

    def counts(self) -> dict[str, int]:
        fields = {name: f"kinds.{kind}" for name, kind in OF_RECORDS.items()}
        sums = self._snapshot.sums(["passages", "problems", *fields.values()])
        records = {name: sums[field] for name, field in fields.items() if sums[field]}
        return {"documents": sums["documents"], **records, "passages": sums["passages"], "problems": sums["problems"]}
