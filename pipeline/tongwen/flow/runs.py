"""What the last run over an index did, for who watches over it.

It is kept in a file of its own beside the database, since a run that finds nothing changed leaves the database as it
is. To lose it costs nothing: it is not made lasting before the run ends, and a damaged one counts as none.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

NAME = "last-run.json"

Result = Literal["done", "problems", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Run:
    """``began`` and ``ended``: ISO 8601, UTC. ``result``: ``problems`` where some file or folder could not be read,
    ``failed`` where the run ended with ``error``. Of files the numbers: ``failed`` could not be read."""

    began: str
    ended: str
    seconds: float
    result: Result
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    vanished: int = 0
    version: str = ""
    partition: str = ""
    error: str = ""


def keep(folder: Path, run: Run) -> None:
    """What cannot be written now is done without."""
    file, new = folder / NAME, folder / f"{NAME}.new"
    with suppress(OSError):
        new.write_text(json.dumps(asdict(run), ensure_ascii=False) + "\n", "utf-8", "backslashreplace")
        os.replace(new, file)  # noqa: PTH105


def last(folder: Path) -> Run | None:
    with suppress(OSError, ValueError, TypeError):
        return Run(**json.loads((folder / NAME).read_text("utf-8")))
    return None
