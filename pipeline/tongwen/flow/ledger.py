"""The store and the search engine, kept in step: their one switch is the store's commit.

The engine writes a new generation beside the old one, and its name goes into the store with the records it is of. What
the store does not name is nobody's: it is deleted when the next writer begins, or at once after the commit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Self

from tongwen.errors import IndexFault
from tongwen.flow import engines
from tongwen.flow.keying import key_text
from tongwen.search.engine import Home
from tongwen.search.engine import Writer as EngineWriter
from tongwen.store import Parcel, Reader, Store, Writer, put_aside

Progress = Callable[[int, int], None]
"""Called with the number of those that are done and of all that are to be."""


class Ledger:
    """``name`` is the engine's, which may be another one than before."""

    def __init__(self, store: Writer, folder: Path, name: str) -> None:
        self._store, self._folder, self._name = store, folder, name
        self._engine = engines.engine(name)
        self._home = engines.home(folder, name, store.connection)
        self._writer: EngineWriter | None = None
        self._owed: set[str] = set()  # documents that the new generation still lacks

    def begin(self, changing: Collection[str], anew: bool, progress: Progress) -> bool:
        """Fills the engine from the store if its files do not fit what is stored, or ``anew``; whether it did.

        The documents in ``changing`` are left for last: most will have been entered afresh by then.
        """
        with suppress(IndexFault):  # of a damaged generation nobody knows what it uses: it is replaced below
            self._tidy(self._store)
        if not anew and self._fits():
            return False
        self._store.set_meta("generation", "")
        self._store.set_meta("engine", self._name)
        self._store.set_meta("revision", engines.revision(self._name))
        self._owed = set(self._store.document_ids())
        self._pay(self._owed.difference(changing), progress)
        return True

    def enter(self, parcel: Parcel, passages: Iterable[tuple[str, str]]) -> None:
        """Stores a document in place of what there was; ``passages``: kind and key text of each of its passages."""
        self.remove(parcel.id)
        keys = self._store.put_parcel(parcel)
        for key, (record, _), (_, text) in zip(keys, parcel.passages, passages, strict=True):
            self._open().add(key, parcel.id, record, text)

    def remove(self, doc: str) -> None:
        if doc in self._owed:
            self._owed.discard(doc)
        elif self._store.has(doc):
            self._forget(doc)
        self._store.remove(doc)

    def _forget(self, doc: str) -> None:
        """The engine is told first: what it has of a text, it may need the text to take out."""
        pieces = {key: pieces for key, _, pieces in self._store.keyed(doc)}
        text = cache(lambda: self._store.text(doc))
        self._open().remove(pieces, lambda key: key_text(text(), pieces[key]))

    def checkpoint(self) -> None:
        """Makes everything so far lasting and visible."""
        self._pay(set(self._owed))
        if self._writer:
            self._store.set_meta("generation", self._writer.commit())
            self._writer = None
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._store.set_meta("built", self._store.meta("built") or now)
        self._store.set_meta("updated", now)
        self._store.checkpoint()
        self._tidy(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if self._writer:
            with suppress(OSError):
                self._writer.cancel()
        if failure:
            self._drop()

    def _drop(self) -> None:
        """Gives the room back that unfinished files take: what they were for was not committed."""
        with suppress(IndexFault, OSError), Store.read(self._folder) as committed:
            self._tidy(committed)

    def _open(self) -> EngineWriter:
        if self._writer is None:
            folder = self._home.folder
            if folder.exists() and not folder.is_dir():
                put_aside(folder)
            self._writer = self._engine.writer(self._home, self._store.meta("generation") or None)
        return self._writer

    def _fits(self) -> bool:
        named = (self._store.meta("engine"), self._store.meta("revision"))
        if named != (self._name, engines.revision(self._name)):
            return False
        try:
            reader = self._engine.reader(self._home, self._store.meta("generation") or None)
        except IndexFault:
            return False
        try:
            return reader.count == self._store.held()
        finally:
            reader.close()

    def _pay(self, docs: set[str], progress: Progress = lambda done, total: None) -> None:
        in_order = sorted(docs, key=lambda doc: self._store.nesting(doc).first)  # FTS5 is several times as fast so
        for done, doc in enumerate(in_order, start=1):
            progress(done, len(docs))
            text = self._store.text(doc)
            for key, record, pieces in self._store.keyed(doc):
                self._open().add(key, doc, record, key_text(text, pieces))
        self._owed -= docs

    def _tidy(self, store: Reader) -> None:
        """Deletes what no generation that ``store`` names uses, of this engine and of all others."""
        named, generation = store.meta("engine"), store.meta("generation") or None
        database = store.connection if isinstance(store, Writer) else None
        for name in engines.ENGINES:
            if name != named and not engines.has_left(name, self._folder):
                continue
            _clear(name, engines.home(self._folder, name, database), generation if name == named else None)


def _clear(name: str, home: Home, keep: str | None) -> None:
    """A folder that stands where the engine has its files is not the engine's to delete: it is put aside."""
    while True:
        try:
            return engines.engine(name).tidy(home, keep)
        except OSError as error:
            obstacle = Path(os.fsdecode(error.filename or b""))
            if not obstacle.is_relative_to(home.folder) or not obstacle.is_dir():
                raise
            put_aside(obstacle, home.folder.parent)
