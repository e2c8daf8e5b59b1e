"""What was written is on the disk to stay: the store and the engines with files of their own need it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def settle(paths: Iterable[Path]) -> None:
    """Returns when a power cut cannot undo what was written to ``paths``; of a folder, which names are in it."""
    for path in paths:
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def made(folder: Path) -> None:
    """Makes a folder and those above it, to stay."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    settle(place.parent for place in missing)
