"""Lines that name a box, a figure or a table: 文本 1 …, 图 2 …, Table 3: …."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tongwen.labels import caption_labels
from tongwen.lexicon import rows
from tongwen.numerals import number
from tongwen.structure.lines import Line, columns

MEASURE = 0.7
"""Share of the width of the lines below from which a caption's line can be full."""

LONGEST = 130
"""Columns of a caption's line."""


_VALUES = re.compile(r"[\d\s.,%-]+")
"""The figures at an axis."""


@dataclass(frozen=True, slots=True)
class Caption:
    """``number`` as sentences cite it ("4", "3-1"); ``length``: what kind and number take of the key."""

    kind: str
    number: str
    length: int


def caption(key: str) -> Caption | None:
    """The caption that a line's key is, None where it is none or where a sentence goes on after the number."""
    for label in caption_labels(key):
        if not _mentions().match(key, label.length) and columns(key) <= LONGEST:
            printed = label.number
            value = number(printed) if printed and not printed[-1].isdigit() else None
            return Caption(label.kind, str(value) if value else printed, label.length)
    return None


@cache
def _mentions() -> re.Pattern[str]:
    return re.compile("|".join(pattern for pattern, _reason in rows("caption_mentions.tsv")))


def caption_lines(lines: Sequence[Line], i: int) -> int:
    """How many lines a caption takes that begins at line ``i``: it goes on where the line is as wide as those below it
    and the next ends no sentence and stands right below."""
    end = i + 1
    while end < len(lines) and _goes_on(lines, end):
        end += 1
    return end - i


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    left, right = lines[i - 1], lines[i]
    if right.kind != "line" or left.kind != "line" or right.blank_before or right.drawn or right.ends_sentence:
        return False
    if _VALUES.fullmatch(right.key):
        return False
    wide = left.width >= MEASURE * max((line.width for line in lines[i : i + 4]), default=0)
    return wide and right.width < left.width and caption(right.key) is None
