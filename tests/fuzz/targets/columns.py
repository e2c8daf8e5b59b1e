"""What is kept in the database, taken apart again when anybody may have changed it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fuzz import places
from fuzz.target import Target
from tongwen import nesting
from tongwen.store import columns, files
from tongwen.store.faults import Undecodable


def _row(data: bytes, width: int) -> tuple[Any, ...]:
    """A row as SQLite could give it: texts, bytes, numbers, nulls; whatever the JSON list says."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = [data] * width
    row = found if isinstance(found, list) else [found]
    return tuple(json.dumps(v) if isinstance(v, dict | list) else v for v in (row + [None] * width)[:width])


def _document(data: bytes) -> Any:
    head, _, blocks = data.partition(b"\n")
    return columns.document_of(_row(head, 8), "第一條", zlib.compress(blocks), ())


DECODERS: tuple[Callable[[bytes], Any], ...] = (
    lambda data: columns.record_of(_row(data, 8)),
    lambda data: columns.problem_of(_row(data, 5)),
    lambda data: columns.pieces_of(data.decode("utf-8", "replace")),
    _document,
    columns.stretch,
    columns.unbind,
    columns.loads,
    lambda data: files.files_of([_row(data, 10)], Path("/index")),
)


def _columns(data: bytes) -> Any:
    """The first byte chooses the decoder."""
    which, rest = (data[0] if data else 0) % (len(DECODERS) + 1), data[1:]
    if which == len(DECODERS):
        return _nesting(rest)
    try:
        return DECODERS[which](rest)
    except Undecodable as fault:
        return str(fault)


def _nesting(data: bytes) -> Any:
    try:
        return nesting.unpack(data, 1)
    except ValueError as fault:
        return str(fault)


def _seeds() -> Iterator[bytes]:
    yield b'\0["art_1", "article", 0, 3, null, "x", "[\\"a\\"]", "{\\"n\\": 1}"]'
    yield b'\1["code", "message", "hint", 0, 3]'
    yield b"\2[0,3,5,9]"
    yield (
        b'\3["d", "p", "t", "en", "text", "00", 3, "{}"]\n{"blocks": [["line", 0, 3, 0, "en", '
        b'[[["a", [0, 1], true]]], "", 0]], "marks": [[[0, 1], null]], "pages": [0]}'
    )
    yield b"\4" + columns.squeeze("第一條")
    yield b'\6{"a": [1, 2, {"b": null}]}'
    yield b'\7["d", "/a", "/a/b", 1, 2, "00", "e", "s", "ok", ""]'
    yield b"\10\1\0\0\0\0\0\0\0\xff\xff\xff\xff\0\0\0\0"


def _words() -> Iterator[str]:
    yield from places.dictionary("columns")
    yield from ("9" * 5000, "[" * 5000)


TARGETS = (Target("columns", _columns, _seeds, _words, seconds=5),)
