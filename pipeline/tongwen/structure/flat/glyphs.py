"""Printed lines as characters in columns, and which of them are rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import combining, east_asian_width, name

from tongwen.structure.lines import Line

RULED = re.compile(r"[\u2500-\u257f｜]|^[+|]|-\+-|-\|-")
"""A line with a rule in it, drawn with box characters or in ASCII."""

_ASCII = {
    "|": frozenset("ud"),
    "｜": frozenset("ud"),
    "+": frozenset("udlr"),
    "-": frozenset("lr"),
    "=": frozenset("lr"),
}
_ARMS = {"UP": "u", "DOWN": "d", "LEFT": "l", "RIGHT": "r", "VERTICAL": "ud", "HORIZONTAL": "lr"}
_NOTHING: frozenset[str] = frozenset()


class Glyph(NamedTuple):
    """One character: ``at`` its first column, ``width`` columns wide, ``offset`` in the document's text.

    ``arms``: the sides (u, d, l, r) to which a rule runs on from it; empty for text.
    """

    char: str
    at: int
    width: int
    offset: int
    arms: frozenset[str]

    @property
    def upright(self) -> bool:
        return "u" in self.arms or "d" in self.arms

    @property
    def level(self) -> bool:
        return "l" in self.arms or "r" in self.arms


@cache
def arms(char: str) -> frozenset[str]:
    """Read off the character's Unicode name: BOX DRAWINGS LIGHT DOWN AND RIGHT."""
    if not "\u2500" <= char <= "\u257f":
        return _ASCII.get(char, _NOTHING)
    return frozenset("".join(_ARMS.get(word, "") for word in name(char).split()))


@cache
def width(char: str) -> int:
    """Columns of a character in a Chinese fixed-width font, in which the ambiguous ones are wide too."""
    return 0 if combining(char) else 2 if east_asian_width(char) in "WFA" else 1


def glyphs(line: Line, start: int = 0) -> list[Glyph]:
    """The characters of a line that are not blank; ``start``: the column at which the line begins."""
    out, at = [], start + line.indent
    for offset, char in enumerate(line.text, line.span.start):
        wide = width(char)
        if not char.isspace():
            out.append(Glyph(char, at, wide, offset, arms(char)))
        at += wide
    return out


def runs(line: Sequence[Glyph]) -> list[tuple[int, int]]:
    """Index ranges of glyphs that form one rule without a gap, with at least one corner or joint."""
    out: list[tuple[int, int]] = []
    start = None
    for i, glyph in enumerate([*line, None]):
        before = line[i - 1] if i else None
        joined = glyph and before and start is not None and _touch(before, glyph)
        if not joined and start is not None:
            if i - start > 1 and any(g.upright and "d" in g.arms for g in line[start:i]):
                out.append((start, i))
            start = None
        if start is None and glyph and glyph.level:
            start = i
    return out


def _touch(left: Glyph, right: Glyph) -> bool:
    return "r" in left.arms and "l" in right.arms and right.at - left.at - left.width <= 1
