"""A database that can be read, written anew: every page, and then their checksums.

A document that is not what was stored stays so: its digest tells.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tongwen.errors import IndexFault
from tongwen.store import connection, lock, pages, soundness
from tongwen.store.connection import NAME
from tongwen.store.faults import telling
from tongwen.store.keeper import Keeper
from tongwen.store.reader import Reader


def renew(folder: Path) -> bool:
    """False where the database is not sound as such: then nothing is changed. Raises ``IndexFault``."""
    with lock.writing(folder), connection.writing(folder) as opened:
        readable = not soundness.structural(Reader(opened, folder / NAME))
        opened.execute("ROLLBACK")
        if readable:
            (folder / pages.NAME).unlink(missing_ok=True)
            with telling(folder / NAME):
                opened.execute("VACUUM")
                Keeper(opened, folder / NAME)
        return readable


def set_aside(folder: Path) -> tuple[Path, list[Path], str | None]:
    """Moves the database away, whatever is in it: where to, and the folders and the engine that it names, if it can."""
    roots: list[Path] = []
    engine: str | None = None
    with lock.writing(folder):
        with suppress(IndexFault), connection.reading(folder) as opened:
            roots = Reader(opened, folder / NAME).roots()
            engine = Reader(opened, folder / NAME).meta("engine")
        return soundness.move_aside(folder), roots, engine
