"""Pages whose text runs up, down or on its head, and columns written from top to bottom, brought to one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongwen.decode.pdf.characters import Character
from tongwen.decode.pdf.shapes import Box, Glyph

_TINY = 1.0  # points: no size in which text is set, but that of a font with a scale of its own
_ODD = 3.0  # a size so many times the height of the characters' own boxes, or less, is not their size


@dataclass(frozen=True, slots=True)
class Turn:
    """From the page's coordinates (y upwards) to those of reading (y downwards). ``vertical``: lines run down and
    follow each other from right to left."""

    way: int = 0
    vertical: bool = False

    @property
    def swaps(self) -> bool:
        return bool(self.way % 2) or self.vertical

    def __call__(self, box: Box) -> Box:
        (xa, ya), (xb, yb) = self.point(box.x0, box.top), self.point(box.x1, box.bottom)
        return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.vertical:
            return -y, -x
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self.way]

    def glyph(self, character: Character) -> Glyph:
        text, box, origin, size, style, run, _ = character
        if self is UPRIGHT:
            base = -origin[1]
        else:
            box = self(box)
            base = box.bottom - 0.15 * box.height if self.vertical else self.point(*origin)[1]
        if size < _TINY or (style.font and not box.height / _ODD < size < box.height * _ODD):
            size = box.height
        return Glyph(text, box.x0, box.x1, base, size, style, run)


UPRIGHT = Turn()


def turn_of(way: int, found: Sequence[Character]) -> Turn:
    return Turn(way, vertical=True) if way == 0 and _is_vertical(found) else Turn(way) if way else UPRIGHT


def _is_vertical(found: Sequence[Character]) -> bool:
    """Whether characters of one run mostly stand one below the other."""
    below = beside = 0
    for one, following in pairwise(found):
        if one.run == following.run:
            moved = one.box.bottom - following.box.bottom
            down = moved > 0.5 * one.size and abs(following.box.x0 - one.box.x0) < 0.5 * one.size
            below, beside = below + down, beside + (not down)
    return below > beside
