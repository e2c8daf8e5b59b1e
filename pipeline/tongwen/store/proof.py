"""Whether the pages of the database are those that its commits left (``pages``)."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tongwen.errors import IndexFault
from tongwen.store import connection, lock, log, pages, states
from tongwen.store.connection import NAME

TRIES, PAUSE = 5, 0.5  # seconds: a writer may make a state and its checksums while they are compared
SHOWN = 5  # numbers of pages
LATER = "The next `tongwen index` makes them"


class Proof(NamedTuple):
    """``database`` and ``sums``: what is wrong with either, in a few words; ``note``: why nothing can be said."""

    database: str = ""
    sums: str = ""
    note: str = ""


def prove(folder: Path) -> Proof:
    """Compares every page, also where the database cannot be opened. A state of a writer at work is waited for."""
    for _ in range(TRIES):
        before = _now(folder)
        found = _proof(folder, before)
        if found == Proof() or (before == _now(folder) and not lock.held(folder)):
            return found
        time.sleep(PAUSE)
    return Proof(note="the index is being written: its pages were not compared")


class _Now(NamedTuple):
    """``opens``: SQLite can say what state it is of."""

    opens: bool
    size: int = 0
    state: states.State | None = None
    kept: pages.Kept | None = None
    bad: str = ""


def _now(folder: Path) -> _Now:
    kept, bad = None, ""
    try:
        kept = pages.kept(folder / pages.NAME)
    except pages.BadSums as fault:
        bad = str(fault)
    try:
        with connection.reading(folder) as opened:
            size = int(opened.execute("PRAGMA page_size").fetchone()[0])
            return _Now(True, size, states.state(opened), kept, bad)
    except IndexFault:
        return _Now(False, kept.size if kept else 0, kept.state if kept else None, kept, bad)


def _proof(folder: Path, now: _Now) -> Proof:
    broken = log.fault(folder / f"{NAME}-wal")
    if broken:
        return Proof(f"its write-ahead log is damaged: {broken}")
    if now.bad:
        return Proof(sums=now.bad)
    if now.kept is None:
        return Proof(note=f"there are no checksums of pages. {LATER}")
    if now.state is None or now.kept.state.number > now.state.number:
        return Proof("it is of an earlier state than its checksums: what was committed last is lost")
    if now.kept.state != now.state:
        return Proof(note=f"a run was stopped before it had made the checksums of pages. {LATER}")
    return _compared(folder, now, now.kept)


def _compared(folder: Path, now: _Now, kept: pages.Kept) -> Proof:
    if now.size != kept.size:
        return Proof("its pages have another size")
    if not (folder / NAME).is_file():
        return Proof("it is no regular file")  # a pipe may never end
    try:
        found = pages.differing(folder / pages.NAME, kept, pages.present(folder / NAME, kept.size))
        others = list(islice(found, SHOWN + 1))
    except pages.BadSums as fault:
        return Proof(sums=str(fault))
    except FileNotFoundError:  # a writer has put it aside just now
        return Proof(note=f"there are no checksums of pages. {LATER}")
    named = ", ".join(map(str, others[:SHOWN])) + (" and others" if len(others) > SHOWN else "")
    return Proof(f"changed since it was written: page {named}" if others else "")
