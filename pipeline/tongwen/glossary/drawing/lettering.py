"""How wide a text is on a picture, and where its lines break; fonts differ, so widths are on the safe side."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category, east_asian_width

LONGEST = 400  # characters of a text that are looked at: more never fit
NARROW, BROAD = "iljtf.,:;'|!()[] ", "mwMW@%—…"
_PIECE = re.compile(r"[!-~À-ɏ]+ ?|\s|.", re.DOTALL)  # a Latin word is kept whole, all else breaks anywhere
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 65534, 65535, *range(55296, 57344)))


class Style(NamedTuple):
    """``size`` in pixels; ``most``: the widest line; ``lines``: as many as there may be."""

    name: str
    size: float
    most: float
    lines: int

    @property
    def leading(self) -> float:
        return self.size * 1.32


MAIN = Style("main", 16.0, 176.0, 3)
SECOND = Style("second", 13.0, 176.0, 2)
ENGLISH = Style("english", 11.5, 176.0, 2)


def breadth(text: str, size: float) -> float:
    """In pixels."""
    return size * sum(map(_ems, text))


def _ems(character: str) -> float:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if east_asian_width(character) in "WFA" and not character.isascii():
        return 1.0
    if character in BROAD or character.isupper():
        return 0.9 if character in BROAD else 0.72
    return 0.36 if character in NARROW else 0.58


def lines(text: str, style: Style) -> list[str]:
    """``text`` broken to the style's measure; what is over ends in an ellipsis."""
    broken = [""]
    for piece in _PIECE.findall(clean(text[:LONGEST])):
        for part in [piece] if breadth(piece.rstrip(), style.size) <= style.most else piece:
            if broken[-1] and breadth((broken[-1] + part).rstrip(), style.size) > style.most:
                broken.append("")
            broken[-1] += part
    broken = [line.strip() for line in broken]
    if len(broken) > style.lines:
        broken = [*broken[: style.lines - 1], _shortened(broken[style.lines - 1], style)]
    return broken


def clean(text: str) -> str:
    """Without what no XML can hold, in one line."""
    return " ".join(text.translate(_CONTROL | {9: " ", 10: " ", 13: " "}).split())


def _shortened(text: str, style: Style) -> str:
    while text and breadth(f"{text}…", style.size) > style.most:
        text = text[:-1]
    return f"{text.rstrip()}…"
