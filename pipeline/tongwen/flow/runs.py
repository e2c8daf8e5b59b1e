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
from zlib import crc32

from tongwen.store.folder import LAST_RUN

NAME = LAST_RUN

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
        try:
            new.write_bytes(_content(run))
            os.replace(new, file)  # noqa: PTH105
        finally:
            new.unlink(missing_ok=True)


def last(folder: Path) -> Run | None:
    with suppress(OSError, ValueError, TypeError, LookupError):
        if not (folder / NAME).is_file():
            return None  # a pipe may never end
        content = (folder / NAME).read_bytes()
        run = Run(**json.loads(content)["run"])
        return run if content == _content(run) else None
    return None


def spoilt(folder: Path) -> bool:
    """Whether what is kept is not what was written."""
    return (folder / NAME).exists() and last(folder) is None


def _content(run: Run) -> bytes:
    """The run with its checksum, by which any change of it is told."""
    told = asdict(run)
    return json.dumps({"run": told, "crc32": f"{crc32(json.dumps(told).encode()):08x}"}).encode() + b"\n"
