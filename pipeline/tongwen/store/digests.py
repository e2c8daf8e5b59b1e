"""A digest of all that is stored of one document: whether it is what was stored needs no second copy.

It is of the rows as SQLite holds them. Numbers that the writer gives (of the document, and the keys of its passages)
are left out, so that a worker can make it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from tongwen.store.encoding import encoded
from tongwen.store.faults import Undecodable

Row = tuple[Any, ...]

OF_ROWS = (
    "SELECT id, path, title, language, format, sha256, characters, metadata FROM documents WHERE number = ?",
    "SELECT seq, id, kind, start, stop, parent, label, headings, fields FROM records WHERE doc = ? ORDER BY seq",
    "SELECT record, pieces FROM passages WHERE doc = ? ORDER BY key",
    "SELECT seq, stage, code, message, hint, start, stop FROM problems WHERE doc = ? ORDER BY seq",
    "SELECT key, record FROM names WHERE doc = ?",
)
OF_BLOBS = (
    "SELECT content FROM blocks WHERE doc = ?",
    "SELECT content FROM nestings WHERE doc = ?",
    "SELECT content FROM chunks WHERE doc = ? ORDER BY number",
)


def digest(tables: Iterable[list[Row]], blobs: Iterable[bytes]) -> str:
    """``tables`` in the order of ``OF_ROWS``, ``blobs`` of ``OF_BLOBS``."""
    sums = sha256()
    *ordered, names = tables
    for rows in (*ordered, sorted(names, key=encoded)):  # SQLite has another order for strings kept as bytes
        sums.update(encoded(rows))
    for blob in blobs:
        sums.update(b"%d:" % len(blob))
        sums.update(blob)
    return sums.hexdigest()


def stored(connection: sqlite3.Connection, number: int) -> str:
    """Of the document with this number, as it is now. Raises ``Undecodable``."""
    tables = (connection.execute(sql, (number,)).fetchall() for sql in OF_ROWS)
    blobs = (blob for sql in OF_BLOBS for (blob,) in connection.execute(sql, (number,)))
    try:
        return digest(tables, blobs)
    except (TypeError, AttributeError) as error:
        raise Undecodable(f"an entry is of another type: {error}") from error
