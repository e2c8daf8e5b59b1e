"""Plain text: every printed line is a block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongwen.decode.content import Content
from tongwen.model import Block, Span

_BREAKS = r"\r\n\f\u2028\u2029"
LINE = re.compile(rf"[^\s\u200b\ufeff](?:[^{_BREAKS}]*[^\s\u200b\ufeff])?")
"""A line that is not blank, without the white space (U+3000 too) at both ends."""


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The lines of ``text[start:end]``."""
    for match in LINE.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.end())


def read_plain(text: str) -> Content:
    return Content(text, tuple(Block("line", span) for span in lines(text)))
