"""The termbases of a library: a folder ``termbase`` in each folder that was indexed, read as they are now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tongwen.errors import UnreadableFile, UsageError
from tongwen.exchange.place import NAME, is_termbase
from tongwen.exchange.reading import Reading
from tongwen.store import Reader

if TYPE_CHECKING:
    from tongwen.concept import Concept


def termbases(store: Reader) -> list[Path]:
    """Those that are there, in the order of their folders."""
    return [place for root in store.roots() if is_termbase(place := root / NAME)]


def curated(folders: Iterable[Path]) -> Reading:
    """All concepts of several termbases; of two with one id the first counts, and the other is told.

    A file that cannot be read is a fault: an index is not useless for a typing error in its glossary.
    """
    concepts: dict[str, Concept] = {}
    faults: list[str] = []
    for folder in folders:
        found = _read(folder)
        faults += found.faults
        for concept in found.concepts:
            if concepts.setdefault(concept.id, concept) is not concept:
                faults.append(f"{folder}: the concept {concept.id} is in another termbase too; that one counts.")
    return Reading(tuple(concepts.values()), tuple(faults))


def _read(folder: Path) -> Reading:
    from tongwen.exchange.folder import read_folder  # noqa: PLC0415  a query asks only where termbases are

    try:
        return read_folder(folder)
    except UnreadableFile as fault:
        return Reading((), (str(fault),))
    except OSError as fault:
        return Reading((), (f"{folder} cannot be read: {fault.strerror}.",))


def to_write(store: Reader) -> Path:
    """The one termbase into which is written where nobody names one; a new one where one folder was indexed.

    :raises UsageError: there are several, or several folders in which one might be made
    """
    places = termbases(store) or [root / NAME for root in store.roots()]
    if len(places) != 1:
        several = " and ".join(map(str, places))
        raise UsageError(f"It is not clear which termbase is meant: {several}.", "Name one with --termbase DIR.")
    return places[0]
