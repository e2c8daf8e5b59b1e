"""How a segment's terms are written, through Whoosh's writer of fields; apart from ``codec``, which a search loads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, Schema

from tongwen.search.whoosh_engine.codec import GRAMS, TABLES

SCHEMA = Schema(**{GRAMS: ID(), TABLES: ID()})


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh is published without types
    def postings_writer(self, dbfile: Any, byteids: bool = False) -> RunWriter:
        return RunWriter(dbfile)


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


def write_terms(writer: Any, field: str, terms: Iterable[tuple[bytes, bytes]]) -> None:
    """``terms`` with their content, in byte order."""
    writer.start_field(field, SCHEMA[field])
    for term, content in terms:
        writer.start_term(term)
        writer.add(0, 1.0, content, None)
        writer.finish_term()
    writer.finish_field()
