"""A small writer of PDF files for the tests: text in built-in fonts, lines and areas, and what may be wrong."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

HANZI, HANZI_BOLD, LATIN, LATIN_BOLD, UNMAPPED, DOWNWARDS = (f"F{number}" for number in range(1, 7))

_WIDE = b"""<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /UniGB-UCS2-%s /DescendantFonts [ <<
 /Type /Font /Subtype /CIDFontType0 /BaseFont /%s /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)
 /Supplement 2 >> >> ] >>"""
_NARROW = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
_NAMELESS = b"""<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [ <<
 /Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /DW 1000 /CIDSystemInfo << /Registry (Adobe)
 /Ordering (Identity) /Supplement 0 >> >> ] >>"""
_FONTS = (
    _WIDE % (b"STSong-Light", b"H", b"STSong-Light"),
    _WIDE % (b"STHeiti-Bold", b"H", b"STHeiti-Bold"),
    _NARROW % b"Helvetica",
    _NARROW % b"Helvetica-Bold",
    _NAMELESS,
    _WIDE % (b"STSong-Light", b"V", b"STSong-Light"),
)


@dataclass
class Page:
    """``content`` grows by what is put on it; y counts upwards from the lower edge, in points."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    content: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = HANZI, more: str = "") -> Page:
        """``more``: operators before the text is shown, such as ``3 Tr`` for text that is not seen."""
        code = _literal(text) if font in (LATIN, LATIN_BOLD) else b"<" + text.encode("utf-16-be").hex().encode() + b">"
        head = f"BT /{font} {size} Tf {more} 1 0 0 1 {x} {y} Tm ".encode()
        self.content.append(head + code + b" Tj ET")
        return self

    def lines(
        self, x: float, y: float, lines: Iterable[str], size: float = 10, pitch: float = 16, font: str = HANZI
    ) -> Page:
        for number, line in enumerate(lines):
            self.text(x, y - number * pitch, line, size, font)
        return self

    def draw(self, operators: str) -> Page:
        self.content.append(operators.encode())
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        """Lines across at ``ys`` and down at ``xs``."""
        for y in ys:
            self.draw(f"{xs[0]} {y} m {xs[-1]} {y} l S")
        for x in xs:
            self.draw(f"{x} {ys[0]} m {x} {ys[-1]} l S")
        return self


def _literal(text: str) -> bytes:
    raw = text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        raw = raw.replace(sign, b"\\" + sign)
    return b"(" + raw + b")"


def write(pages: Sequence[Page], info: str = "", trailer: str = "", extra: Sequence[bytes] = ()) -> bytes:
    """A file with these pages. Object 1 is the catalogue, 2 the page tree, 3 the fonts' names, 4 the information, 5 to
    10 the fonts; then ``extra``; then for each page its dictionary and its content."""
    first = 5 + len(_FONTS) + len(extra)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [ {kids} ] >>".encode(),
        f"<< {' '.join(f'/F{n} {4 + n} 0 R' for n in range(1, len(_FONTS) + 1))} >>".encode(),
        f"<< {info} >>".encode(),
        *_FONTS,
        *extra,
    ]
    for number, page in enumerate(pages):
        objects += [_dictionary(page, first + 2 * number + 1), stream(b"\n".join(page.content))]
    return assemble(objects, trailer)


def _dictionary(page: Page, content: int) -> bytes:
    box = f"/MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate}"
    return f"<< /Type /Page /Parent 2 0 R {box} /Resources << /Font 3 0 R >> /Contents {content} 0 R >>".encode()


def stream(data: bytes, entries: str = "", packed: bool = False) -> bytes:
    entries += " /Filter /FlateDecode" if packed else ""
    data = zlib.compress(data, 9) if packed else data
    return f"<< /Length {len(data)} {entries} >> stream\n".encode() + data + b"\nendstream"


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """The objects, numbered from 1, with their table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
