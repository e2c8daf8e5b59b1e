"""What is asked of the files that were read: all of them, those below a path, one, and the folders they are in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from tongwen.store import columns
from tongwen.store.files import File, files_of, root_of
from tongwen.store.rows import Rows

# Each root by one look into their index, however many the files.
ROOTS = """WITH RECURSIVE next (root) AS (
    SELECT min(root) FROM files
    UNION ALL SELECT (SELECT min(root) FROM files WHERE root > next.root) FROM next WHERE next.root IS NOT NULL)
    SELECT root FROM next WHERE root IS NOT NULL"""

# At or below paths ('0' follows '/'), and besides them all whose path no text can hold.
BELOW = """SELECT * FROM files WHERE path IN (SELECT value FROM json_each(:paths))
    UNION SELECT f.* FROM json_each(:paths) AS p JOIN files AS f ON f.path >= p.value || '/' AND f.path < p.value || '0'
    UNION SELECT * FROM files WHERE path >= x'' ORDER BY doc"""


class KnownFiles(Rows):
    def roots(self) -> list[Path]:
        """The folders that were indexed."""
        return sorted(root_of(columns.unbind(root), self.file) for (root,) in self.all(ROOTS))

    def file_of(self, doc: str) -> File | None:
        """What is known of the file that has this id."""
        rows = self.all("SELECT * FROM files WHERE doc = ?", columns.bind(doc))
        return files_of(rows, self.file)[0] if rows else None

    def files(self, below: Iterable[str] | None = None) -> list[File]:
        """All, or at least those at or below absolute paths; in the order of their documents."""
        paths = None if below is None else _kept(below, self.file.parent)
        if paths is None:
            return files_of(self._connection.execute("SELECT * FROM files ORDER BY doc"), self.file)
        return files_of(self._connection.execute(BELOW, {"paths": json.dumps(paths)}), self.file)


def _kept(paths: Iterable[str], folder: Path) -> list[str] | None:
    """Absolute paths as the files below them are kept, seen from ``folder``; None where they may be any."""
    kept = [os.path.relpath(path, folder) for path in paths]
    if any(set(Path(path).parts) <= {os.pardir} or isinstance(columns.bind(path), bytes) for path in kept):
        return None
    return kept
