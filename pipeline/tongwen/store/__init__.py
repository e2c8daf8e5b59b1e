"""What was read, kept in one SQLite file: documents, records, passages, problems, files.

The file is the one truth: a search engine's own files can be rebuilt from it, and which of them are valid is written
in it. ``Store.read`` sees one snapshot and never waits for a writer; ``Store.write`` is one process at a time. What
writes is imported when it is asked for: who looks something up must not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tongwen.later import attributes
from tongwen.store import connection
from tongwen.store.connection import NAME
from tongwen.store.listing import KINDS
from tongwen.store.reader import Found, Reader

if TYPE_CHECKING:
    from tongwen.store.columns import Parcel, pack
    from tongwen.store.files import File
    from tongwen.store.soundness import put_aside
    from tongwen.store.writer import Writer

__all__ = ["KINDS", "NAME", "File", "Found", "Parcel", "Reader", "Store", "Writer", "pack", "put_aside"]

__getattr__ = attributes(
    __name__, {"File": "files", "Parcel": "columns", "Writer": "writer", "pack": "columns", "put_aside": "soundness"}
)


class Store:
    """The two ways into an index folder."""

    @staticmethod
    @contextmanager
    def read(folder: Path) -> Iterator[Reader]:
        """Raises ``NoIndex``, ``IndexTooNew``, ``IndexDamaged``."""
        with connection.reading(folder) as opened:
            yield Reader(opened, folder / NAME)

    @staticmethod
    @contextmanager
    def write(folder: Path, anew: bool = False) -> Iterator[Writer]:
        """Makes what is missing. What was done since the last checkpoint is kept on a normal end, else dropped.

        ``anew``: a file that is damaged is set aside first. Raises ``IndexBusy``, ``IndexTooNew``, ``IndexDamaged``.
        """
        from tongwen import settling  # noqa: PLC0415  as above
        from tongwen.store import lock  # noqa: PLC0415
        from tongwen.store.soundness import set_aside  # noqa: PLC0415
        from tongwen.store.writer import Writer  # noqa: PLC0415

        settling.made(folder)
        with lock.writing(folder):
            if anew:
                set_aside(folder)
            with connection.writing(folder) as opened:
                writer = Writer(opened, folder / NAME)
                yield writer
                writer.commit()
