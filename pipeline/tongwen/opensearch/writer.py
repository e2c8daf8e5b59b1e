"""What changes a library in OpenSearch. Many machines may write at once, each other documents than the others.

A document is written in two steps. Its parts come first, each with the number of this writing, under which nobody looks
for anything yet. When all of them can be found, its header is written, if it is still the one that was there when the
writing began: it names the number, and from then on the parts of that writing count, and no other's. The parts of the
writing before are deleted last. So a reader sees a document as it was or as it is, whole, whatever is killed; what a
killed writer leaves are parts that no header names, which ``tongwen index --full`` does away with.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tongwen.errors import IndexBusy
from tongwen.opensearch import counter, encoding, layout, parts
from tongwen.opensearch.layout import PARTS, REBUILDING, RETIRED, Kind
from tongwen.opensearch.reader import RemoteReader
from tongwen.opensearch.sender import Action, Sender, entry
from tongwen.opensearch.snapshot import Snapshot
from tongwen.store import files
from tongwen.store.columns import Parcel, dumps
from tongwen.store.files import File

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

BLOCK = 10_000  # keys that are drawn at a time
CLEARED = 200  # writings that are deleted with one request
LEASE = 900.0  # seconds after which one who builds anew and is not heard of counts as gone
BEAT = 60.0
GRACE = 600.0  # seconds for which readers may go on in indices that were replaced


@dataclass(slots=True)
class Pending:
    """A document's header that is to be written (None: removed), in place of what was found."""

    found: dict[str, Any]
    header: dict[str, Any] | None = None
    unnamed: list[int] = field(default_factory=list)
    """Writings of this run that no header will name."""


