"""The termbases of a library: a folder ``termbase`` in each folder that was indexed, read as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tongwen.concept import Concept
from tongwen.errors import UnreadableFile
from tongwen.exchange.folder import NAME, is_termbase, read_folder
from tongwen.exchange.reading import Reading
from tongwen.store import Reader


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
    try:
        return read_folder(folder)
    except UnreadableFile as fault:
        return Reading((), (str(fault),))
    except OSError as fault:
        return Reading((), (f"{folder} cannot be read: {fault.strerror}.",))


def one_of(folders: Sequence[Path]) -> Path | None:
    """The termbase into which is written, where nobody names one."""
    return folders[0] if folders else None
