"""What lies in the folder of an index, which may itself lie among the texts and is none of them."""

from __future__ import annotations

import os.path
from pathlib import Path

from tongwen.store import lock, pages
from tongwen.store.connection import NAME

LAST_RUN = "last-run.json"
GLOSSARY, TERMS = "glossary.sqlite", "terms.sqlite"  # made from the rest, each with its checksums
FILES = frozenset({NAME, f"{NAME}-wal", f"{NAME}-shm", pages.NAME, lock.NAME, LAST_RUN, f"{LAST_RUN}.new"}) | {
    name + tail for name in (GLOSSARY, TERMS) for tail in ("", ".sums", "-journal")
}


def is_engine(folder: Path) -> bool:
    """Whether it is where a search engine has its files in an index."""
    return folder.name == lock.ENGINE and is_index(folder.parent)


def is_index(folder: Path | str) -> bool:
    return os.path.exists(os.path.join(folder, NAME))  # noqa: PTH110, PTH118  one that may not be entered is none
