"""Where an offset is, as people say it: line and column, and the line with a caret under it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from tongwen.cli.width import shorten, width
from tongwen.model import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_BEFORE, _AFTER = 24, 36  # full-width characters of context on either side of the carets


class Quote(NamedTuple):
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

    def quote(self, span: Span, columns: int = 0) -> Quote:
        """The line that ``span`` begins in, cut around it; to at most ``columns`` columns if they are given."""
        start, end = self._line(span.start)
        stop = max(span.start, min(span.end, end))
        before = shorten(_flat(self.text[start : span.start])[::-1], 2 * _BEFORE)[::-1]
        marked, after = _flat(self.text[span.start : stop]), shorten(_flat(self.text[stop:end]), 2 * _AFTER)
        if columns:
            before = shorten(before[::-1], max(1, columns // 3))[::-1]
            whole, marked = marked, shorten(marked, max(1, columns - width(before) - 1))
            after = shorten(after, columns - width(before) - width(marked)) if marked == whole else ""
        return Quote(before + marked + after, " " * width(before) + "^" * max(1, width(marked)))

    def _line(self, offset: int) -> tuple[int, int]:
        """Where the line of ``offset`` begins, and where it ends before its line break."""
        line, _ = self.place(offset)
        start = self._starts[line - 1]
        following = self._starts[line] if line < len(self._starts) else len(self.text)
        return start, start + len(self.text[start:following].rstrip("\r\n"))


def _flat(text: str) -> str:
    """Tabs and other control characters as one column each, so that the caret stands where it should."""
    return "".join(character if character.isprintable() else " " for character in text)
