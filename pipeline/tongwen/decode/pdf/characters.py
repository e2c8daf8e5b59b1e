"""The characters of a page as PDFium finds them, in the page's own coordinates (y upwards)."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from tongwen.decode.pdf.shapes import Box, Style

UNMAPPED = "\ufffd"

_BOLD = re.compile(r"bold|black|heavy|demi|[-_ ,]w[6-9]\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli", re.IGNORECASE)
_FORCED_BOLD, _SLANTED = 1 << 18, 1 << 6  # font flags: PDF 32000-1, table 123
_FILLED_AND_STROKED = 2  # text rendering mode: table 106
_HYPHEN = "\x02"  # so PDFium gives a hyphen that ends a line


class Character(NamedTuple):
    """``way``: the direction of reading in quarter turns; ``run`` counts the file's runs of characters."""

    text: str
    box: Box
    origin: tuple[float, float]
    size: float
    style: Style
    run: int
    way: int


class _Run(NamedTuple):
    size: float
    style: Style
    way: int
    origin: tuple[float, float]


def characters(page: Any) -> Iterator[Character]:
    """In the file's order. What PDFium puts between them to make words and lines is left out, as geometry tells it."""
    text, owner, loose = page, pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetLooseCharBox
    bounds, styles = pdfium.FS_RECTF(), _Styles()
    last, number, run, high = None, -1, _Run(0, Style(), 0, (0, 0)), ""
    apart, before = False, None
    for index in range(page.count_chars()):
        holder = owner(text, index)
        if not holder:
            apart = True
            continue
        address = ctypes.addressof(holder.contents)
        if address != last:
            last, number, run = address, number + 1, _run(text, index, holder, styles)
        printed, high = _printed(text, index, high)
        if printed and loose(text, index, bounds):
            box = Box(bounds.left, bounds.bottom, bounds.right, bounds.top)
            origin = run.origin if run.way == 0 and run.style.font else _origin(text, index)
            if not run.style.font and run.way == 0:
                box = _full(box, printed, origin[0], run.size)
            found = Character(printed, box, origin, run.size, run.style, number, run.way)
            if apart and before and not run.style.font and (printed + before.text).isascii():
                yield from _space(before, found)
            apart, before = False, found
            yield found


def _printed(text: Any, index: int, high: str) -> tuple[str, str]:
    """The character, and half a surrogate pair that waits for the next."""
    code = pdfium.FPDFText_GetUnicode(text, index)
    if 0xD800 <= code < 0xDC00:
        return "", chr(code)
    if 0xDC00 <= code < 0xE000:
        return (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
    if code in (0, 0xFFFE, 0xFFFF) or (code > 0x7E and pdfium.FPDFText_HasUnicodeMapError(text, index) == 1):
        return UNMAPPED, ""
    return "-" if chr(code) == _HYPHEN else chr(code) if code >= 0x20 else " ", ""


def _space(before: Character, found: Character) -> Iterator[Character]:
    """The space between two letters of a line that fonts without a name (type 3) do not have, where PDFium sees it."""
    box = found.box._replace(x0=before.box.x1, x1=found.box.x0)
    if found.way == 0 and abs(before.box.top - found.box.top) < found.size and 0 < box.width < found.size:
        yield found._replace(text=" ", box=box, origin=(box.x0, found.origin[1]))


def _full(box: Box, printed: str, x: float, size: float) -> Box:
    """Fonts without a name (type 3) give the ink alone; a wide character has the whole width."""
    right = x + 0.97 * size if unicodedata.east_asian_width(printed[0]) in "WF" else box.x1
    return box._replace(x0=min(x, box.x0), x1=max(box.x1, right))


def _run(text: Any, index: int, holder: Any, styles: _Styles) -> _Run:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    way = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    return _Run(abs(size), styles.of(holder), way, _origin(text, index))


def _origin(text: Any, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    return x.value, y.value


class _Styles:
    """The style of a run, each font asked once."""

    def __init__(self) -> None:
        self._fonts: dict[int, Style] = {}

    def of(self, holder: Any) -> Style:
        font = pdfium.FPDFTextObj_GetFont(holder)
        if not font:
            return Style()
        address = ctypes.addressof(font.contents)
        if address not in self._fonts:
            self._fonts[address] = _style(font)
        style = self._fonts[address]
        stroked = pdfium.FPDFTextObj_GetTextRenderMode(holder) == _FILLED_AND_STROKED
        return style._replace(bold=True) if stroked else style


def _style(font: Any) -> Style:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    bold = bool(_BOLD.search(name)) or bool(flags & _FORCED_BOLD)
    return Style(name.split("+", 1)[-1], bold, bool(_ITALIC.search(name)) or bool(flags & _SLANTED))
