"""A SQLite file beside the index that is made from the index and can be made again: no fault of it stops a call.

What cannot be read is replaced once. What cannot be used now (a disk of others, a full disk, another process that holds
it) is left as it is, and the call works in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tongwen.store import sealing

Value = TypeVar("Value")

PATIENCE = 10.0  # seconds that one process waits for another's short lock
MEMORY = ":memory:"
PARTS = (sealing.TAIL, "", "-journal", "-wal", "-shm")
_BARRED = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
}


class Spoilt(Exception):
    """The file does not hold what was put in it."""


class Barred(Exception):
    """The file may be sound and cannot be used now."""


@contextmanager
def judging() -> Iterator[None]:
    """Turns what SQLite raises inside into ``Spoilt`` or ``Barred``, so that it is not taken for a fault of the index.

    An error without a result code is a text that is no UTF-8.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a fault of the caller's code, not of the file
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        raise (Barred if code in _BARRED else Spoilt)(str(error)) from error


def derived(file: Path, use: Callable[[str], Value]) -> Value:
    """What ``use`` makes with the file; if it cannot be used, with a new one, and at last with one in memory."""
    try:
        try:
            made = use(str(file))
        except Spoilt:
            discard(file)
            made = use(str(file))
        sealing.seal(file)
        return made
    except (Spoilt, Barred):
        return use(MEMORY)


def discard(file: Path) -> None:
    """Raises ``Barred``."""
    try:
        for part in PARTS:
            file.with_name(file.name + part).unlink(missing_ok=True)
    except OSError as error:
        raise Barred(str(error)) from error


def connected(file: str, prepare: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """:raises Spoilt, Barred: it cannot be opened, or ``prepare`` fails on it"""
    with judging():
        connection = sqlite3.connect(file, timeout=PATIENCE)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection
