"""Where an offset is, as people say it: line and column, and the line with a caret under it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from tongwen.cli.width import width
from tongwen.model import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_BEFORE, _AFTER = 24, 36  # code points of context on either side of the caret


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of the text, cut around the evidence, and carets that stand under it when printed one below the other."""

    line: str
    carets: str


class Lines:
    """The lines of one text. Line and column count from 1, columns in code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def quote(self, span: Span) -> Quote:
        line, _ = self.place(span.start)
        start = self._starts[line - 1]
        following = self._starts[line] if line < len(self._starts) else len(self.text)
        end = start + len(self.text[start:following].rstrip("\r\n"))
        left = max(start, span.start - _BEFORE)
        right = max(left, min(end, max(span.end, span.start + 1) + _AFTER, span.start + 2 * _AFTER))
        before = ("…" if left > start else "") + _flat(self.text[left : span.start])
        marked = _flat(self.text[span.start : min(span.end, right)])
        after = _flat(self.text[span.start + len(marked) : right]) + ("…" if right < end else "")
        return Quote(before + marked + after, " " * width(before) + "^" * max(1, width(marked)))


def _flat(text: str) -> str:
    """Tabs and other control characters as one column each, so that the caret stands where it should."""
    return "".join(character if character.isprintable() else " " for character in text)
