"""Whether a file is what was written, and where one goes that is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from tongwen.errors import IndexDamaged, NotFound
from tongwen.model import Document, Structure
from tongwen.settling import settle
from tongwen.store import columns, connection, digests, pages, schema, states
from tongwen.store.connection import NAME
from tongwen.store.faults import Undecodable
from tongwen.store.reader import Reader

PARTS = ("", "-wal", "-shm")
FAULTS = (Undecodable, NotFound, sqlite3.DatabaseError, UnicodeDecodeError)


def set_aside(folder: Path) -> Path | None:
    """Moves what cannot be read out of the way, as ``tongwen.sqlite.damaged``; None where all can be read.

    The caller holds the writer's lock. An older file is brought up to date first.
    """
    if not (folder / NAME).exists() or _sound(folder):
        return None
    return move_aside(folder)


def move_aside(folder: Path) -> Path:
    """The same for a file that is known to be damaged. Of what it is now, no checksums are kept."""
    file = folder / NAME
    (folder / pages.NAME).unlink(missing_ok=True)
    aside = put_aside(file)
    for tail in PARTS[1:]:
        if file.with_name(NAME + tail).exists():
            file.with_name(NAME + tail).replace(aside.with_name(aside.name + tail))
    settle([folder])
    return aside


def put_aside(place: Path, home: Path | None = None) -> Path:
    """Renames a file or folder to ``NAME.damaged``, or ``NAME.damaged-2`` and so on: what lies there is kept."""
    number, aside = 1, (home or place.parent) / f"{place.name}.damaged"
    while aside.exists() or aside.is_symlink():
        number += 1
        aside = aside.with_name(f"{place.name}.damaged-{number}")
    place.replace(aside)
    settle({place.parent, aside.parent})
    return aside


def _sound(folder: Path) -> bool:
    try:
        with connection.writing(folder) as opened:
            store = Reader(opened, folder / NAME)
            whole = sound(store)
            opened.execute("ROLLBACK")
    except IndexDamaged:
        return False
    return whole


def structural(store: Reader) -> str:
    """What is wrong with the database as such, in a few words; empty where nothing is."""
    return _told(lambda: _structural(store))


def _structural(store: Reader) -> str:
    (told,) = store.there("PRAGMA integrity_check(1)")
    if told != "ok":
        return str(told)
    if not schema.is_known(store.connection):
        return "its tables are not those that were made"
    if store.all("PRAGMA foreign_key_check"):
        return "an entry is missing"
    for name, noted in store.all("SELECT name, value FROM meta"):  # each is text
        if str(name).startswith("fingerprint ") or name == "words":
            columns.loads(noted)
    if store.one(
        "SELECT 1 FROM passages WHERE key > coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'passages'), 0)"
    ):
        return "a key was given to a passage that was not yet due"
    states.state(store.connection)
    store.titles()
    store.files()
    return ""


def spoilt(store: Reader, number: int, doc: str) -> str:
    """Why a document is not as it was stored, in a few words; empty where it is. It is not taken apart."""
    return _told(lambda: _spoilt(store, number, doc))


def proven(store: Reader, number: int, doc: str) -> tuple[Document, Structure]:
    """A document as it was stored, taken apart. Raises ``Undecodable``, which says in a few words why it is not."""
    try:
        if why := _spoilt(store, number, doc):
            raise Undecodable(why)
        return store.document(doc), store.structure(doc)
    except FAULTS as fault:
        raise Undecodable(str(fault)) from fault


def sound(store: Reader) -> bool:
    """Whether nothing is wrong with the database and with any document."""
    return not structural(store) and not _told(lambda: _all_proven(store))


def _all_proven(store: Reader) -> str:
    for number, doc in store.numbered():
        proven(store, number, doc)
    return ""


def _spoilt(store: Reader, number: int, doc: str) -> str:
    (then,) = store.there("SELECT sha256 FROM digests WHERE doc = ?", number)
    if then != digests.stored(store.connection, number):
        return "its digest is another"
    return "" if list(store.nesting(doc).keys()) == store.keys(number) else "its passages are not those of its nesting"


def _told(proof: Callable[[], str]) -> str:
    try:
        return proof()
    except FAULTS as fault:
        return str(fault)
