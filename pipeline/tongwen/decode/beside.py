"""What lies beside the texts and says something of their folder: small files, read whole."""

from __future__ import annotations

import stat
from pathlib import Path

LIMIT = 16 << 20  # bytes: what people write by hand is far smaller


def read_beside(path: Path) -> str:
    """A pipe or a device is not opened, since it may never end.

    :raises OSError, UnicodeError: there is no such file, or it is none that can be read as UTF-8
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is not a regular file")
    with path.open("rb") as file:
        content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise OSError(f"it is larger than {LIMIT >> 20} MiB")
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