class RemoteWriter:
    """``old``: what the library was when the writing began."""

    def __init__(self, snapshot: Snapshot, old: RemoteReader) -> None:
        self._client: OpenSearch = snapshot.client
        self._address, self._generation = snapshot.address, snapshot.generation
        self.old = old
        self._sender = Sender(self._client, self._address)
        self._keys = range(0)
        self._pending: dict[str, Pending] = {}
        self._meta: dict[str, str] = {}
        self._told: set[str] = set()  # names of what is not written yet
        self._files: dict[str, File | None] = {}
        self._replaces: int | None = None
        self._beaten = 0.0
        self.files, self.document_ids = old.files, old.document_ids

    # -- changes

    def meta(self, name: str) -> str | None:
        return self._meta.get(name) or self.old.meta(name)

    def set_meta(self, name: str, value: str) -> None:
        self._meta[name] = value
        self._told.add(name)

    def put_file(self, file: File) -> None:
        self._files[file.doc] = file

    def remove_file(self, doc: str) -> None:
        self._files[doc] = None

    def enter(self, parcel: Parcel, passages: Sequence[tuple[str, str]], code: str) -> bool:
        """Whether there was anything to write. ``code``: a name for what makes tokens of the passages' key texts."""
        content = parts.content(parcel, passages, code)
        found = self._found(parcel.id)
        before = self._pending.get(parcel.id)
        if not before and found.get("_source", {}).get("content") == content:
            return False
        written = parts.written(parcel, passages, content, self._take(max(1, len(passages))))
        for kind, id, body in written.parts:
            self._sender.add(entry(self._index(kind), id, body))
        self._pending[parcel.id] = Pending(found, written.header, _abandoned(before))
        self._beat()
        return True

    def remove(self, doc: str) -> None:
        found, before = self._found(doc), self._pending.get(doc)
        if before or found.get("found"):
            self._pending[doc] = Pending(found, None, _abandoned(before))

    def _found(self, doc: str) -> dict[str, Any]:
        """The header at this moment; of a document that was changed before, as it was then."""
        if doc in self._pending:
            return self._pending[doc].found
        found: dict[str, Any] = self._client.get(
            index=self._index("documents"),
            id=encoding.identity(doc),
            params={"_source_includes": "put,content"},
            ignore=404,
        )
        return found

    def _take(self, number: int) -> int:
        if len(self._keys) < number:
            first = counter.advance(self._client, self._index("meta"), counter.KEYS, by=max(BLOCK, number)) + 1
            self._keys = range(first, first + max(BLOCK, number))
        taken, self._keys = self._keys[0], self._keys[number:]
        return taken

    # -- making them visible

    def checkpoint(self) -> None:
        """Makes everything so far lasting, and visible, unless the library is being built anew.

        :raises IndexBusy: another process has changed one of the documents, or built the library anew
        """
        self._stay()
        self._sender.flush()
        if self._pending:
            self._refresh(PARTS)
        lost = self._name()
        self._note(lost)
        self._refresh(("documents", "files", "meta"))
        self._clear(lost)
        self._pending, self._files = {}, {}
        self._told.clear()
        if lost:
            raise IndexBusy(
                f"Another process has changed {sorted(lost)[0]} at the same time, and perhaps more.",
                "What it wrote is kept; run `tongwen index` again.",
            )

    def _name(self) -> set[str]:
        """Writes the headers; the documents that another process has changed otherwise meanwhile."""
        index = self._index("documents")
        asked = {encoding.identity(doc): doc for doc in self._pending}
        for id, doc in asked.items():
            self._sender.add(_conditional(index, id, self._pending[doc]))
        return {asked[action.id] for action in self._sender.flush() if not self._is_done(asked[action.id], action)}

    def _is_done(self, doc: str, action: Action) -> bool:
        """Whether the header is as it was to be: a request that was sent twice, or another who wrote the same."""
        now = self._client.get(index=action.place, id=action.id, ignore=404)
        mine = self._pending[doc]
        source = now.get("_source")
        if mine.header is None or source is None:
            return mine.header is None and source is None
        if source["put"] != mine.header["put"] and source["content"] == mine.header["content"]:
            mine.unnamed.append(mine.header["put"])
            mine.found = {}
        return bool(source["content"] == mine.header["content"])

    def _note(self, lost: Collection[str]) -> None:
        """What is known of the files and the library; a file that another has read is not ours to tell of."""
        for doc, file in self._files.items():
            if doc not in lost:
                self._sender.add(self._filed(doc, file))
        for name in sorted(self._told):
            self._sender.add(entry(self._index("meta"), name, {"name": name, "value": self._meta[name]}))
        self._sender.flush()

    def _filed(self, doc: str, file: File | None) -> Action:
        id, index = encoding.identity(doc), self._index("files")
        if file is None:
            return Action("delete", index, id)
        row = encoding.to_json(files.row_of(file, self.old.file))
        return entry(index, id, {"doc": encoding.keyword(doc), "row": row})

    def _clear(self, lost: Collection[str]) -> None:
        """Deletes the parts that no header names any more."""
        named, unnamed = [], []
        for doc, pending in self._pending.items():
            unnamed += pending.unnamed
            if doc in lost:
                unnamed += [pending.header["put"]] if pending.header else []
            elif pending.found.get("found"):
                named.append(pending.found["_source"]["put"])
        if named:  # readers who have taken these headers and not yet the parts must begin again
            counter.advance(self._client, self._index("meta"), counter.CLEARED, by=1)
        self._delete([*named, *unnamed])

    def _delete(self, puts: list[int]) -> None:
        indices = ",".join(map(self._index, PARTS))
        for at in range(0, len(puts), CLEARED):
            query = {"query": {"terms": {"put": puts[at : at + CLEARED]}}}
            self._client.delete_by_query(
                index=indices, body=query, params={"conflicts": "proceed"}, request_timeout=600
            )

    def _refresh(self, kinds: Sequence[Kind]) -> None:
        self._client.indices.refresh(index=",".join(map(self._index, kinds)))

    def _index(self, kind: Kind) -> str:
        return layout.index(self._address.name, kind, self._generation)

    # -- building anew

    @property
    def rebuilding(self) -> bool:
        return self._replaces is not None

    def guard(self) -> None:
        """:raises IndexBusy: another process builds the library anew"""
        self._free()

    def _free(self) -> dict[str, Any]:
        """The sign of the last one who built it anew, and did not come to an end."""
        found: dict[str, Any] = self._client.get(index=self._index("meta"), id=REBUILDING, ignore=404)
        if found.get("found") and time.time() - float(found["_source"]["value"]) < LEASE:
            raise self._busy()
        return found

    def _busy(self) -> IndexBusy:
        return IndexBusy(f"Another process builds the index at {self._address} anew.", "Run this when it is done.")

    def rebuild(self) -> None:
        """All that follows goes into new indices, which nobody sees before ``switch``."""
        from opensearchpy.exceptions import ConflictError  # noqa: PLC0415

        try:
            self._tell(counter.unless_changed(self._free()))
        except ConflictError:
            raise self._busy() from None
        known = layout.generations(self._client, self._address.name)
        for number in known:
            if number != self._generation:
                layout.drop(self._client, self._address.name, number)
        self._replaces, self._generation = self._generation, max(known) + 1
        self._keys = range(0)
        layout.make(self._client, self._address.name, self._generation)
        for file in self.old.files():
            self._files.setdefault(file.doc, file)
        for name, value in (self.old.metas() | self._meta).items():
            self.set_meta(name, value)

    def switch(self) -> None:
        """Readers who come from now on find the new indices; who has the old ones open goes on in them."""
        if self._replaces is None:
            return
        self.set_meta(RETIRED, f"{self._replaces} {time.time()}")
        self.checkpoint()
        layout.switch(self._client, self._address.name, self._replaces, self._generation)
        self._client.delete(index=self._meta_of(self._replaces), id=REBUILDING, ignore=404)
        self._replaces = None

    def retire(self) -> None:
        """Drops the indices that were replaced long ago."""
        index = self._index("meta")
        found = self._client.get(index=index, id=RETIRED, ignore=404)
        number, _, when = found.get("_source", {}).get("value", "").partition(" ")
        if number and time.time() - float(when) > GRACE:
            layout.drop(self._client, self._address.name, int(number))
            self._client.delete(index=index, id=RETIRED, ignore=404)

    def _stay(self) -> None:
        current = layout.current(self._client, self._address)
        if current != (self._generation if self._replaces is None else self._replaces):
            raise IndexBusy(f"The index at {self._address} was built anew meanwhile.", "Run `tongwen index` again.")

    def _beat(self) -> None:
        """Tells others from time to time that somebody is still building."""
        if self._replaces is not None and time.monotonic() - self._beaten > BEAT:
            self._tell({})

    def _tell(self, unless: dict[str, Any]) -> None:
        self._beaten = time.monotonic()
        index = self._meta_of(self._generation if self._replaces is None else self._replaces)
        body = {"name": REBUILDING, "value": str(time.time())}
        self._client.index(index=index, id=REBUILDING, body=body, params=unless)

    def _meta_of(self, generation: int) -> str:
        return layout.index(self._address.name, "meta", generation)

    # -- the end

    def abandon(self) -> None:
        """Deletes what this run wrote and no header names."""
        with suppress(Exception):  # what is left then takes room and nothing else
            self._sender.close()
            if self._replaces is not None:
                layout.drop(self._client, self._address.name, self._generation)
                self._client.delete(index=self._meta_of(self._replaces), id=REBUILDING, ignore=404)
            else:
                self._refresh(PARTS)
                self._delete(list(self._unnamed()))

    def _unnamed(self) -> Iterator[int]:
        for doc, pending in self._pending.items():
            now = self._client.get(index=self._index("documents"), id=encoding.identity(doc), ignore=404)
            put = pending.header["put"] if pending.header else None
            yield from pending.unnamed
            if put is not None and now.get("_source", {}).get("put") != put:
                yield put

    def close(self) -> None:
        self._sender.close()


def _abandoned(before: Pending | None) -> list[int]:
    if before is None:
        return []
    return [*before.unnamed, *([before.header["put"]] if before.header else [])]


def _conditional(index: str, id: str, pending: Pending) -> Action:
    """Writes the header, or deletes it, unless it is another than was found."""
    there = pending.found.get("found", False)
    unless = tuple((f"if{name}", pending.found[name]) for name in ("_seq_no", "_primary_term") if there)
    if pending.header is None:
        return Action("delete", index, id, unless=unless)
    return Action("index" if there else "create", index, id, dumps(pending.header), unless)
