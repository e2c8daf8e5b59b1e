"""Numbers of notes that a dump of a page prints on a line of their own, since they are set higher than the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tongwen.model import Span, Text
from tongwen.structure.lines import Line

NEAR = 8
"""Lines from one note to the next at the foot of a page: page numbers, which count up too, are farther apart."""

INWARDS = range(2, 8)
"""Columns by which the text stands in behind its number: a lone space marks a page."""

_NUMBER = re.compile(r"\d{1,3}")


def lowered(lines: Sequence[Line], text: Text) -> list[Line]:
    """``lines`` of ``text``, each raised number of a note in one line with the first of its text.

    Evidence: the number stands alone right above a line that is set in, and the next number, or the one before, does so
    a few lines on; a number that is due after one of these may stand farther from it, on another page.
    """
    numbers = _counted({i: int(lines[i].text) for i in _alone(lines, text.original)})
    joined = {i: _joined(lines[i], lines[i + 1], text) for i in numbers}
    return [joined.get(i, line) for i, line in enumerate(lines) if i - 1 not in numbers]


def _alone(lines: Sequence[Line], text: str) -> Iterator[int]:
    """Numbers right above a line of text that is set in."""
    for i, (number, below) in enumerate(pairwise(lines)):
        same = number.kind == below.kind == "line" and number.frame == below.frame and not below.blank_before
        inwards = below.indent - _place(number, text) in INWARDS
        if same and inwards and _NUMBER.fullmatch(number.text) and not _NUMBER.fullmatch(below.text):
            yield i


def _place(line: Line, text: str) -> int:
    """Columns before a line, without the form feed of its page."""
    return line.indent - text.count("\f", max(0, line.span.start - line.indent), line.span.start)


def _counted(numbers: dict[int, int]) -> set[int]:
    found = list(numbers)
    close = [(i, j) for i, j in pairwise(found) if j - i <= NEAR and numbers[j] == numbers[i] + 1]
    near = {i for pair in close for i in pair}
    for step, order in ((1, found), (-1, found[::-1])):
        for before, i in pairwise(order):
            if before in near and numbers[i] == numbers[before] + step:
                near.add(i)
    return near


def _joined(number: Line, below: Line, text: Text) -> Line:
    span = Span(number.span.start, below.span.end)
    return number._replace(span=span, text=span.of(text.original), key=span.of(text.key))
