"""A text as it stands in a cell of a CSV file, and back.

Law: a text without white space at its ends comes back as it was, but that line ends become line feeds, and what no
file of text should hold (control characters) U+FFFD.
"""

from __future__ import annotations

import re

from tongwen.export.guard import shielded, unshielded, writable

_LINE_END = re.compile(r"\r\n?")


def plain(text: str) -> str:
    """What any table can hold."""
    return writable(_LINE_END.sub("\n", text))


def to_cell(text: str) -> str:
    return shielded(plain(text))


def from_cell(cell: str) -> str:
    return unshielded(cell.strip()).strip()
