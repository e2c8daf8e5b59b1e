"""Checksums of the pages of a file beside the index (``derived``), made whenever the file has been changed.

Unlike those of the index they are made all at once: what changes such a file has looked at all documents anyway.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from tongwen.store import pages
from tongwen.store.states import State

TAIL = ".sums"
MAGIC = b"SQLite format 3\0"
HEAD = 100  # bytes of a database's header


class _Head(NamedTuple):
    """``state``: SQLite counts the changes of a file, and notes for which count its version is valid: the same."""

    size: int
    state: State
    sound: bool


def seal(file: Path) -> None:
    """Makes the checksums where they are not of the file as it is. No connection to it may be open in this process."""
    with suppress(OSError, pages.BadSums):
        before = _head(file)
        if not before or not before.sound or _changing(file) or _state_kept(file) == before.state:
            return
        sums = list(_sums(file, before.size))
        if _head(file) == before and not _changing(file):
            pages.make(file.with_name(file.name + TAIL), before.size, before.state, sums)


def _state_kept(file: Path) -> State | None:
    try:
        kept = pages.kept(file.with_name(file.name + TAIL))
    except pages.BadSums:
        return None
    return kept.state if kept else None


def _changing(file: Path) -> bool:
    journal = file.with_name(f"{file.name}-journal")
    return journal.exists() and journal.stat().st_size > 0


def _head(file: Path) -> _Head | None:
    """None where there is no file, or nothing in it."""
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD)
    except FileNotFoundError:
        return None
    if not head:
        return None
    size, count = int.from_bytes(head[16:18], "big"), head[24:28]
    sound = len(head) == HEAD and head.startswith(MAGIC) and count == head[92:96]
    return _Head(1 << 16 if size == 1 else max(size, 1), State(int.from_bytes(count, "big"), ""), sound)


def _sums(file: Path, size: int) -> Iterator[int]:
    with file.open("rb") as opened:
        while block := opened.read(size):
            yield crc32(block)


def fault(file: Path) -> tuple[str, str]:
    """What is wrong with the file, and what could not be proven, in a few words each; both empty where neither is."""
    try:
        return _fault(file)
    except pages.BadSums as bad:
        return f"its checksums are not as they were written: {bad}", ""
    except OSError as error:
        return error.strerror or "it cannot be read", ""


def _fault(file: Path) -> tuple[str, str]:
    head, kept = _head(file), pages.kept(file.with_name(file.name + TAIL))
    if head is None:
        return "", ""
    if not head.sound:
        return "its header has changed", ""
    if kept is None or kept.state != head.state or _changing(file):
        return _checked(file), "a run was stopped before it had made its checksums; the next one makes them"
    if kept.size != head.size:
        return "its pages have another size", ""
    others = pages.differing(file.with_name(file.name + TAIL), kept, _sums(file, head.size))
    page = next(others, 0)
    return (f"page {page} has changed", "") if page else ("", "")


def _checked(file: Path) -> str:
    try:
        with closing(sqlite3.connect(f"file:{file.absolute()}?mode=ro", uri=True)) as opened:
            (told,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if told == "ok" else str(told)
