"""Whether a file is what was written, and where one goes that is not."""

from __future__ import annotations

from pathlib import Path

from tongwen.errors import IndexDamaged
from tongwen.store import connection
from tongwen.store.connection import NAME
from tongwen.store.faults import Undecodable
from tongwen.store.reader import Reader


def set_aside(folder: Path) -> Path | None:
    """Moves what cannot be read out of the way, as ``tongwen.sqlite.damaged``; None where all can be read.

    The caller holds the writer's lock. An older file is brought up to date first.
    """
    file = folder / NAME
    if not file.exists() or _sound(folder):
        return None
    return put_aside(file, ("-wal", "-shm"))


def put_aside(place: Path, tails: tuple[str, ...] = ()) -> Path:
    """Renames a file or folder to ``NAME.damaged``, or ``NAME.damaged-2`` and so on: what lies there is kept."""
    number, aside = 1, place.with_name(f"{place.name}.damaged")
    while aside.exists() or aside.is_symlink():
        number += 1
        aside = place.with_name(f"{place.name}.damaged-{number}")
    for tail in tails:
        if place.with_name(place.name + tail).exists():
            place.with_name(place.name + tail).replace(aside.with_name(aside.name + tail))
    return place.replace(aside)


def _sound(folder: Path) -> bool:
    try:
        with connection.writing(folder) as opened:
            _read_all(Reader(opened, folder / NAME))
            opened.execute("ROLLBACK")
    except IndexDamaged:
        return False
    return True


def _read_all(store: Reader) -> None:
    """Raises ``Undecodable`` where anything is not as it was written."""
    (told,) = store.there("PRAGMA integrity_check(1)")
    if told != "ok":
        raise Undecodable(told)
    if store.all("PRAGMA foreign_key_check"):
        raise Undecodable("an entry is missing")
    store.files()
    store.titles()
    for doc in store.document_ids():
        store.document(doc)
        store.structure(doc)
        store.nesting(doc)
