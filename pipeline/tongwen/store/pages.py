"""A checksum of every page of the database, in a file beside it (``tongwen.sums``): SQLite itself has none.

Without them a byte may change in free space, in an index that no query uses or in a text that stays readable, and
nothing would tell. They are kept up to date after each commit from the pages in the write-ahead log, so that adding a
document costs as much as it changes, however large the library is.

Each commit writes the next *state* (``states``) into the database, in the same transaction. The header of this file
names the state that it is of. A run that is killed between the two leaves an older state here: then nothing can be said
of single pages, and the next writer makes all checksums anew. A state here that is later than the database's says that
a commit was lost.

The file: a header of ``FIRST`` bytes, then eight bytes for each page: its CRC-32, and a check of that, so that what has
changed here is not taken for a change there.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from tongwen.settling import settle
from tongwen.store import log
from tongwen.store.states import State

NAME = "tongwen.sums"
MAGIC = b"tongwen\1"
HEADER = struct.Struct(">8sIIQ8s")  # magic, bytes of a page, number of pages, the state's number and nonce
ENTRY = struct.Struct(">II")
FIRST = 64
# SQLite's locks are the process's, and all are lost when it closes the file a second time: so another one reads it.
COPY = "import shutil, sys; shutil.copyfileobj(open(sys.argv[1], 'rb'), sys.stdout.buffer, 1 << 20)"


class BadSums(Exception):
    """The file of checksums is not as it was written."""


class Kept(NamedTuple):
    """The header of the file of checksums."""

    size: int
    pages: int
    state: State


def kept(file: Path) -> Kept | None:
    """None where there is no such file. Raises ``BadSums``."""
    if file.exists() and not file.is_file():
        raise BadSums("it is no regular file")  # a pipe may never end
    try:
        with file.open("rb") as opened:
            head = opened.read(FIRST)
    except FileNotFoundError:
        return None
    if len(head) < FIRST or head != _sealed(head[: HEADER.size]) or not head.startswith(MAGIC):
        raise BadSums("its header has changed")
    _, size, pages, number, nonce = HEADER.unpack(head[: HEADER.size])
    return Kept(size, pages, State(number, nonce.rstrip(b"\0").decode("ascii")))


def _header(of: Kept) -> bytes:
    return _sealed(HEADER.pack(MAGIC, of.size, of.pages, of.state.number, of.state.nonce.encode("ascii")))


def _sealed(head: bytes) -> bytes:
    return (head + struct.pack(">I", crc32(head))).ljust(FIRST, b"\0")


def _entry(page: int, checksum: int) -> bytes:
    return ENTRY.pack(checksum, crc32(ENTRY.pack(page, checksum)))


def make(file: Path, size: int, state: State, sums: Iterable[int]) -> None:
    """All anew: ``sums`` of every page in order."""
    new, pages = file.with_name(f"{file.name}.new"), 0
    with new.open("wb") as opened:
        opened.write(bytes(FIRST))
        for pages, checksum in enumerate(sums, 1):
            opened.write(_entry(pages, checksum))
        opened.seek(0)
        opened.write(_header(Kept(size, pages, state)))
    settle([new])
    new.replace(file)
    settle([file.parent])


def update(file: Path, of: Kept, changed: Mapping[int, int]) -> None:
    """``changed``: the checksums of those pages that are others than in the state before."""
    with file.open("r+b") as opened:
        opened.truncate(FIRST + ENTRY.size * of.pages)
        for page, checksum in sorted(changed.items()):
            opened.seek(FIRST + ENTRY.size * (page - 1))
            opened.write(_entry(page, checksum))
        opened.flush()
        os.fsync(opened.fileno())  # before the header says so
        opened.seek(0)
        opened.write(_header(of))
        opened.flush()
        os.fsync(opened.fileno())


def present(database: Path, size: int) -> Iterator[int]:
    """The checksum of every page as a reader gets it: a page in the log counts before the file's own.

    ``size``: bytes of a page. Nobody may commit meanwhile.
    """
    logged = log.changes(database.with_name(f"{database.name}-wal"))
    if logged.pages and len(logged.sums) == logged.pages:
        yield from map(logged.sums.__getitem__, range(1, logged.pages + 1))
        return
    page = 0
    for page, checksum in enumerate(_stored(database, size), 1):
        if logged.pages and page > logged.pages:
            return
        yield logged.sums.get(page, checksum)
    yield from (logged.sums.get(behind, 0) for behind in range(page + 1, logged.pages + 1))


def _stored(database: Path, size: int) -> Iterator[int]:
    import subprocess  # noqa: PLC0415  most checksums are made by this process

    arguments = [sys.executable, "-I", "-S", "-c", COPY, os.fspath(database.absolute())]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        while block := process.stdout.read(size):
            yield crc32(block)
        if process.wait():
            raise OSError(f"{database} cannot be read")


def differing(file: Path, of: Kept, sums: Iterable[int]) -> Iterator[int]:
    """The numbers of the pages whose checksums are others than those that are kept, or that only one side has.

    Raises ``BadSums`` where what is kept has changed itself.
    """
    page = 0
    with file.open("rb") as opened:
        opened.seek(FIRST)
        for page, checksum in enumerate(sums, 1):
            entry = opened.read(ENTRY.size)
            if entry == _entry(page, checksum):
                continue
            if page <= of.pages and entry != _entry(page, ENTRY.unpack(entry.ljust(ENTRY.size, b"\0"))[0]):
                raise BadSums(f"its entry for page {page} has changed")
            yield page
        if opened.read(1):
            raise BadSums("it is longer than it was")
    yield from range(page + 1, of.pages + 1)
