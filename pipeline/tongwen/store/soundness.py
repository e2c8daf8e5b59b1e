"""Whether a file is what was written, and where one goes that is not."""

from __future__ import annotations

from pathlib import Path

from tongwen.errors import IndexDamaged
from tongwen.store import columns, connection
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
    aside = put_aside(file)
    for tail in ("-wal", "-shm"):
        if file.with_name(NAME + tail).exists():
            file.with_name(NAME + tail).replace(aside.with_name(aside.name + tail))
    return aside


def put_aside(place: Path, home: Path | None = None) -> Path:
    """Renames a file or folder to ``NAME.damaged``, or ``NAME.damaged-2`` and so on: what lies there is kept."""
    number, aside = 1, (home or place.parent) / f"{place.name}.damaged"
    while aside.exists() or aside.is_symlink():
        number += 1
        aside = aside.with_name(f"{place.name}.damaged-{number}")
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
    for (noted,) in store.all("SELECT value FROM meta WHERE name GLOB 'fingerprint *' OR name = 'words'"):
        columns.loads(noted)
    store.files()
    store.titles()
    for doc in store.document_ids():
        store.document(doc)
        store.structure(doc)
        store.nesting(doc)
