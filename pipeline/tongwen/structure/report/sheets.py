"""Where the pages of a text begin, and what of its lines is a page's own: running heads and page numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tongwen.model import Document
from tongwen.structure.lines import Line
from tongwen.structure.pages import furniture

SELDOM = 0.04
"""Share of lines that may begin with a lone space where it marks a page: more often it is a habit of the text."""

OFTEN = 3
"""Such lines that a text must have."""

_NUMBERED = re.compile(r"^\d{1,4} {1,}(?=\D)|(?<=\D) {1,}\d{1,4}$")


def running(lines: Sequence[Line], title: str) -> set[int]:
    """Page numbers and running heads; a lone one shows itself as the document's title with a page number."""
    name = "".join(title.split())
    lone = {
        i
        for i, line in enumerate(lines)
        if line.kind == "line" and _NUMBERED.search(line.text) and "".join(_NUMBERED.sub("", line.text).split()) == name
    }
    return furniture(lines) | lone


def starts(document: Document, lines: Sequence[Line], removed: Collection[int]) -> frozenset[int]:
    """Indices of lines with which a page begins: known from the format, by a form feed, behind a page number, or by the
    lone space that dumps of PDF leave there."""
    feeds = {n for n, line in enumerate(lines) if "\f" in document.text[_gap(lines, n) : line.span.start]}
    known = {_first(lines, offset) for offset in document.pages[1:]}
    after = {i + 1 for i in removed if i + 1 < len(lines)}
    lone = {i for i, line in enumerate(lines) if line.kind == "line" and line.indent == 1}
    if not OFTEN <= len(lone) <= SELDOM * len(lines):
        lone = set()
    return frozenset((feeds | known or lone | after) - {0, len(lines)})


def _gap(lines: Sequence[Line], n: int) -> int:
    return lines[n - 1].span.end if n else 0


def _first(lines: Sequence[Line], offset: int) -> int:
    return next((n for n, line in enumerate(lines) if line.span.start >= offset), len(lines))
