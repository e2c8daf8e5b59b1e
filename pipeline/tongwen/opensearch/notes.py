"""What is known of the files that were read, and of the library as a whole: gathered, and written at a checkpoint."""

from __future__ import annotations

from collections.abc import Collection

from tongwen.opensearch import encoding
from tongwen.opensearch.indices import Indices
from tongwen.opensearch.reader import RemoteReader
from tongwen.opensearch.sender import Action, Sender, entry
from tongwen.store import files
from tongwen.store.files import File


class Notes:
    """``old``: what the library was when the writing began."""

    def __init__(self, old: RemoteReader) -> None:
        self._old = old
        self._meta: dict[str, str] = {}
        self._told: set[str] = set()  # names of what is not written yet
        self._files: dict[str, File | None] = {}

    def meta(self, name: str) -> str | None:
        return self._meta.get(name) or self._old.meta(name)

    def set_meta(self, name: str, value: str) -> None:
        self._meta[name] = value
        self._told.add(name)

    def put_file(self, file: File) -> None:
        self._files[file.doc] = file

    def remove_file(self, doc: str) -> None:
        self._files[doc] = None

    def take_over(self) -> None:
        """All that is known is written again: into indices where there is nothing yet."""
        for file in self._old.files():
            self._files.setdefault(file.doc, file)
        for name, value in (self._old.metas() | self._meta).items():
            self.set_meta(name, value)

    def write(self, indices: Indices, sender: Sender, lost: Collection[str]) -> None:
        """``lost``: documents that another process has read; their files are not ours to tell of."""
        for doc, file in self._files.items():
            if doc not in lost:
                sender.add(self._filed(indices.of("files"), doc, file))
        for name in sorted(self._told):
            sender.add(entry(indices.of("meta"), name, {"name": name, "value": self._meta[name]}))
        sender.flush()
        self._files = {}
        self._told.clear()

    def _filed(self, index: str, doc: str, file: File | None) -> Action:
        id = encoding.identity(doc)
        if file is None:
            return Action("delete", index, id)
        row = encoding.to_json(files.row_of(file, self._old.file))
        return entry(index, id, {"doc": encoding.keyword(doc), "row": row})
