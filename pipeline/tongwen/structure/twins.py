"""Texts that print each heading and paragraph in Chinese and, on the line below, in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tongwen.structure.headings import Candidate
from tongwen.structure.lines import Line
from tongwen.structure.provisions import Paragraph

MAJORITY = 0.6
"""Share of the Chinese headings that have an English one below, before these are taken for translations."""

TWIN = "twin"
"""Label of a line that repeats the number of an article in English."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def english(line: Line) -> bool:
    return _CHINESE.search(line.key) is None and any(map(str.isalpha, line.key))


def translates(above: Line, below: Line) -> bool:
    return english(below) and not english(above)


def without_translated(heads: Sequence[Candidate], lines: Sequence[Line]) -> tuple[list[Candidate], set[int]]:
    """The heads without those that are translations, and the lines of these: 第一條⏎Article 1."""
    twins = {
        after.line
        for before, after in pairwise(heads)
        if after.line == before.line + 1
        and after.label.number == before.label.number
        and translates(lines[before.line], lines[after.line])
    }
    if not twins or len(twins) < MAJORITY * (len(heads) - len(twins)):
        return list(heads), set()
    return [head for head in heads if head.line not in twins], twins


def translated(body: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a text in two languages: the number of a translation is that of the paragraph above it."""
    out: list[Paragraph] = []
    above: Paragraph | None = None
    for paragraph in body:
        if above and paragraph.readings and translates(above.lines[0], paragraph.lines[0]):
            values = {label.value for label in above.readings}
            again = any(label.value in values for label in paragraph.readings)
            out.append(paragraph._replace(readings=(), quoted=True) if again else paragraph)
        else:
            out.append(paragraph)
            above = paragraph
    return out
