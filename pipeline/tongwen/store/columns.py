"""How documents and structures become rows, and rows become them again.

A ``Parcel`` holds plain tuples, ready for ``executemany``: workers make them, the writer only stores them.
Strings that no UTF-8 file can hold (lone surrogates, from odd paths) are kept as bytes in their columns.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from tongwen import nesting
from tongwen.model import Block, Cell, Document, Json, Mark, Problem, Record, Span, Structure
from tongwen.store.faults import Undecodable, decoding

Row = tuple[Any, ...]

CHUNK = 1 << 15  # code points: small enough to cut one record from a huge text, large enough to compress well
RECORD = "id, kind, start, stop, parent, label, headings, fields"  # the columns that record_of reads
PROBLEM = "code, message, hint, start, stop"  # and problem_of
LEVEL = 1  # of zlib: on statutes 6 takes twice as long and makes the chunks, a twelfth of the file, a seventh smaller


class Parcel(NamedTuple):
    """One document with its structure, as rows; ``digest`` is of all of them (``digests``)."""

    id: str
    sha256: str
    document: Row
    chunks: list[bytes]
    blocks: bytes
    records: list[Row]
    passages: list[Row]
    problems: list[Row]
    nesting: bytes
    names: list[Row]
    digest: str = ""


def bind(text: str) -> str | bytes:
    """``text`` as SQLite can hold it."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogatepass")
    return text


def unbind(value: str | bytes) -> str:
    return value if isinstance(value, str) else _unbound(value)


@decoding
def _unbound(value: bytes) -> str:
    return value.decode("utf-8", "surrogatepass")


@lru_cache
def _encoder() -> Callable[[object], str]:
    from tongwen.store.encoding import dumps  # noqa: PLC0415  loads orjson, and a search writes nothing

    return dumps


def dumps(value: object) -> str:
    """Compact JSON, every character as it is."""
    return _encoder()(value)


@lru_cache(maxsize=64)
def _headings(headings: tuple[str, ...]) -> str:
    """Those of a record, which most have in common with the one before."""
    return f"[{','.join(map(dumps, headings))}]"


_read = json.JSONDecoder().raw_decode


def _json(text: str) -> Any:
    """As ``json.loads``, in half the time, of what ``dumps`` wrote: there is no white space around it."""
    value, end = _read(text)
    if end != len(text):
        raise ValueError("something stands behind a value")
    return value


@decoding
def loads(value: str | bytes) -> dict[str, Any]:
    """A JSON object."""
    return dict(_json(unbind(value)).items())


