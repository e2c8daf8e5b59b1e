"""Whoosh's own format, with other postings: a term has one array of positions instead of a list for each document.

Whoosh's postings cost some ten microseconds for every term of every document, in writing, and are pickles. Here the
positions of a whole segment are counted through, so a term is one write and one read, and a phrase is arithmetic on
arrays. Terms are written in order: the postings of all terms that begin alike lie side by side.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import ID, Schema

NAME = "tongwen"  # every file's name begins with it
GRAMS, TABLES = "grams", "tables"  # in this order: the first table begins where the last gram ends

POSITION = 4  # bytes of one
SLOT_BITS = 6
SLOT = 1 << SLOT_BITS  # positions: which passage one is in is looked up by its slot, at once

SCHEMA = Schema(**{GRAMS: ID(), TABLES: ID()})


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh is published without types
    def postings_writer(self, dbfile: Any, byteids: bool = False) -> RunWriter:
        return RunWriter(dbfile)


class Segment(W3Segment):  # type: ignore[misc]  # likewise
    """Whoosh's record of a segment; its documents are our passages. ``seals``: extension → see ``sealed``."""

    seals: dict[str, list[int]]

    def files(self, folder: Path) -> dict[str, Path]:
        return {extension: folder / self.make_filename(extension) for extension in (".trm", ".pst")}


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
