"""What can be asked of the store. One reader sees one snapshot."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tongwen.errors import NotFound
from tongwen.model import SAID, Document, Json, Passage, Problem, Record, RecordKind, Span, Structure
from tongwen.nesting import Nesting, unpack
from tongwen.store import columns, schema
from tongwen.store.faults import Undecodable, decoding
from tongwen.store.known import KnownFiles
from tongwen.store.listing import OF_RECORDS, Listed, listing

_OF_R = ", ".join(f"r.{column}" for column in columns.RECORD.split(", "))
_SHOWN = """CASE WHEN r.kind = 'table' OR typeof(r.fields) = 'blob' THEN r.fields
    WHEN instr(r.fields, '"page"') THEN json_object('page', json_extract(r.fields, '$.page')) ELSE '{}' END"""
_HALF = 32  # bits of a number that says two: document and record
_HEADS = f"""SELECT r.doc, r.seq, {_OF_R.replace("r.fields", _SHOWN)} FROM json_each(?) AS wanted
    JOIN records AS r ON r.doc = wanted.value >> {_HALF} AND r.seq = wanted.value & {(1 << _HALF) - 1}"""


_TITLED = "SELECT id, title FROM documents WHERE title IN (SELECT value FROM json_each(?)) ORDER BY id"


class Found(NamedTuple):
    """A passage with the record it is of; ``pieces`` are spans of the document's original text."""

    key: int
    doc: str
    record: str
    pieces: tuple[Span, ...]
    kind: str
    parent: str | None


