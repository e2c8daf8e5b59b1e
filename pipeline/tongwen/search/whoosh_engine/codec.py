"""Whoosh's own format, with other postings: a term has one array of positions instead of a list for each document.

Whoosh's postings cost some ten microseconds for every term of every document, in writing, and are pickles, as is its
table of fields: a pickle runs what it holds, so nothing here is read as one, and JSON stands in. The
positions of a whole segment are counted through, so a term is one write and one read, and a phrase is arithmetic on
arrays. Terms are written in order: the postings of all terms that begin alike lie side by side.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.filedb.filetables import OrderedHashReader
from whoosh.filedb.structfile import StructFile

NAME = "tongwen"  # every file's name begins with it
GRAMS, TABLES = "grams", "tables"  # in this order: the first table begins where the last gram ends

POSITION = 4  # bytes of one
SLOT_BITS = 6
SLOT = 1 << SLOT_BITS  # positions: which passage one is in is looked up by its slot, at once

Extent = tuple[int, int]  # first byte of a list of positions, and the first behind it

_ID = re.compile("[0-9a-z]{1,40}")  # of a segment: its files are named by it
_FIELD = struct.Struct("!H")  # which one a term is of, before the term
_PLACE = struct.Struct("!qi")  # of postings, behind what Whoosh knows of a term
KNOWN = struct.pack("!BfIBBfII", 0, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0)  # that, of a term of which Whoosh knows nothing


class Segment:
    """What is known of a segment; Whoosh's documents are our passages, counted from 0.

    ``name``: what the names of its files end in. ``seals``: extension → see ``sealed``. ``tokens``: of all passages;
    ``gone``: of those that are deleted. They are kept, as to count them takes longer the more there are.
    """

    def __init__(
        self, passages: int, tokens: int, name: str | None = None, deleted: Iterable[int] = (), gone: int = 0
    ) -> None:
        self.name = name or _new_name()
        self.passages, self.deleted = passages, set(deleted)
        self.tokens, self.gone = tokens, gone
        self.seals: dict[str, list[int]] = {}

    def row(self) -> dict[str, Any]:
        """As a table of contents keeps it."""
        known = {"name": self.name, "passages": self.passages, "deleted": sorted(self.deleted)}
        return {**known, "tokens": self.tokens, "gone": self.gone, "seals": self.seals}

    @classmethod
    def kept(cls, row: dict[str, Any]) -> Segment:
        """What ``row`` gave. Raises ``ValueError``, ``TypeError`` or ``LookupError`` where it is none of ours."""
        numbers = [
            row["passages"],
            row["tokens"],
            row["gone"],
            *row["deleted"],
            *row["seals"][".trm"],
            *row["seals"][".pst"],
        ]
        if not _ID.fullmatch(row["name"]) or not all(type(number) is int and number >= 0 for number in numbers):
            raise ValueError("a segment has an odd name or number")
        segment = cls(row["passages"], row["tokens"], row["name"], row["deleted"], row["gone"])
        segment.seals = row["seals"]
        return segment

    def create_file(self, storage: Any, ext: str) -> Plain:
        """As Whoosh's writers ask for one."""
        file = storage.create_file(self._file(ext))
        return Plain(file.file, name=file._name)

    def files(self, folder: Path) -> dict[str, Path]:
        return {extension: folder / self._file(extension) for extension in (".trm", ".pst")}

    def _file(self, extension: str) -> str:
        return f"{NAME}_{self.name}{extension}"


def _new_name() -> str:
    from secrets import token_hex  # noqa: PLC0415  loads OpenSSL, and a search makes no segment

    return token_hex(8)


class Plain(StructFile):  # type: ignore[misc]  # Whoosh is published without types
    """A file in which Whoosh's tables are JSON."""

    def write_pickle(self, obj: Any, protocol: int = -1) -> None:
        self.write_string(json.dumps(obj).encode())

    def read_pickle(self) -> Any:
        return json.loads(self.read_string())


class Terms:
    """Whoosh's ordered hash of terms, each with the extent of its postings. Its own reader would unpickle some."""

    def __init__(self, file: Plain, length: int) -> None:
        self._terms = OrderedHashReader(file, length)
        self._fields: dict[str, int] = self._terms.extras["fieldmap"]
        self._names = {number: name for name, number in self._fields.items()}

    def extent(self, field: str, term: bytes) -> Extent | None:
        """None where there is no such term."""
        found = self._terms.get(self._key(field, term))
        return None if found is None else _extent(found)

    def items(self) -> Iterator[tuple[str, bytes, Extent]]:
        """Field, term and extent, in order."""
        return self._taken_apart(self._terms.items())

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes, Extent]]:
        return self._taken_apart(self._terms.items_from(self._key(field, prefix)))

    def _key(self, field: str, term: bytes) -> bytes:
        return _FIELD.pack(self._fields[field]) + term

    def _taken_apart(self, items: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, bytes, Extent]]:
        for key, info in items:
            yield self._names[_FIELD.unpack_from(key)[0]], key[_FIELD.size :], _extent(info)

    def close(self) -> None:
        self._terms.close()


def _extent(info: bytes) -> Extent:
    start, length = _PLACE.unpack_from(info, len(KNOWN))
    return start, start + length


def entry(field: int, term: bytes, extent: Extent) -> tuple[bytes, bytes]:
    """A term of the field with this number, as Whoosh's ordered hash keeps it; see ``W3FieldWriter``."""
    start, end = extent
    return _FIELD.pack(field) + term, KNOWN + _PLACE.pack(start, end - start)


def slots(length: int) -> int:
    """How many slots a passage of ``length`` tokens takes: its last position is left empty, so nothing runs on."""
    return (length >> SLOT_BITS) + 1


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
