"""How wide a text stands on a terminal: Chinese characters and full-width forms take two columns (UAX #11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

_UNBREAKABLE_START = "，。、；：？！）》」』”’〉】〕,.;:?!)]"  # no line begins with these (kinsoku)
_WORD = re.compile(r"[!-~À-ɏ]+|\s|.", re.DOTALL)  # a Latin word is kept whole, everything else breaks anywhere


def width(text: str) -> int:
    """The number of columns that ``text`` (one line, no control characters) takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrap(text: str, columns: int) -> Iterator[str]:
    """``text`` cut into lines of at most ``columns`` columns; joined they are ``text`` again.

    A Latin word longer than a line stays whole, and closing punctuation may stand out by one character.
    """
    line, used = "", 0
    for piece in _WORD.findall(text):
        size = width(piece)
        if line and used + size > columns and piece not in _UNBREAKABLE_START and not piece.isspace():
            yield line
            line, used = "", 0
        line, used = line + piece, used + size
    yield line


def shorten(text: str, columns: int) -> str:
    """``text`` if it fits, else its beginning and an ellipsis, together at most ``columns`` wide."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept) + "…"
