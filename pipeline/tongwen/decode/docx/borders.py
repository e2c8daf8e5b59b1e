"""Borders that make a drawn box: of paragraphs (``w:pBdr``) and of tables and cells."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tongwen.decode.docx.elements import child, value

_SIDES = ("top", "left", "bottom", "right")
_STRICT = {"left": "start", "right": "end"}  # what the strict namespace calls them
_NONE = frozenset(("", "none", "nil"))


def signature(borders: Element | None) -> str | None:
    """What equal boxes share: the style of their lines; "" without lines on all four sides, None: nothing is said."""
    if borders is None:
        return None
    lines = [_line(borders, side) for side in _SIDES]
    return " ".join(lines) if not _NONE.intersection(lines) else ""


def is_drawn(borders: Element | None) -> bool | None:
    """Whether there are lines on all four sides; None: nothing is said."""
    drawn = signature(borders)
    return None if drawn is None else bool(drawn)


def _line(borders: Element, side: str) -> str:
    line = child(borders, side)
    if line is None:
        line = child(borders, _STRICT.get(side, side))
    return value(line)