class Reader(KnownFiles):
    """Unknown documents and records raise ``NotFound`` and offer the nearest that exist."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        super().__init__(connection, file)
        self._number = lru_cache(maxsize=4096)(self._find_number)
        self._nesting = lru_cache(maxsize=4096)(self._read_nesting)
        self._chunk = lru_cache(maxsize=512)(self._stretched)  # at most 64 MB
        self.title = lru_cache(maxsize=4096)(self._find_title)

    # -- documents

    def document_ids(self, glob: str = "*") -> list[str]:
        """Those that match a shell pattern, in order; ``*`` crosses folders."""
        return [doc for _, doc in self.numbered(glob)]

    def document(self, doc: str) -> Document:
        number = self._number(doc)
        row = self.one(
            "SELECT id, path, title, language, format, sha256, characters, metadata FROM documents WHERE number = ?",
            number,
        )
        blocks = self.there("SELECT content FROM blocks WHERE doc = ?", number)[0]
        return columns.document_of(row, self.text(doc), blocks, self._problems(number, "decode"))

    def structure(self, doc: str) -> Structure:
        number = self._number(doc)
        rows = self.all(f"SELECT {columns.RECORD} FROM records WHERE doc = ? ORDER BY seq", number)
        records = tuple(map(columns.record_of, rows))
        passages = self.all("SELECT record, pieces FROM passages WHERE doc = ? ORDER BY key", number)
        return Structure(records, _passages(records, passages), self._problems(number, "structure"))

    def _problems(self, number: int, stage: str) -> tuple[Problem, ...]:
        sql = f"SELECT {columns.PROBLEM} FROM problems WHERE doc = ? AND stage = ? ORDER BY seq"
        return tuple(map(columns.problem_of, self.all(sql, number, stage)))

    def has(self, doc: str) -> bool:
        return self.one("SELECT 1 FROM documents WHERE id = ?", columns.bind(doc)) is not None

    def _find_title(self, doc: str) -> str:
        return columns.unbind(self.there("SELECT title FROM documents WHERE number = ?", self._number(doc))[0])

    def titles(self) -> list[tuple[str, str]]:
        """Every document's id and title, in the order of ids."""
        rows = self.all("SELECT id, title FROM documents ORDER BY id")
        return [(columns.unbind(doc), columns.unbind(title)) for doc, title in rows]

    def titled(self, titles: Collection[str]) -> list[tuple[str, str]]:
        """The id and the title of every document that has one of ``titles``, in the order of ids."""
        rows = self.all(_TITLED, json.dumps([*titles]))
        return [(columns.unbind(doc), columns.unbind(title)) for doc, title in rows]

    def telling(self, *names: str) -> list[tuple[str, dict[str, Json]]]:
        """The id and the metadata of every document that tells one of ``names``, in the order of ids."""
        said = " OR ".join("instr(metadata, ?)" for _ in names)
        sql = f"SELECT id, metadata FROM documents WHERE {said} ORDER BY id"
        rows = self.all(sql, *(f'"{name}"' for name in names))
        return [(columns.unbind(doc), columns.loads(metadata)) for doc, metadata in rows]

    def text(self, doc: str) -> str:
        """The original text, whole."""
        rows = self.all("SELECT content FROM chunks WHERE doc = ? ORDER BY number", self._number(doc))
        return "".join(columns.stretch(content) for (content,) in rows)

    def cut(self, doc: str, span: Span) -> str:
        """``span`` of the original text, read without the rest of it."""
        first, last = span.start // columns.CHUNK, span.end // columns.CHUNK
        number = self._number(doc)
        text = "".join(self._chunk(number, at) for at in range(first, last + 1))
        return text[span.start - first * columns.CHUNK : span.end - first * columns.CHUNK]

    def _stretched(self, number: int, chunk: int) -> str:
        """Empty behind the end of the text."""
        row = self.one("SELECT content FROM chunks WHERE doc = ? AND number = ?", number, chunk)
        return columns.stretch(row[0]) if row else ""

    def _find_number(self, doc: str) -> int:
        row = self.one("SELECT number FROM documents WHERE id = ?", columns.bind(doc))
        if row is None:
            raise NotFound(f"There is no document {doc!r} in the index.", nearest(doc, self.document_ids()))
        return int(row[0])

    def states(self) -> list[tuple[str, str]]:
        """Every document's id, in order, and a name for what it is now: each time that it is read, it has another."""
        sql = "SELECT d.id, d.sha256, n.first FROM documents AS d JOIN nestings AS n ON n.doc = d.number ORDER BY d.id"
        return [(columns.unbind(doc), f"{sha256[:16]} {first}") for doc, sha256, first in self.all(sql)]

    # -- records

    def record(self, doc: str, record: str) -> Record:
        number = self._number(doc)
        row = self.one(f"SELECT {columns.RECORD} FROM records WHERE doc = ? AND id = ?", number, columns.bind(record))
        if row is None:
            ids = [columns.unbind(key) for (key,) in self.all("SELECT id FROM records WHERE doc = ?", number)]
            raise NotFound(f"There is no record {record!r} in {doc}.", nearest(record, ids, f"{doc}#"))
        return columns.record_of(row)

    def heads(self, places: Sequence[tuple[str, int]]) -> list[Record]:
        """The records at ``places``: document, and number in reading order as a ``Nesting`` counts them.

        Of their fields there is what a search shows: all of a table's, of others' the page, as theirs may be a whole
        article. Raises ``NotFound`` for a document that there is not.
        """
        wanted = [self._number(doc) << _HALF | seq for doc, seq in places]
        found = {doc << _HALF | seq: row for doc, seq, *row in self.all(_HEADS, str(wanted))}
        if len(found) < len(set(wanted)):
            raise Undecodable("an entry is missing")
        return [columns.record_of(tuple(found[place])) for place in wanted]

    def inside(self, doc: str, parent: str, kind: RecordKind) -> list[Record]:
        """The records of a kind directly in another, in reading order."""
        sql = f"SELECT {columns.RECORD} FROM records WHERE doc = ? AND kind = ? AND parent = ? ORDER BY seq"
        return [columns.record_of(row) for row in self.all(sql, self._number(doc), kind, columns.bind(parent))]

    def seq(self, doc: str, record: str) -> int | None:
        """The number under which ``heads`` knows a record; None where there is none."""
        sql = "SELECT seq FROM records JOIN documents ON number = doc WHERE documents.id = ? AND records.id = ?"
        rows = self.all(sql, columns.bind(doc), columns.bind(record))
        return int(rows[0][0]) if rows else None

    def labels(self, doc: str, seq: int) -> list[tuple[int, str]]:
        """Number and label of a record and of all that lie inside it, in reading order."""
        sql = """SELECT seq, label FROM records WHERE doc = ? AND seq >= ? AND stop <= (
            SELECT stop FROM records WHERE doc = ? AND seq = ?) ORDER BY seq"""
        number = self._number(doc)
        return [(int(at), columns.unbind(label)) for at, label in self.all(sql, number, seq, number, seq)]

    def nesting(self, doc: str) -> Nesting:
        """Which record lies in which, and which passages belong to it."""
        return self._nesting(doc)

    def _read_nesting(self, doc: str) -> Nesting:
        first, content = self.there("SELECT first, content FROM nestings WHERE doc = ?", self._number(doc))
        return decoding(unpack)(content, first)

    def records(self, kind: str, glob: str = "*") -> Iterator[Listed]:
        """Every record of a kind as the contract's JSON object, in document order; see ``listing.KINDS``."""
        return listing(self, kind, glob)

    def named(self, key: str) -> list[tuple[str, Record]]:
        """The records that are looked up by ``key``, each with its document."""
        sql = f"""SELECT d.id, {_OF_R} FROM names AS n
            JOIN documents AS d ON d.number = n.doc JOIN records AS r ON r.doc = n.doc AND r.seq = n.record
            WHERE n.key = ? ORDER BY d.id, r.seq"""
        return [(columns.unbind(doc), columns.record_of(tuple(row))) for doc, *row in self.all(sql, columns.bind(key))]

    def defining(self, keys: Sequence[str]) -> list[tuple[str, int]]:
        """Document and number of each record in which a term is defined that is known by one of ``keys``."""
        # CROSS, for SQLite's planner: from the few names on, and not from all definitions
        sql = f"""SELECT DISTINCT d.id, p.seq FROM names AS n
            CROSS JOIN records AS r ON r.doc = n.doc AND r.seq = n.record AND +r.kind = 'definition'
            CROSS JOIN records AS p ON p.doc = r.doc AND p.id = r.parent JOIN documents AS d ON d.number = r.doc
            WHERE n.key IN ({",".join("?" * len(keys))})"""
        return [(columns.unbind(doc), seq) for doc, seq in self.all(sql, *map(columns.bind, keys))]

    def said(self) -> Iterator[tuple[str, Record]]:
        """What every text says of its terms, each record with its document, in document order."""
        sql = f"""SELECT d.id, {_OF_R} FROM records AS r JOIN documents AS d ON d.number = r.doc
            WHERE r.kind IN ({",".join("?" * len(SAID))}) ORDER BY d.id, r.seq"""
        for doc, *row in self._connection.execute(sql, SAID):
            yield columns.unbind(doc), columns.record_of(tuple(row))

    # -- passages

    def passages(self, keys: Iterable[int]) -> list[Found]:
        """In the order of ``keys``; those that the store does not know are left out."""
        wanted = list(keys)
        rows = self.all(
            """SELECT p.key, d.id, r.id, p.pieces, r.kind, r.parent FROM json_each(?) AS wanted
            JOIN passages AS p ON p.key = wanted.value
            JOIN documents AS d ON d.number = p.doc
            JOIN records AS r ON r.doc = p.doc AND r.seq = p.record""",
            json.dumps(wanted),
        )
        found = {row[0]: _found(row) for row in rows}
        return [found[key] for key in wanted if key in found]

    def stretches(self, keys: Iterable[int]) -> dict[int, tuple[Span, ...]]:
        """The pieces of passages, in the order of ``keys``; those that the store does not know are left out."""
        wanted = list(keys)
        sql = "SELECT p.key, p.pieces FROM json_each(?) AS wanted JOIN passages AS p ON p.key = wanted.value"
        found = dict(self.all(sql, str(wanted)))
        return {key: columns.pieces_of(found[key]) for key in wanted if key in found}

    def read(self, doc: str) -> list[Passage]:
        """A document's passages, in their order."""
        sql = """SELECT r.id, p.pieces FROM passages AS p
            JOIN records AS r ON r.doc = p.doc AND r.seq = p.record WHERE p.doc = ? ORDER BY p.key"""
        rows = self.all(sql, self._number(doc))
        return [Passage(columns.unbind(record), columns.pieces_of(pieces)) for record, pieces in rows]

    def keyed(self, doc: str) -> list[tuple[int, int, tuple[Span, ...]]]:
        """A document's passages as (key, number of the record, pieces): what engines are filled from."""
        rows = self.all("SELECT key, record, pieces FROM passages WHERE doc = ? ORDER BY key", self._number(doc))
        return [(key, record, columns.pieces_of(pieces)) for key, record, pieces in rows]

    def pieces(self, doc: str, record: str, span: Span) -> tuple[Span, ...]:
        """Those of the record's passage that holds the beginning of ``span``. Raises ``NotFound``."""
        sql = """SELECT p.pieces FROM passages AS p JOIN records AS r ON r.doc = p.doc AND r.seq = p.record
            WHERE p.doc = ? AND r.id = ? ORDER BY p.key"""
        for (content,) in self.all(sql, self._number(doc), columns.bind(record)):
            pieces = columns.pieces_of(content)
            if any(piece.start <= span.start < piece.end for piece in pieces):
                return pieces
        raise NotFound(f"There is no passage of {record!r} in {doc} at {span.start}.")

    def keys(self, number: int) -> list[int]:
        """The keys of the passages of the document with this number, in their order."""
        return [key for (key,) in self.all("SELECT key FROM passages WHERE doc = ? ORDER BY key", number)]

    # -- the index itself

    def hashes(self) -> dict[str, str]:
        """Every document's id, and the hash of the file that it was read from."""
        return {columns.unbind(doc): sha256 for doc, sha256 in self.all("SELECT id, sha256 FROM documents")}

    @property
    def schema(self) -> int:
        """The version of the tables."""
        return schema.version(self._connection)

    def meta(self, name: str) -> str | None:
        row = self.one("SELECT value FROM meta WHERE name = ?", columns.bind(name))
        return None if row is None else columns.unbind(row[0])

    def is_empty(self) -> bool:
        """Whether there is no document."""
        return self.one("SELECT 1 FROM documents LIMIT 1") is None

    def counts(self) -> dict[str, int]:
        """How many documents, records of each kind that occurs, passages and problems there are."""
        kinds = dict(self.all("SELECT kind, count(*) FROM records GROUP BY kind"))
        records = {name: int(kinds[kind]) for name, kind in OF_RECORDS.items() if kind in kinds}
        return {"documents": self._count("documents"), **records} | {
            table: self._count(table) for table in ("passages", "problems")
        }

    def _count(self, table: str) -> int:
        return int(self.one(f"SELECT count(*) FROM {table}")[0])


@decoding
def _passages(records: tuple[Record, ...], rows: list[tuple[int, str]]) -> tuple[Passage, ...]:
    return tuple(Passage(records[seq].id, columns.pieces_of(pieces)) for seq, pieces in rows)


def _found(row: tuple[Any, ...]) -> Found:
    key, doc, record, pieces, kind, parent = row
    around = None if parent is None else columns.unbind(parent)
    return Found(key, columns.unbind(doc), columns.unbind(record), columns.pieces_of(pieces), kind, around)


def nearest(asked: str, known: list[str], prefix: str = "") -> str:
    """One sentence that offers up to three of ``known``, the likeliest first."""
    from difflib import get_close_matches  # noqa: PLC0415  most of what is asked for is there

    close = get_close_matches(asked, known, n=3, cutoff=0.4)
    close += [one for one in known if asked.casefold() in one.casefold() and one not in close]
    return f"Did you mean {' or '.join(prefix + one for one in close[:3])}?" if close else ""
