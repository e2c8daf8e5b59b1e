"""The font that stands in for those that a file names and does not hold.

PDFium asks the machine for such a font, and of Chinese for which there is none it drops what is a text object of one
character, or is written downwards: whole pages, where each character is one. So it is always given the same font,
whatever the machine has: a square for every character. How wide a character is the file says itself, and nothing is
drawn here.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

BOX = Path(__file__).with_name("box.ttf")  # made by scripts/build-box-font

# Character sets as PDFium counts them (fpdf_sysfontinfo.h): of Japan, Korea, the Mainland and Taiwan.
WIDE = frozenset({128, 129, 134, 136})
HANDLE = 1  # by which PDFium asks for the font's data


@cache
def stand_in() -> None:
    """For all documents that this process opens from now on."""
    _StandIn(BOX.read_bytes()).setup()


class _StandIn(pypdfium2.PdfSysfontBase):  # type: ignore[misc]  # published without types
    """The functions that PDFium calls; 0 and None say that there is nothing, and its own fonts do for Latin letters."""

    def __init__(self, font: bytes) -> None:
        super().__init__()
        self._font = font

    def MapFont(self, _: Any, weight: int, italic: int, charset: int, *more: Any) -> int | None:
        return HANDLE if charset in WIDE else None

    def GetFont(self, _: Any, face: Any) -> None:
        return None

    def GetFontData(self, _: Any, font: int, table: int, buffer: Any, size: int) -> int:
        """``table`` 0: the whole font, which is written where there is room; how many bytes it has."""
        if table:
            return 0
        if size >= len(self._font):
            ctypes.memmove(buffer, self._font, len(self._font))
        return len(self._font)

    def GetFaceName(self, _: Any, font: int, buffer: Any, size: int) -> int:
        return 0

    def GetFontCharset(self, _: Any, font: int) -> int:
        return 0

    def DeleteFont(self, _: Any, font: int) -> None:
        return None
