"""What changes a library in OpenSearch. Many machines may write at once, each other documents than the others.

A document is written in two steps. Its parts come first, each with the number of this writing, under which nobody looks
for anything yet. When all of them can be found, its header is written, if it is still the one that was there when the
writing began: it names the number, and from then on the parts of that writing count, and no other's. The parts of the
writing before are deleted last. So a reader sees a document as it was or as it is, whole, whatever is killed; what a
killed writer leaves are parts that no header names, which ``tongwen index --full`` does away with.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from tongwen.errors import IndexBusy
from tongwen.opensearch import layout, parts, rebuilding
from tongwen.opensearch.counter import Keys
from tongwen.opensearch.indices import Indices
from tongwen.opensearch.layout import PARTS, RETIRED
from tongwen.opensearch.notes import Notes
from tongwen.opensearch.publishing import Headers
from tongwen.opensearch.reader import RemoteReader
from tongwen.opensearch.rebuilding import Lease
from tongwen.opensearch.sender import Sender, entry
from tongwen.opensearch.snapshot import Snapshot
from tongwen.store.columns import Parcel


class RemoteWriter:
    """``old``: what the library was when the writing began."""

    def __init__(self, snapshot: Snapshot, old: RemoteReader) -> None:
        self.old = old
        self._seen = Indices(snapshot.client, snapshot.address, snapshot.generation)
        self._lease = Lease(self._seen)
        self._sender = Sender(snapshot.client, snapshot.address)
        self._notes = Notes(old)
        self._write_into(self._seen)
        self.files, self.document_ids = old.files, old.document_ids
        self.meta, self.set_meta = self._notes.meta, self._notes.set_meta
        self.put_file, self.remove_file = self._notes.put_file, self._notes.remove_file

    def _write_into(self, indices: Indices) -> None:
        self._indices = indices
        self._keys = Keys(indices.client, indices.of("meta"))
        self._headers = Headers(indices, self._sender)

    # -- changes

    def enter(self, parcel: Parcel, passages: Sequence[tuple[str, str]], code: str) -> bool:
        """Whether there was anything to write. ``code``: a name for what makes tokens of the passages' key texts."""
        content = parts.content(parcel, passages, code)
        seen = self._headers.look(parcel.id)
        if self._headers.has(parcel.id, seen, content):
            return False
        written = parts.written(parcel, passages, content, self._keys.take(max(1, len(passages))))
        for kind, id, body in written.parts:
            self._sender.add(entry(self._indices.of(kind), id, body))
        self._headers.put(parcel.id, seen, written.header)
        if self.rebuilding:
            self._lease.keep()
        return True

    def remove(self, doc: str) -> None:
        self._headers.remove(doc)

    def checkpoint(self) -> None:
        """Makes everything so far lasting, and visible, unless the library is being built anew.

        :raises IndexBusy: another process has changed one of the documents, or built the library anew
        """
        self._stay()
        self._sender.flush()
        if self._headers:
            self._indices.refresh(PARTS)
        lost = self._headers.publish()
        self._notes.write(self._indices, self._sender, lost)
        self._indices.refresh(("documents", "files", "meta"))
        self._headers.clear(lost)
        self._headers.forget()
        if lost:
            raise IndexBusy(
                f"Another process has changed {sorted(lost)[0]} at the same time, and perhaps more.",
                "What it wrote is kept; run `tongwen index` again.",
            )

    def _stay(self) -> None:
        if layout.current(self._seen.client, self._seen.address) != self._seen.generation:
            raise IndexBusy(
                f"The index at {self._seen.address} was built anew meanwhile.", "Run `tongwen index` again."
            )

    # -- building anew

    @property
    def rebuilding(self) -> bool:
        return self._indices is not self._seen

    def guard(self) -> None:
        """:raises IndexBusy: another process builds the library anew"""
        self._lease.free()

    def rebuild(self) -> None:
        """All that follows goes into new indices, which nobody sees before ``switch``."""
        self._lease.take()
        self._write_into(rebuilding.new(self._seen))
        self._notes.take_over()

    def switch(self) -> None:
        """Readers who come from now on find the new indices; who has the old ones open goes on in them."""
        self.set_meta(RETIRED, rebuilding.retiring(self._seen))
        self.checkpoint()
        old, new = self._seen, self._indices
        layout.switch(old.client, old.address.name, old.generation, new.generation)
        self._lease.give_back()
        self._seen, self._lease = new, Lease(new)

    def retire(self) -> None:
        """Drops the indices that were replaced long ago."""
        rebuilding.retire(self._seen)

    # -- the end

    def abandon(self) -> None:
        """Deletes what this run wrote and no header names."""
        with suppress(Exception):  # what is left then takes room and nothing else
            self._sender.close()
            if self.rebuilding:
                layout.drop(self._seen.client, self._seen.address.name, self._indices.generation)
            else:
                self._indices.refresh(PARTS)
                self._indices.clear(list(self._headers.unnamed()))
            self._lease.give_back()

    def close(self) -> None:
        self._sender.close()
