"""From rows of characters to chunks: pieces of printed lines, with spaces where the print shows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongwen.decode.pdf.rows import SMALL, rows_of
from tongwen.decode.pdf.shapes import Box, Chunk, Drawn, Glyph

Raised = tuple[tuple[int, int], ...]
Breaks = tuple[tuple[int, float, float], ...]

WIDE = 1.0
"""Ems: a gap from which on a printed line may be two lines of two columns."""

_SPACE = 0.17  # ems between letters, where the font has no character for the space
_SPACE_BESIDE_HANZI = 0.5  # ems: many programs set letters and hanzi a quarter apart
_BREAK = 0.35  # ems: white that may part columns of a table, if it does so in other lines
_BULLET = "• "
_TO_TEXT = 3.0  # ems from a drawn bullet to its line
_WALLS = 100  # lines down across one line of text: a drawing, no table
_MANY = 400  # small marks: a drawing, no bullets


def chunks_of(glyphs: Sequence[Glyph], drawn: Drawn, spaced: bool = True) -> list[Chunk]:
    """From the top down; lines in ``drawn.down`` part them, ``drawn.dots`` become bullets where text follows them.

    ``spaced``: whether the file has characters for its spaces, so that a little white beside hanzi is none.
    """
    chunks = [chunk for row in rows_of(glyphs) for chunk in _cut(row, drawn.down, spaced)]
    for dot in drawn.dots if len(drawn.dots) <= _MANY else ():
        _set_bullet(chunks, dot)
    return chunks


def _cut(row: Sequence[Glyph], walls: Sequence[Box], spaced: bool) -> Iterator[Chunk]:
    size = max(glyph.size for glyph in row)
    middle = row[0].base - 0.3 * size
    between = [wall.x0 for wall in walls if wall.top <= middle <= wall.bottom]
    between = between if len(between) <= _WALLS else []
    piece: list[Glyph] = []
    last: Glyph | None = None
    for glyph in row:
        if not glyph.text.isspace():
            if last and (between or glyph.x0 - last.x1 >= last.size) and _parts(last, glyph, between):
                yield from _chunk(piece, spaced)
                piece = []
            last = glyph
        piece.append(glyph)
    yield from _chunk(piece, spaced)


def _parts(last: Glyph, glyph: Glyph, walls: Sequence[float]) -> bool:
    gap = glyph.x0 - last.x1
    if gap >= WIDE * max(last.size, glyph.size):
        return True
    return any(last.x1 - 0.3 * last.size <= wall <= glyph.x0 + 0.3 * glyph.size for wall in walls)


def _chunk(glyphs: Sequence[Glyph], spaced: bool) -> Iterator[Chunk]:
    """None where there are only spaces."""
    shown = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not shown:
        return
    size = _usual(shown)
    base = next(glyph.base for glyph in shown if glyph.size == size)
    text, raised, breaks = _write(glyphs[glyphs.index(shown[0]) :], size, base, spaced)
    box = Box(shown[0].x0, base - 0.85 * size, max(glyph.x1 for glyph in shown), base + 0.15 * size)
    weight = sum(glyph.style.bold for glyph in shown), sum(glyph.style.italic for glyph in shown)
    yield Chunk(text, box, base, size, 2 * weight[0] > len(shown), 2 * weight[1] > len(shown), raised, breaks)


def _usual(glyphs: Sequence[Glyph]) -> float:
    """The size in which the greatest length of it is set."""
    sizes: dict[float, float] = {}
    for glyph in glyphs:
        sizes[glyph.size] = sizes.get(glyph.size, 0) + glyph.x1 - glyph.x0
    return max(sizes, key=lambda size: (sizes[size], size))


def _write(glyphs: Sequence[Glyph], size: float, base: float, spaced: bool) -> tuple[str, Raised, Breaks]:
    text, last = "", glyphs[0]
    raised: list[tuple[int, int]] = []
    breaks: list[tuple[int, float, float]] = []
    for glyph in glyphs:
        blank = glyph.text.isspace()
        if not blank and text and not text[-1].isspace() and _is_space(last, glyph, spaced):
            text += " "
        if not blank and glyph.x0 - last.x1 > _BREAK * size:
            breaks.append((len(text), last.x1, glyph.x0))
        if not blank and glyph.size <= SMALL * size and base - glyph.base > 0.05 * size:
            begun = raised.pop()[0] if raised and raised[-1][1] == len(text) else len(text)
            raised.append((begun, len(text) + len(glyph.text)))
        text, last = text + glyph.text, last if blank else glyph
    return text, tuple(raised), tuple(breaks)


def _is_space(last: Glyph, glyph: Glyph, spaced: bool) -> bool:
    """Whether there is a space that no character stands for. A font without a name (type 3) never has one."""
    if glyph.x0 - last.x1 <= _SPACE * max(last.size, glyph.size):
        return False
    wide = [unicodedata.east_asian_width(side) in "WF" for side in (last.text[-1], glyph.text[0])]
    loose = all(wide) or (any(wide) and spaced and "" not in (glyph.style.font, last.style.font))
    return not loose or glyph.x0 - last.x1 > _SPACE_BESIDE_HANZI * max(last.size, glyph.size)


def _set_bullet(chunks: list[Chunk], dot: Box) -> None:
    """Puts a drawn bullet before the line that begins beside it."""
    middle = (dot.top + dot.bottom) / 2
    row = [chunk for chunk in chunks if chunk.box.top <= middle <= chunk.box.bottom]
    after = min((chunk for chunk in row if chunk.box.x0 >= dot.x1 - 1), key=lambda chunk: chunk.box.x0, default=None)
    if after is None or max(dot.width, dot.height) > 0.7 * after.size or after.box.x0 - dot.x1 > _TO_TEXT * after.size:
        return
    if any(dot.x0 - after.size < chunk.box.x1 <= dot.x1 for chunk in row):
        return
    raised = tuple((start + len(_BULLET), end + len(_BULLET)) for start, end in after.raised)
    box = after.box._replace(x0=dot.x0)
    chunks[chunks.index(after)] = replace(after, text=_BULLET + after.text, box=box, raised=raised, breaks=())