def squeeze(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


@decoding
def stretch(content: bytes) -> str:
    return zlib.decompress(content).decode("utf-8", "surrogatepass")


def pack(document: Document, structure: Structure, names: Iterable[tuple[str, str]] = ()) -> Parcel:
    """Every row that ``document`` and its ``structure`` make, without the numbers that the writer gives.

    ``names``: keys by which records are looked up, each with the record's id.
    """
    parcel = _parcel(document, structure, names)
    try:
        return parcel._replace(digest=_digest(parcel))
    except UnicodeEncodeError:  # which hardly ever comes: no string need be looked at before
        parcel = _bound(parcel)
        return parcel._replace(digest=_digest(parcel))


def _parcel(document: Document, structure: Structure, names: Iterable[tuple[str, str]]) -> Parcel:
    seqs = _seqs(structure.records)
    return Parcel(
        document.id,
        document.sha256,
        _document(document),
        [squeeze(document.text[at : at + CHUNK]) for at in range(0, len(document.text), CHUNK)],
        squeeze(dumps(_layout(document))),
        [_record(seq, record) for seq, record in enumerate(structure.records)],
        [(seqs[p.record], _flat(p.pieces)) for p in structure.passages],
        [_problem(seq, *staged) for seq, staged in enumerate(_staged(document, structure))],
        nesting.pack(structure.records, structure.passages),
        sorted({(key, seqs[record]) for key, record in names}),
    )


def _bound(parcel: Parcel) -> Parcel:
    """With every string as SQLite can hold it."""
    tables = ("records", "passages", "problems", "names")
    rows: dict[str, Any] = {name: list(map(_row, getattr(parcel, name))) for name in tables}
    return parcel._replace(document=_row(parcel.document), **rows)


def _row(row: Row) -> Row:
    return tuple([bind(value) if isinstance(value, str) else value for value in row])


def _digest(parcel: Parcel) -> str:
    from tongwen.store.digests import digest  # noqa: PLC0415  loads OpenSSL, and a search makes no digest

    tables = ([parcel.document], parcel.records, parcel.passages, parcel.problems, parcel.names)
    return digest(tables, (parcel.blocks, parcel.nesting, *parcel.chunks))


def _seqs(records: tuple[Record, ...]) -> dict[str, int]:
    seqs: dict[str, int] = {}
    for seq, record in enumerate(records):
        if seqs.setdefault(record.id, seq) != seq:
            raise ValueError(f"two records share the id {record.id}")
    return seqs


def _document(document: Document) -> Row:
    strings = (document.id, document.path, document.title, document.language, document.format, document.sha256)
    return (*strings, len(document.text), dumps(dict(document.metadata)))


def _layout(document: Document) -> Json:
    marks: Json = [[_edges(mark.span), _edges(mark.note)] for mark in document.marks]
    return {"blocks": [_block(block) for block in document.blocks], "marks": marks, "pages": list(document.pages)}


def _block(block: Block) -> Json:
    grid: Json = (
        [] if not block.grid else [[[cell.text, _edges(cell.span), cell.header] for cell in row] for row in block.grid]
    )
    span = block.span
    return [block.kind, span.start, span.end, block.level, block.language, grid, block.label, block.frame]


def _edges(span: Span | None) -> Json:
    return None if span is None else [span.start, span.end]


def _record(seq: int, r: Record) -> Row:
    fields = dumps(dict(r.fields)) if r.fields else "{}"
    return (seq, r.id, r.kind, r.span.start, r.span.end, r.parent, r.label, _headings(r.headings), fields)


def _staged(document: Document, structure: Structure) -> list[tuple[str, Problem]]:
    return [("decode", p) for p in document.problems] + [("structure", p) for p in structure.problems]


def _problem(seq: int, stage: str, problem: Problem) -> Row:
    span = (None, None) if problem.span is None else (problem.span.start, problem.span.end)
    return (seq, stage, problem.code, problem.message, problem.hint, *span)


@decoding
def document_of(row: Row, text: str, blocks: bytes, problems: tuple[Problem, ...]) -> Document:
    """``row``: id, path, title, language, format, sha256, characters, metadata."""
    doc, path, title, language, form, sha256, characters, metadata = row
    if len(text) != characters:
        raise Undecodable(f"of {characters} characters of {doc} there are {len(text)}")
    layout = _layout_of(blocks)
    return Document(
        unbind(doc),
        unbind(path),
        sha256,
        form,
        unbind(title),
        language,
        text,
        tuple(map(_block_of, layout["blocks"])),
        loads(metadata),
        problems,
        tuple(Mark(Span(*edges), Span(*note) if note else None) for edges, note in layout["marks"]),
        tuple(layout["pages"]),
    )


def _layout_of(content: bytes) -> dict[str, Any]:
    """Files written before formats had pages hold the blocks alone."""
    found = json.loads(stretch(content))
    return {"blocks": found, "marks": [], "pages": []} if isinstance(found, list) else found


def _block_of(row: list[Any]) -> Block:
    kind, start, end, level, language, grid, *rest = row
    cells = tuple(tuple(map(_cell_of, line)) for line in grid)
    return Block(kind, Span(start, end), level, language, cells, *rest)


def _cell_of(row: list[Any]) -> Cell:
    text, edges, header = row
    return Cell(text, None if edges is None else Span(*edges), header)


@decoding
def record_of(row: Row) -> Record:
    """``row``: id, kind, start, stop, parent, label, headings, fields."""
    key, kind, start, end, parent, label, headings, fields = row
    around = None if parent is None else unbind(parent)
    span = Span(start, end)
    return Record(unbind(key), kind, span, around, unbind(label), tuple(_json(unbind(headings))), loads(fields))


def _flat(pieces: tuple[Span, ...]) -> str:
    """Both ends of every piece, as one JSON list."""
    if len(pieces) == 1:  # as most are
        return f"[{pieces[0].start},{pieces[0].end}]"
    return f"[{','.join([f'{piece.start},{piece.end}' for piece in pieces])}]"


@decoding
def pieces_of(flat: str) -> tuple[Span, ...]:
    edges = _json(flat)
    return tuple(map(Span, edges[::2], edges[1::2]))


@decoding
def problem_of(row: Row) -> Problem:
    """``row``: code, message, hint, start, stop."""
    code, message, hint, start, end = row
    return Problem(unbind(code), unbind(message), unbind(hint), None if start is None else Span(start, end))
