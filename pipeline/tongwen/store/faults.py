"""What SQLite reports, told as what the user can do about it."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongwen.errors import IndexBusy, IndexDamaged, IndexFault

REBUILD = (
    "Run `tongwen index --full` on the same folders: it sets the damaged file aside as tongwen.sqlite.damaged "
    "and builds a new one; your texts are not touched."
)
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
_FULL = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CLOSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


def damaged(file: Path, why: object) -> IndexDamaged:
    return IndexDamaged(f"The index file {file} is damaged ({why}).", REBUILD)


def full(folder: Path, why: object) -> IndexFault:
    return IndexFault(
        f"The index at {folder} cannot be written ({why}); what was stored before is intact.",
        "Free some space and run `tongwen index` again: it goes on where it stopped.",
    )


def told(file: Path, error: sqlite3.Error) -> IndexFault:
    """The failure behind ``error``, by its SQLite result code (in the lowest byte) and what that means more closely."""
    closely = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    code = closely & 0xFF
    if closely in _FULL:
        return full(file.parent, error)
    if code in _BUSY:
        return IndexBusy(f"The index at {file.parent} is in use ({error}).", "Wait until the other process has ended.")
    if code in _CLOSED:
        return IndexFault(f"The index file {file} cannot be opened ({error}).", "Check its folder and permissions.")
    if code in _DAMAGED:
        return damaged(file, error)
    return IndexFault(f"The index file {file} cannot be used ({error}).", REBUILD)


@contextmanager
def telling(file: Path) -> Iterator[None]:
    """Turns what SQLite and zlib raise inside into an ``IndexFault``."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a fault of the caller's code, not of the file
    except sqlite3.Error as error:
        raise told(file, error) from error
    except zlib.error as error:
        raise damaged(file, error) from error
