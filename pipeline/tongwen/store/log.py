"""The write-ahead log as a file: which pages a commit has changed, and whether the log is as it was written.

The format is SQLite's documented one (https://www.sqlite.org/fileformat2.html#the_write_ahead_log): a header of 32
bytes, then frames of a header of 24 bytes and one page each. A frame counts when its salts are those of the header; a
commit ends with a frame that gives the size of the database. SQLite keeps no lock on this file, so it may be opened and
closed at any time (unlike the database itself, see ``pages``).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

HEADER, FRAME = 32, 24
MAGIC = 0x377F0682  # the lowest bit says that checksums are of big-endian words
MASK = 0xFFFFFFFF


class Mark(NamedTuple):
    """How far the log was read: the salts of its header, and how many frames."""

    salts: bytes = b""
    frames: int = 0


@dataclass(slots=True)
class Changes:
    """What commits have changed: page number → checksum of the page as it is now. ``pages``: how many there are now."""

    sums: dict[int, int] = field(default_factory=dict)
    pages: int = 0
    mark: Mark = field(default_factory=Mark)


class _Frame(NamedTuple):
    page: int
    pages: int  # of the whole database, where the frame ends a commit; else 0
    header: bytes
    content: bytes


def changes(log: Path, since: Mark = Mark()) -> Changes:  # noqa: B008  it is frozen
    """The commits behind ``since``; all of them where the log was begun anew meanwhile."""
    found = Changes(mark=since)
    try:
        opened = log.open("rb")
    except FileNotFoundError:
        return found
    with opened:
        header = opened.read(HEADER)
        if len(header) < HEADER:
            return found
        known = since if since.salts == header[16:24] else Mark(header[16:24])
        _gather(found, known, _frames(opened, header, known.frames))
    return found


def _gather(found: Changes, known: Mark, frames: Iterator[_Frame]) -> None:
    """What follows the last commit was begun and never finished."""
    waiting: dict[int, int] = {}
    for number, frame in enumerate(frames, known.frames + 1):
        waiting[frame.page] = crc32(frame.content)
        if frame.pages:
            found.sums |= waiting
            found.pages, found.mark = frame.pages, Mark(known.salts, number)
            waiting = {}


def _frames(opened: BinaryIO, header: bytes, after: int) -> Iterator[_Frame]:
    size = int.from_bytes(header[8:12], "big")
    opened.seek(HEADER + after * (FRAME + size))
    while len(head := opened.read(FRAME)) == FRAME and head[8:16] == header[16:24]:
        if len(content := opened.read(size)) < size:
            return
        page, pages = struct.unpack(">II", head[:8])
        yield _Frame(page, pages, head, content)


def fault(log: Path) -> str:
    """What is wrong with the log, in a few words; empty where every commit in it can be read, or there is none."""
    try:
        opened = log.open("rb")
    except FileNotFoundError:
        return ""
    with opened:
        header = opened.read(HEADER)
        if not header:
            return ""
        if len(header) < HEADER or int.from_bytes(header[:4], "big") & ~1 != MAGIC:
            return "its header has changed"
        return _broken(opened, header)


def _broken(opened: BinaryIO, header: bytes) -> str:
    order = "big" if header[3] & 1 else "little"
    sums = _sum(header[:24], (0, 0), order)
    if struct.pack(">II", *sums) != header[24:32]:
        return "its header has changed"
    sound = True
    for number, frame in enumerate(_frames(opened, header, 0), 1):
        sums = _sum(frame.content, _sum(frame.header[:8], sums, order), order) if sound else sums
        sound = sound and struct.pack(">II", *sums) == frame.header[16:24]
        if not sound and frame.pages:
            return f"frame {number} ends a commit and cannot be trusted"
    return ""


def _sum(content: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's own checksum of 8 bytes at a time, on from ``sums``."""
    words = array("I", content)
    if array("I", b"\1\0\0\0")[0] != (1 if order == "little" else 1 << 24):
        words.byteswap()
    first, second = sums
    pairs = iter(words)
    for left, right in zip(pairs, pairs, strict=True):
        first = (first + left + second) & MASK
        second = (second + right + first) & MASK
    return first, second
