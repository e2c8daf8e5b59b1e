"""What a dump of a page leaves of a figure: the figures at its axes, the words in its legend, and its source."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from tongwen.labels import division_label, labels
from tongwen.structure.captions import is_note
from tongwen.structure.lines import Line
from tongwen.structure.report.heading_shape import DECIMAL_NUMBER

LONGEST = 40
"""Lines between a figure's caption and its source."""

WIDEST = 44
"""Columns of a line that may be a figure's; running text is set wider."""

_VALUES = re.compile(r"[\d\s.,%‰~+()<>=年月/-]*\d[\d\s.,%‰~+()<>=年月/-]*")


def remains(lines: Sequence[Line], end: int, taken: Collection[int]) -> list[int]:
    """The lines behind a figure's caption that belong to it: all up to its source, where nothing else stands between;
    or else such as hold figures alone."""
    inside = list(takewhile(lambda n: n not in taken and _short(lines[n]), range(end, min(len(lines), end + LONGEST))))
    behind = end + len(inside)
    if behind < len(lines) and behind not in taken and lines[behind].kind == "line" and is_note(lines[behind].text):
        return [*inside, behind]
    return list(takewhile(lambda n: values(lines[n]), inside))


def values(line: Line) -> bool:
    """Whether a line holds nothing but figures."""
    return line.kind == "line" and _VALUES.fullmatch(line.key) is not None


def _short(line: Line) -> bool:
    if line.kind != "line" or is_note(line.text):
        return False
    if values(line):
        return True
    numbered = labels(line.key) or division_label(line.key) or DECIMAL_NUMBER.match(line.key)
    return not (numbered or line.ends_sentence or line.wider(WIDEST))
