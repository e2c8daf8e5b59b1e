"""A document's parts, as they are sent and as they come back.

Its text is in chunks, numbered from 0; what else the store keeps of it beside records and passages is one piece of
JSON, cut into pieces that are numbered from -1 downwards.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from tongwen.errors import IndexDamaged
from tongwen.model import SAID
from tongwen.opensearch.encoding import from_json, keyword, passage, to_bytes, to_json, to_text, unkeyword
from tongwen.opensearch.layout import Kind
from tongwen.store.columns import Parcel, dumps, squeeze, stretch, unbind

PIECE = 4 << 20  # bytes: a request stays far below the 100 MB that OpenSearch takes

Body = dict[str, Any]
Part = tuple[Kind, str, Body]
"""Index, identity and what is sent."""


class Header(NamedTuple):
    """What of a header the readers need. ``row``: the store's row of the document; ``put``: the first passage's key."""

    doc: str
    put: int
    content: str
    passages: int
    records: int
    texts: int
    row: tuple[Any, ...]
    nesting: str

    @property
    def keys(self) -> range:
        return range(self.put, self.put + self.passages)


FIELDS = list(Header._fields)


def header(source: Body) -> Header:
    return Header(**{**source, "doc": unkeyword(source["doc"]), "row": from_json(source["row"])})


class Written(NamedTuple):
    """One writing of a document: its parts, and the header that makes them visible."""

    put: int
    header: Body
    parts: list[Part]


def content(parcel: Parcel, passages: Sequence[tuple[str, str]], code: str) -> str:
    """A name for all that is kept of a document: two with the same one need not both be written."""
    told = (parcel.document, parcel.chunks, parcel.blocks, parcel.records, parcel.passages, parcel.problems)
    whole = repr((told, parcel.nesting, parcel.names, passages, code))
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def written(parcel: Parcel, passages: Sequence[tuple[str, str]], content: str, put: int) -> Written:
    """``passages``: kind and key text of each; ``put``: the number from which its passages are counted."""
    doc = keyword(parcel.id)
    rest = squeeze(
        dumps([parcel.digest, to_text(parcel.blocks), [*map(to_json, parcel.problems)], [*map(to_json, parcel.names)]])
    )
    pieces = [rest[at : at + PIECE] for at in range(0, len(rest), PIECE)]
    texts = [*enumerate(parcel.chunks), *((-1 - at, piece) for at, piece in enumerate(pieces))]
    indexed = [passage(text) for _, text in passages]
    parts: list[Part] = [
        ("texts", f"{put}.{seq}", {"put": put, "seq": seq, "content": to_text(part)}) for seq, part in texts
    ]
    parts += (("records", f"{put}.{row[0]}", _record(doc, put, row)) for row in parcel.records)
    parts += (
        ("passages", str(key), {"doc": doc, "put": put, "key": key, "record": row[0], "row": to_json(row), **fields})
        for key, (row, fields) in enumerate(zip(parcel.passages, indexed, strict=True), start=put)
    )
    kinds = Counter(row[2] for row in parcel.records)
    return Written(
        put,
        {
            "doc": doc,
            "put": put,
            "content": content,
            "passages": len(parcel.passages),
            "tokens": sum(fields["length"] for fields in indexed),
            "records": len(parcel.records),
            "texts": len(texts),
            "problems": len(parcel.problems),
            "said": sum(kinds[kind] for kind in SAID),
            "kinds": dict(kinds),
            "names": sorted({keyword(unbind(key)) for key, _ in parcel.names}),
            "row": to_json(parcel.document),
            "nesting": to_text(parcel.nesting),
        },
        parts,
    )


def _record(doc: str, put: int, row: tuple[Any, ...]) -> Body:
    seq, key, kind, _, _, _, label, *_ = row
    shown = {"id": keyword(unbind(key)), "kind": kind, "label": keyword(unbind(label))}
    return {"doc": doc, "put": put, "seq": seq, **shown, "row": to_json(row)}


def parcel(head: Header, texts: Iterable[Body], records: Iterable[Body], passages: Iterable[Body]) -> Parcel:
    """:raises IndexDamaged: the header names what is not there"""
    pieces = {part["seq"]: to_bytes(part["content"]) for part in texts}
    rows = [from_json(part["row"]) for part in records]
    placed = [from_json(part["row"]) for part in passages]
    if (len(pieces), len(rows), len(placed)) != (head.texts, head.records, head.passages):
        raise IndexDamaged(
            f"Of {head.doc} not all is in the index.",
            "Rebuild it with `tongwen index --full`; your texts are not touched.",
        )
    digest, blocks, problems, names = _rest(pieces)
    return Parcel(
        id=head.doc,
        sha256=head.row[5],
        document=head.row,
        chunks=[pieces[seq] for seq in sorted(pieces) if seq >= 0],
        blocks=to_bytes(blocks),
        records=rows,
        passages=placed,
        problems=list(map(from_json, problems)),
        nesting=to_bytes(head.nesting),
        names=list(map(from_json, names)),
        digest=digest,
    )


def _rest(pieces: dict[int, bytes]) -> Iterator[Any]:
    joined = b"".join(pieces[seq] for seq in sorted(pieces, reverse=True) if seq < 0)
    return iter(json.loads(stretch(joined)))
