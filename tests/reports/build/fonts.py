"""Small TrueType fonts with a report's own characters, which Chromium embeds; it draws OpenType ones as pictures."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

_FOLDER = "/usr/share/fonts/opentype/noto"
_NONE = (
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
    "maxSizeOfInstructions", "maxComponentElements",
)  # fmt: skip
_LAYOUT = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx")


def face(family: str, weight: str, characters: Iterable[str]) -> str:
    """A ``@font-face`` rule that holds the font; ``family`` as ``Noto Serif CJK TC``."""
    font = _find(family, weight)
    options = Options()
    options.layout_features, options.drop_tables = [], [*options.drop_tables, *_LAYOUT]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(font)
    _quadratic(font)
    out = io.BytesIO()
    font.save(out)
    data = base64.b64encode(out.getvalue()).decode()
    number = 700 if weight == "Bold" else 400
    return f'@font-face {{ font-family: "{family}"; font-weight: {number}; src: url(data:font/ttf;base64,{data}) }}'


def _find(family: str, weight: str) -> TTFont:
    file = f"{_FOLDER}/{''.join(family.split()[:3])}-{weight}.ttc"
    for font in TTCollection(file, lazy=True).fonts:
        if font["name"].getDebugName(1).startswith(family):
            return font
    raise LookupError(f"no {family} in {file}")


def _quadratic(font: TTFont) -> None:
    """Cubic outlines (CFF) to quadratic ones (glyf)."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 2.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    del font["CFF "]
    font["glyf"].compile(font)
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for name in _NONE:
        setattr(maxp, name, 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    font.sfntVersion = "\000\001\000\000"
