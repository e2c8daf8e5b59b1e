"""An index as it is searched: one snapshot of the store, and the engine at the generation that the snapshot names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tongwen.errors import IndexDamaged
from tongwen.flow import engines, places
from tongwen.search.engine import Reader as EngineReader
from tongwen.store import Reader

TRIES = 5  # a writer may tidy away a generation between the look at the store and the opening of its files


class Library(NamedTuple):
    """``words``: the folders' own, which a query is not taken apart in."""

    store: Reader
    engine: EngineReader
    words: tuple[str, ...] = ()


@contextmanager
def library(folder: Path) -> Iterator[Library]:
    """Raises ``NoIndex``, ``IndexTooNew``, ``IndexDamaged``."""
    for attempt in range(TRIES):
        with places.reading(folder) as store:
            try:
                found = engine(store, folder)
            except IndexDamaged:
                if attempt == TRIES - 1 or not moved_on(folder, store):
                    raise
                continue
            try:
                yield Library(store, found, _words(store))
            finally:
                found.close()
            return


def _words(store: Reader) -> tuple[str, ...]:
    return tuple(sorted({word for words in json.loads(store.meta("words") or "{}").values() for word in words}))


def engine(store: Reader, folder: Path) -> EngineReader:
    """At the generation that the store names. Raises ``IndexDamaged``."""
    if remote := places.engine(store):
        return remote
    name = store.meta("engine") or engines.DEFAULT
    home = engines.home(folder, name, store.connection)
    return engines.engine(name).reader(home, store.meta("generation") or None)


def fault(folder: Path, store: Reader) -> str:
    """What is wrong with the search engine's files, in one sentence; empty where they fit what is stored."""
    try:
        found = engine(store, folder)
    except IndexDamaged as damage:
        return "" if moved_on(folder, store) else damage.message
    try:
        fits = found.count == store.counts()["passages"]
        return "" if fits else f"The search index in {places.shown(folder)} does not hold what is stored."
    except IndexDamaged as damage:
        return damage.message
    finally:
        found.close()


def moved_on(folder: Path, before: Reader) -> bool:
    """Whether a writer has made another generation since ``before`` was opened."""
    with places.reading(folder) as now:
        return now.meta("generation") != before.meta("generation")
