"""The tables of language knowledge, and the one way to read them.

Tab-separated; ``#`` begins a comment line; the last column of each row says why the row is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table, as tuples of its columns."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
