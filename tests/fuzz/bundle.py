"""The parts of a ZIP archive as one text, so that what is in them can be changed without a checksum in the way.

Each part follows a line ``=== its/name``; what is no such line belongs to the part above.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_PART = re.compile(rb"^=== (\S{1,200})\n", re.MULTILINE)


def bundled(archive: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return b"".join(b"=== %s\n%s\n" % (name.encode(), opened.read(name)) for name in opened.namelist())


def archived(bundle: bytes, others: Mapping[str, bytes] | None = None) -> bytes:
    """``others``: parts that the archive has too, where the bundle has none of that name."""
    _, *pieces = _PART.split(bundle)
    parts = {**(others or {}), **dict(zip(map(_name, pieces[::2]), pieces[1::2], strict=True))}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
