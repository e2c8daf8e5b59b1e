"""Characters of fonts that are no alphabet, as the signs that are seen (symbol_glyphs.tsv)."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows

BULLET = "•"
_PRIVATE = 0xF000  # where Word keeps the 256 places of such a font
_PLACES = re.compile("[\uf020-\uf0ff]")


@cache
def _glyphs() -> dict[tuple[str, int], str]:
    return {
        (font, int(first, 16) + number): character
        for font, first, characters, _ in rows("symbol_glyphs.tsv")
        for number, character in enumerate(characters.split())
    }


def _fold(font: str) -> str:
    return font.lower().replace(" ", "")


def glyph(font: str, place: int) -> str:
    """The sign at a place of a font; the private character that Word stores, where it is not known."""
    return _glyphs().get((_fold(font), place & 0xFF)) or chr(_PRIVATE | place & 0xFF)


def seen(text: str, font: str) -> str:
    """``text`` with the signs that a font prints for private characters."""
    return _PLACES.sub(lambda match: glyph(font, ord(match[0])), text)


def bullet(text: str, font: str) -> str:
    """A list's bullet; a plain one where the font's sign is not known, or it is a picture."""
    shown = seen(text, font)
    return BULLET if not shown.strip() or _PLACES.search(shown) else shown
