"""Running text outside the articles: paragraphs that pages, columns and boxes of several widths have cut into lines.

The measure of such a page changes from box to column, so a line is full by the lines around it; and a page break or
double spacing leaves blank lines inside sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongwen.structure.labels import labels
from tongwen.structure.lines import LATIN_SLACK, SLACK, Line
from tongwen.structure.provisions import Paragraph
from tongwen.structure.regions import region

NARROWEST = 28
"""Columns: narrower lines are cells of a table or headings."""

AROUND = 3
"""Lines on either side by which a line is judged."""

_OPENS = re.compile(r"[•·●○■□◆◇▪‣*] ?|- |\d{1,2}(?:\.\d{1,2})+ ")
_GAP = re.compile(r"(?<=[^\x00-\x7f,。、;:]) (?=[^\x00-\x7f0-9])|(?<=[0-9%日]) (?=[0-9–-])")
CELLS = 2
"""Gaps in a line of Chinese text or figures that make it a row of cells: running text has none."""

_NEVER_FIRST = re.compile(r"[,。、;:!?)】〕》]")


def prose(lines: Sequence[Line]) -> list[Paragraph]:
    """Paragraphs of wrapped running text, lines put together across blank lines where a sentence goes on."""
    out: list[list[Line]] = []
    for i, line in enumerate(lines):
        if out and (_joins(lines, i - 1) or (line.drawn and not line.blank_before)):
            out[-1].append(line)
        else:
            out.append([line])
    return [Paragraph(tuple(group)) for group in out]


def _joins(lines: Sequence[Line], i: int) -> bool:
    line, after = lines[i], lines[i + 1]
    if line.kind != "line" or after.kind != "line" or line.drawn or after.drawn or line.ends_sentence:
        return False
    if _NEVER_FIRST.match(after.key):
        return True
    if _OPENS.match(after.key) or labels(after.key) or region(after) == "caption" or region(line) == "caption":
        return False
    if min(len(_GAP.findall(line.key)), len(_GAP.findall(after.key))) >= CELLS:
        return False
    return line.width >= max(NARROWEST, _measure(lines, i) - _slack(line))


def _measure(lines: Sequence[Line], i: int) -> int:
    return max(line.width for line in lines[max(0, i - AROUND) : i + AROUND + 1] if not line.drawn)


def _slack(line: Line) -> int:
    return LATIN_SLACK if line.key[-1].isascii() and line.key[-1].isalpha() else SLACK
