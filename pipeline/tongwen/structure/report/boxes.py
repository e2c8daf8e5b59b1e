"""Boxes: where one begins, and where the text around it goes on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongwen.structure.report.bare import bare_line, parted_case
from tongwen.structure.report.captions import Caption, caption
from tongwen.structure.report.column import GOES_ON, Column
from tongwen.structure.report.count import Count, count
from tongwen.structure.report.printed import Printed

OTHER_MEASURE = 3
"""Columns by which the lines of the text differ from those of a box, at least: a mark that may not begin a line takes
two."""

SHORT = 0.7
"""Share of the measure that a heading takes at most."""

OTHER_WORDS = 4
"""The same for text in words, whose lines are ragged."""

LOOK = 6
"""Lines from which a measure is taken."""

LONGEST = 90
"""Lines: a box that nothing has ended by then ends with its first paragraph."""


@dataclass(frozen=True, slots=True)
class Box:
    """Places in the column: the title takes ``[start, title)``, the text ``[title, end)``. ``sure`` is False where no
    sign ends the box."""

    start: int
    title: int
    end: int
    caption: Caption
    sure: bool


def boxes(column: Column, heads: Collection[int], stops: Collection[int]) -> list[Box]:
    """``heads``: places of numbered headings; ``stops``: places before which a table or a figure was lifted out."""
    starts = [i for i in range(len(column.lines)) if _begins(column, i)]
    out: list[Box] = []
    pending = ""
    numbers = count(column, heads)
    for i, after in pairwise([*starts, len(column.lines)]):
        if not out or out[-1].end < i:
            pending = column.lines[i - 1].body if i and not column.lines[i - 1].closed else ""
        out.append(_box(_Around(column, {*heads, *stops}, pending, numbers), i, after))
    return out


@dataclass(frozen=True, slots=True)
class _Around:
    """``borders``: places that no box goes beyond; ``pending``: the sentence that the box, or a row of them,
    interrupts; ``numbers``: what counts through the text."""

    column: Column
    borders: set[int]
    pending: str
    numbers: Count


def _begins(column: Column, i: int) -> bool:
    printed = column.lines[i]
    found = caption(printed.body)
    if not found or found.kind != "box" or printed.line.kind not in ("line", "paragraph", "heading"):
        return False
    left = column.lines[i - 1] if i else None
    apart = left is None or printed.line.blank_before or printed.page or left.closed or not column.full(i - 1)
    return apart and not printed.closed and not parted_case(column, i)


def _box(around: _Around, start: int, limit: int) -> Box:
    found = caption(around.column.lines[start].body)
    assert found is not None
    title = start + (2 if _title_wraps(around.column, start) else 1)
    end, sure = _end(around, start, title, min(limit, title + LONGEST))
    return Box(start, title, end, found, sure)


def _title_wraps(column: Column, i: int) -> bool:
    """Whether the title goes on below: a line that fills less than those of the box's text."""
    if i + 2 >= len(column.lines):
        return False
    left, right, after = column.lines[i], column.lines[i + 1], column.lines[i + 2]
    found = caption(left.body)
    if found and found.length >= len(left.body) and bare_line(right) and not right.page:
        return True
    free = right.line.kind == "line" and not right.line.blank_before and not right.page and not right.opens_item
    short = right.width < after.width - 2 and bare_line(right)
    return free and short and (left.width > right.width or right.body[0] == "(") and not after.page


def _end(around: _Around, start: int, title: int, limit: int) -> tuple[int, bool]:
    """The first place from ``title`` on that is no part of the box, and whether a sign shows it."""
    column = around.column
    measure = _own(column, title, limit)
    weak = None
    for j in range(title + 1, limit):
        border = _border(column, j) and not _goes_on(column, j, measure)
        due = column.lines[j].line.blank_before and around.numbers.due(start, j)
        if j in around.borders or due or (border and _turns(column, j)):
            return weak or j, True
        if border and _resumes(around, j, measure):
            return j, True
        if weak is None and border and _other(column, j, measure):
            weak = j
    if weak is not None:
        return weak, True
    return (limit, True) if limit < title + LONGEST else (_paragraph(column, title, limit), False)


def _border(column: Column, j: int) -> bool:
    """Whether a paragraph ends before line ``j``."""
    return column.lines[j].page or not column.joins(j)


def _goes_on(column: Column, j: int, measure: int) -> bool:
    """Whether a line of the box that is full by its own measure breaks off right above line ``j``."""
    left, right = column.lines[j - 1], column.lines[j]
    near = not right.parted and not right.page and right.number == left.number + 1
    return near and not left.closed and not right.opens_item and left.width >= measure - OTHER_MEASURE


def _turns(column: Column, j: int) -> bool:
    """Whether a page ends before line ``j`` and nothing goes over."""
    left = column.lines[j - 1]
    return column.lines[j].page and left.closed and not left.introduces


def _resumes(around: _Around, j: int, measure: int) -> bool:
    """Whether the sentence that the box interrupts goes on at line ``j``."""
    column = around.column
    right = column.lines[j]
    if not around.pending or right.opens_item or column.lines[j - 1].introduces:
        return False
    bonus = 1.0 if abs(_measure(column.lines[j : j + LOOK]) - measure) >= OTHER_MEASURE else 0.0
    return column.evidence.fits(around.pending, right.body) + bonus >= GOES_ON


def _other(column: Column, j: int, measure: int) -> bool:
    """Whether the text from ``j`` on is none of the box: its next paragraph is wider, or clearly narrower; or a heading
    stands there, which boxes seldom hold."""
    if column.lines[j - 1].introduces or column.lines[j].opens_item:
        return False
    end = _after(column, j)
    if end == j + 1 and bare_line(column.lines[j]) and end < len(column.lines):
        if column.lines[j].line.blank_before and column.lines[j].width < SHORT * measure:
            return True
        end = _after(column, end)
    width = _measure(column.lines[j:end])
    other = OTHER_WORDS if column.lines[j].body[:1].isascii() else OTHER_MEASURE
    return width >= measure + other or (end - j >= LOOK // 2 and width <= measure - 2 * other)


def _own(column: Column, title: int, limit: int) -> int:
    """The measure of the box: of its lines up to the first blank one, or to the second where a single line stands
    before that."""
    last = min(title + LOOK, limit)
    gaps = [k for k in range(title + 1, last) if column.lines[k].parted or column.lines[k].page]
    end = next((k for k in gaps if k > title + 1), last)
    return _measure(column.lines[title:end])


def _after(column: Column, j: int) -> int:
    """Where the paragraph that begins at line ``j`` ends."""
    end = j + 1
    while end < len(column.lines) and column.joins(end):
        end += 1
    return end


def _measure(lines: Sequence[Printed]) -> int:
    return max((p.width for p in lines if not p.line.drawn), default=0)


def _paragraph(column: Column, title: int, limit: int) -> int:
    return next((j for j in range(title + 1, limit) if _border(column, j)), limit)


def inside(found: Sequence[Box]) -> set[int]:
    return {i for box in found for i in range(box.start, box.end)}
