"""What SQLite reports, told as what the user can do about it."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from json import JSONDecodeError
from pathlib import Path
from typing import ParamSpec, TypeVar

from tongwen.errors import IndexBusy, IndexDamaged, IndexFault

Given = ParamSpec("Given")
Value = TypeVar("Value")

REBUILD = (
    "Run `tongwen index --full` on the same folders: it sets the damaged file aside as tongwen.sqlite.damaged "
    "and builds a new one; your texts are not touched."
)
SPACE = "Free some space and run the command again; what was stored before is intact."
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
_FULL = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_SHMOPEN,
}
_UNWRITTEN = _FULL | {sqlite3.SQLITE_IOERR}  # nothing closer is told of a statement before which a write had failed
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CLOSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


class Undecodable(Exception):
    """What is stored is not what was stored."""


def decoding(function: Callable[Given, Value]) -> Callable[Given, Value]:
    """For what takes stored values apart: any way in which it can fail on them is ``Undecodable``."""

    @wraps(function)
    def decoded(*given: Given.args, **named: Given.kwargs) -> Value:
        try:
            return function(*given, **named)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error) as error:
            raise Undecodable(f"an entry cannot be decoded: {error}") from error

    return decoded


def damaged(file: Path, why: object) -> IndexDamaged:
    return IndexDamaged(f"The index file {file} is damaged ({why}).", REBUILD)


def full(folder: Path | str, why: object) -> IndexFault:
    return IndexFault(
        f"The index at {folder} cannot be written ({why}); what was stored before is intact.",
        "Free some space and run `tongwen index` again: it goes on where it stopped.",
    )


def told(file: Path, error: sqlite3.Error, reading: bool = False) -> IndexFault:
    """The failure behind ``error``, by its SQLite result code (in the lowest byte) and what that means more closely."""
    closely = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    code = closely & 0xFF
    if closely in _FULL and reading:
        return IndexFault(f"The index at {file.parent} cannot be read ({error}).", SPACE)
    if closely in _UNWRITTEN and not reading:
        return full(file.parent, error)
    if code in _BUSY:
        return IndexBusy(f"The index at {file.parent} is in use ({error}).", "Wait until the other process has ended.")
    if code in _CLOSED:
        return IndexFault(f"The index file {file} cannot be opened ({error}).", "Check its folder and permissions.")
    if code in _DAMAGED:
        return damaged(file, error)
    return IndexFault(f"The index file {file} cannot be used ({error}).", REBUILD)


@contextmanager
def telling(file: Path, reading: bool = False) -> Iterator[None]:
    """Turns what SQLite, and what takes stored values apart, raises inside into an ``IndexFault``."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a fault of the caller's code, not of the file
    except sqlite3.Error as error:
        raise told(file, error, reading) from error
    except (Undecodable, JSONDecodeError, UnicodeDecodeError) as error:  # SQLite's own message may be damaged too
        raise damaged(file, error) from error
