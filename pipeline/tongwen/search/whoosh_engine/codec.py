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
import sys
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermInfo, W3TermsReader
from whoosh.fields import ID, Schema
from whoosh.filedb.structfile import StructFile
from whoosh.reading import TermNotFound

NAME = "tongwen"  # every file's name begins with it
GRAMS, TABLES = "grams", "tables"  # in this order: the first table begins where the last gram ends

POSITION = 4  # bytes of one
SLOT_BITS = 6
SLOT = 1 << SLOT_BITS  # positions: which passage one is in is looked up by its slot, at once

Extent = tuple[int, int]  # first byte of a list of positions, and the first behind it

_ID = re.compile("[0-9a-z]{1,40}")  # of a segment: its files are named by it
_PLACE = struct.Struct("!qi")  # of postings, behind what Whoosh knows of a term

SCHEMA = Schema(**{GRAMS: ID(), TABLES: ID()})


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh is published without types
    def postings_writer(self, dbfile: Any, byteids: bool = False) -> RunWriter:
        return RunWriter(dbfile)


class Segment(W3Segment):  # type: ignore[misc]  # likewise
    """Whoosh's record of a segment; its documents are our passages. ``seals``: extension → see ``sealed``."""

    seals: dict[str, list[int]]

    def row(self) -> dict[str, Any]:
        """As a table of contents keeps it."""
        known = {"name": self.segid, "passages": self.doc_count_all(), "deleted": sorted(self.deleted_docs())}
        return {**known, "seals": self.seals}

    @classmethod
    def kept(cls, row: dict[str, Any]) -> Segment:
        """What ``row`` gave. Raises ``ValueError``, ``TypeError`` or ``LookupError`` where it is none of ours."""
        numbers = [row["passages"], *row["deleted"], *row["seals"][".trm"], *row["seals"][".pst"]]
        if not _ID.fullmatch(row["name"]) or not all(type(number) is int and number >= 0 for number in numbers):
            raise ValueError("a segment has an odd name or number")
        segment = cls(Codec(), NAME, row["passages"], row["name"], set(row["deleted"]) or None)
        segment.seals = row["seals"]
        return segment

    def create_file(self, storage: Any, ext: str, **options: Any) -> Plain:
        file = super().create_file(storage, ext, **options)
        return Plain(file.file, name=file._name)

    def files(self, folder: Path) -> dict[str, Path]:
        return {extension: folder / self.make_filename(extension) for extension in (".trm", ".pst")}


class Plain(StructFile):  # type: ignore[misc]  # likewise
    """A file in which Whoosh's tables are JSON."""

    def write_pickle(self, obj: Any, protocol: int = -1) -> None:
        self.write_string(json.dumps(obj).encode())

    def read_pickle(self) -> Any:
        return json.loads(self.read_string())


class Terms(W3TermsReader):  # type: ignore[misc]  # likewise
    """Terms with the extents of their postings: Whoosh's reader would unpickle some of them."""

    def term_info(self, fieldname: str, tbytes: bytes) -> Extent:
        try:
            return _extent(self._tindex[self._keycoder(fieldname, tbytes)])
        except KeyError as error:
            raise TermNotFound(tbytes) from error

    def items(self) -> Iterator[tuple[tuple[str, bytes], Extent]]:
        return ((self._keydecoder(key), _extent(value)) for key, value in self._tindex.items())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Extent]]:
        found = self._tindex.items_from(self._keycoder(fieldname, prefix))
        return ((self._keydecoder(key), _extent(value)) for key, value in found)


def _extent(info: bytes) -> Extent:
    start, length = _PLACE.unpack_from(info, W3TermInfo._struct.size)
    return start, start + length


class RunWriter(PostingsWriter):  # type: ignore[misc]  # likewise
    """Writes what it is given, one blob after the other."""

    def __init__(self, dbfile: Any) -> None:
        self._file = dbfile

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        self._terminfo, self._start = terminfo, self._file.tell()

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: int | None = None) -> None:
        self._file.write(vbytes)

    def finish_postings(self) -> Any:
        self._terminfo.set_extent(self._start, self._file.tell() - self._start)
        return self._terminfo


def slots(length: int) -> int:
    """How many slots a passage of ``length`` tokens takes: its last position is left empty, so nothing runs on."""
    return (length >> SLOT_BITS) + 1


def packed(numbers: array[int]) -> bytes:
    """Little-endian, so that an index can move between machines."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def unpacked(typecode: str, content: bytes) -> array[int]:
    numbers = array(typecode)
    numbers.frombytes(content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def write_terms(writer: Any, field: str, terms: Iterable[tuple[bytes, bytes]]) -> None:
    """``terms`` with their content, in byte order."""
    writer.start_field(field, SCHEMA[field])
    for term, content in terms:
        writer.start_term(term)
        writer.add(0, 1.0, content, None)
        writer.finish_term()
    writer.finish_field()
