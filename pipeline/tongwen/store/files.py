"""The files that were read, as they were then.

Their paths are kept as seen from the index: a project that is moved or copied as a whole, texts and index together,
finds its own texts again and not those of the place it came from.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from tongwen.store import columns
from tongwen.store.faults import decoding


class File(NamedTuple):
    """``root`` and ``path`` are absolute. ``entry`` and ``stamp`` name its manifest entry and the code that read it.

    ``state`` is ``ok`` or ``failed``; a failed file's ``problem`` is one sentence, and its document, if there is one,
    is that of the last time it could be read, with ``sha256`` of then.
    """

    doc: str
    root: str
    path: str
    size: int
    mtime_ns: int
    sha256: str
    entry: str
    stamp: str
    state: str
    problem: str


def row_of(file: File, index: Path) -> columns.Row:
    kept = file._replace(root=os.path.relpath(file.root, index.parent), path=os.path.relpath(file.path, index.parent))
    return tuple(columns.bind(value) if isinstance(value, str) else value for value in kept)


@decoding
def files_of(rows: Iterable[columns.Row], index: Path) -> list[File]:
    """Of a whole library; the names that most files share are held once."""
    seen = partial(_seen_from, str(index.parent.absolute()))
    folder = cache(seen)  # nearly all files have the same
    return [_file(row, folder, seen) for row in rows]


def _file(row: columns.Row, root_of: Callable[[str], str], path_of: Callable[[str], str]) -> File:
    if bytes in map(type, row):
        row = tuple(columns.unbind(value) if isinstance(value, bytes) else value for value in row)
    doc, root, path, size, changed, sha256, entry, stamp, state, problem = row
    entry, stamp, state = map(sys.intern, (entry, stamp, state))
    return File(doc, root_of(root), path_of(path), size, changed, sha256, entry, stamp, state, problem)


def root_of(kept: str, index: Path) -> Path:
    """The folder that a row names."""
    return Path(_seen_from(str(index.parent.absolute()), kept))


def _seen_from(home: str, path: str) -> str:
    return os.path.normpath(os.path.join(home, path))  # noqa: PTH118  pathlib takes ten times as long
