"""What a worker is given and gives back; apart from reading, since a run that finds nothing changed needs no stage."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tongwen.model import Json
from tongwen.store import File, Parcel


class Task(NamedTuple):
    """``file`` is what will be known of the file when it has been read, ``known`` what was before.

    ``path`` and ``root`` as they were given, ``below`` the path below the root as a manifest writes it, and ``said``
    what the manifest says. ``same``: the hash of the content that need not be read again. ``former``: the id that the
    same file had before, where its folder now gives it another.
    """

    path: str
    root: str
    below: str
    said: Mapping[str, Json]
    file: File
    known: File | None = None
    same: str = ""
    former: str | None = None


class Outcome(NamedTuple):
    """Either ``parcel``, with kind and key text of each passage; or ``problem``; or neither where nothing changed.

    ``characters`` of the original text, and the ``seconds`` that reading took.
    """

    task: Task
    parcel: Parcel | None = None
    passages: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    characters: int = 0
    seconds: float = 0.0


def is_same(task: Task) -> bool:
    """Whether the file's content is what was read before, by the same code and manifest.

    A pipe or a device, which may never end, is not opened; what cannot be read is told where it is read.
    """
    path = Path(task.path)
    try:
        if not task.same or not path.is_file():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == task.same
    except OSError:
        return False


def lost(task: Task) -> Outcome:
    """What is told of a file whose worker died on it."""
    return Outcome(task, problem=f"{task.path} could not be read: its process was killed, perhaps for want of memory.")
