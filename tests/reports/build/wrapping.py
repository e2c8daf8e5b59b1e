"""Running text broken into printed lines, as typesetters break Chinese and English."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from reports.build.model import Rich

GLUE = "\u2060"
"""Stands before a note marker, and keeps it on the line of what it follows; pages are printed without it."""

_BAD_START = "，。、；：！？）》”』」,.;:!?)"
_BAD_END = "（《“『「("
_QUOTES = "“”‘’"


def glued(text: Rich) -> str:
    return "".join(piece + (GLUE + note.number if note else "") for piece, note in text.pieces())


def wrap(text: str, room: int) -> list[str]:
    """Lines of at most ``room`` half-widths; Latin words stay whole, punctuation hangs."""
    lines, line = [], ""
    for token in _tokens(text):
        full = line and width(line + token.rstrip()) > room and token.strip()[:1] not in _BAD_START
        if full:
            carry = line[-1] if line[-1] in _BAD_END else ""
            lines.append(line.removesuffix(carry).rstrip())
            line = carry
        line += token.lstrip() if full else token
    return [*lines, line.rstrip()]


def width(text: str) -> int:
    """In half-widths: a Chinese character is two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" or c in _QUOTES for c in text)
    return len(text) + wide - text.count(GLUE)


def _tokens(text: str) -> list[str]:
    """What stays on one line: a Latin word, a space, a character with the note marker behind it."""
    tokens: list[str] = []
    for token in _words(text):
        if token.startswith(GLUE) and tokens:
            tokens[-1] += token
        else:
            tokens.append(token)
    return tokens


def _words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if char == GLUE:
            yield from filter(None, (word,))
            word = char
        elif ord(char) < 0x2E80 and not char.isspace() and char not in _QUOTES:
            word += char
        else:
            yield from filter(None, (word,))
            yield " " if char.isspace() else char
            word = ""
    yield from filter(None, (word,))
