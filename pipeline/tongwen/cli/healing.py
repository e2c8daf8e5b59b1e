"""Layout wraps are closed up for reading; what is drawn with lines, as tables are, stays as it was drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WRAP = re.compile(r"(\S)[^\S\n]*(?:\r\n|\r|\n)\s*(?=(\S))")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\n]*(?:\r\n|\r|\n)\s*")
_BOX = "\u2500-\u257f"  # the Unicode block Box Drawing
_DRAWN = re.compile(rf"\s*[{_BOX}].*[{_BOX}]\s*")
_LINE = re.compile(r"[^\r\n]*")
_DRAWING = re.compile(f"[{_BOX}]")


def drawn(line: str) -> bool:
    """Whether ``line`` begins and ends with a drawn line; a dash at one end alone is punctuation."""
    return _DRAWN.fullmatch(line) is not None


def wraps(text: str) -> Iterator[tuple[int, int, str]]:
    """``[start, end)`` of each line break with the space around it, and what is read instead.

    That is nothing between Chinese characters and a space beside Latin ones; beside a drawn line it stays a break.
    """
    for wrapped in _WRAP.finditer(text):
        start, end = wrapped.start() + 1, wrapped.end()
        yield start, end, "\n" if _beside_drawing(text, start, end) else _joint(wrapped)


def _beside_drawing(text: str, start: int, end: int) -> bool:
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 if _DRAWING.match(text[start - 1]) else start
    following = _LINE.match(text, end) if _DRAWING.match(text[end]) else None
    return drawn(text[line:start]) or (following is not None and drawn(following[0]))


def _joint(wrapped: re.Match[str]) -> str:
    return " " if wrapped[1].isascii() and wrapped[2].isascii() else ""


def healed(text: str) -> str:
    """``text`` on one line, but for lines that are drawn."""
    text, whole, at = text.strip(), "", 0
    for start, end, gap in wraps(text):
        whole, at = whole + text[at:start] + gap, end
    return whole + text[at:]


def closed_up(text: str) -> str:
    """``text`` without blanks: what is wrapped or set apart is compared by it."""
    return "".join(text.split())


def paragraphs(text: str) -> Iterator[str]:
    """The healed paragraphs of a stretch of text, which blank lines part."""
    for part in _BLANK_LINE.split(text):
        if part.strip():
            yield healed(part)
