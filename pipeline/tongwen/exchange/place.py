"""Where a termbase that is edited lies; apart from reading it, since a look-up that finds nothing new need not wait."""

from __future__ import annotations

import os.path
from pathlib import Path

NAME = "termbase"  # of the folder, where it lies among texts
TERMS = "terms.csv"  # the one file that a termbase cannot be without


def is_termbase(folder: Path) -> bool:
    return os.path.isfile(folder / TERMS)  # noqa: PTH113  one that may not be looked at is none


def belongs(folder: Path) -> bool:
    """Whether it is the termbase of the folder of texts in which it lies."""
    return folder.name == NAME and is_termbase(folder)
