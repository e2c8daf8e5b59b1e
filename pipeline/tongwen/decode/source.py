"""The bytes of a file, within bounds, or one sentence that says why not."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tongwen.decode.files import format_of, printable
from tongwen.errors import UnreadableFile, UsageError
from tongwen.model import Format

LIMIT = 64  # MiB: a text needs up to 7 times its size in memory
PAGE_SHARE = 4  # an HTML page needs up to 70 times its size, so a quarter of the limit holds for it
SETTING = "TONGWEN_MAX_FILE_MB"

_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\xfd7zXZ": "an xz archive",
    b"SQLite format 3\x00": "an SQLite database",
    b"{\\rtf": "an RTF document",
}

# What files of a format begin with: its reader says what is wrong with an old or a damaged one.
_OWN: Mapping[Format, tuple[bytes, ...]] = MappingProxyType(
    {"docx": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "pdf": (b"%PDF-",)}
)

# What is said of a file of a known format under another name.
_EXTENSION: Mapping[bytes, str] = MappingProxyType({b"%PDF-": "Give it the extension .pdf, and it can be read."})


def read_bytes(path: Path) -> bytes:
    """:raises UnreadableFile: no regular file, no permission, vanished, empty, too large, or known to be no text"""
    name = printable(str(path))
    try:
        _check(path, name)
        data = path.read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UnreadableFile(f"{name} cannot be read: {reason}.", "Check that it exists and may be read.") from fault
    if not data.strip():
        raise UnreadableFile(f"{name} is empty.", "Delete it, or put its text into it.")
    own = _OWN.get(format_of(path), ())
    for magic, what in _MAGIC.items():
        if data.startswith(magic) and magic not in own:
            hint = _EXTENSION.get(magic, "Save its text as TXT, Markdown or HTML.")
            raise UnreadableFile(f"{name} is not a text but {what}.", hint)
    return data


def _check(path: Path, name: str) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(f"{name} is not a regular file.", "Only files can be read.")
    most = max(limit() // PAGE_SHARE, 1) if format_of(path) == "html" else limit()
    if status.st_size > most * 2**20:
        size = f"{status.st_size / 2**20:.1f} MiB"
        message = f"{name} has {size}, more than the limit of {most} MiB for its format."
        raise UnreadableFile(message, f"Split it, or set {SETTING} (now {limit()}) higher.")


def limit() -> int:
    """The largest file that is read, in MiB.

    :raises UsageError: the setting is no positive number
    """
    setting = os.environ.get(SETTING, "")
    if not setting:
        return LIMIT
    if not setting.isdecimal() or int(setting) == 0:
        raise UsageError(f"{SETTING} is {setting!r}, not a number of mebibytes.", f"Set it to {LIMIT}, say.")
    return int(setting)
