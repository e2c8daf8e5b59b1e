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


def is_part(folder: Path) -> bool:
    """Whether ``folder`` is an index, or the search engine's place in one; not where it may not be entered."""
    return _is_index(folder) or (folder.name == lock.ENGINE and _is_index(folder.parent))


def _is_index(folder: Path) -> bool:
    return os.path.exists(folder / NAME)  # noqa: PTH110  one that may not be looked at is none
