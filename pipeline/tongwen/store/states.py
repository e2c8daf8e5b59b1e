"""Which state of the database this is: a number and a nonce in it that each commit replaces, with a check of both."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple
from zlib import crc32

from tongwen.store.faults import Undecodable

NAME = "state"  # in the table ``meta``


class State(NamedTuple):
    """Later states have higher numbers; the nonce tells two apart that have one number."""

    number: int
    nonce: str


def state(connection: sqlite3.Connection) -> State | None:
    """None: no commit of this version was there yet. Raises ``Undecodable``."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (NAME,)).fetchone()
    if row is None:
        return None
    number, _, rest = str(row[0]).partition("-")
    nonce, _, check = rest.partition("-")
    if not number.isdecimal() or check != _check(number, nonce):
        raise Undecodable("the name of its state has changed")
    return State(int(number), nonce)


def advance(connection: sqlite3.Connection) -> State:
    """The state that the present transaction will leave."""
    from secrets import token_hex  # noqa: PLC0415  loads OpenSSL, and a search changes nothing

    before = state(connection)
    after = State(before.number + 1 if before else 1, token_hex(4))
    number = str(after.number)
    value = f"{number}-{after.nonce}-{_check(number, after.nonce)}"
    connection.execute("REPLACE INTO meta VALUES (?,?)", (NAME, value))
    return after


def _check(number: str, nonce: str) -> str:
    return f"{crc32(f'{number}-{nonce}'.encode()):08x}"
