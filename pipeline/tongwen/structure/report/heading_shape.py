"""What the lines of a heading look like: short, alone, without a full stop, and wrapped in its own measure."""

from __future__ import annotations

import re

from tongwen.labels import division_label
from tongwen.structure.report.column import Column

LONGEST = 90
"""Columns: no heading is longer, over all its lines."""

LONGEST_HEADING = 3
"""Lines: what goes on for more is text."""

_RUNNING = re.compile(r"[,。;!?]|^\W*$|  |@|https?:|\.{4}|……")
_BRACKETED = re.compile(r"(?<=\w)\([^()]*\)")
DECIMAL_NUMBER = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,4})(?:\.?\s+|(?=[\u3400-\u9fff]))(?=[^\s(])")


def alone(column: Column, i: int) -> bool:
    """Whether nothing before the line goes on in it."""
    if i == 0 or column.lines[i].line.blank_before or column.lines[i].page:
        return True
    left = column.lines[i - 1]
    return left.closed or not column.full(i - 1)


def may_head(body: str) -> bool:
    short = bool(body) and not _RUNNING.search(body) and not body.endswith((":", "、", "(", "“"))
    return short and any(c.isalpha() for c in body)


def extent(column: Column, i: int, mark: int) -> int:
    """Lines of a heading that begins at line ``i``, whose number takes ``mark``; 0 where it is running text."""
    body = column.lines[i].body
    if not alone(column, i) or (mark < len(body) and not may_head(_eased(body[mark:].strip()))):
        return 0
    if _runs_on(column, i):
        return 0
    if not wraps(column, i):
        return 1
    return 2 if may_head(_eased(column.lines[i + 1].body)) else 0


def _runs_on(column: Column, i: int) -> bool:
    """Whether the line begins a text that ends in a full stop."""
    end = i
    while end - i < LONGEST_HEADING and _unparted(column, end + 1) and column.joins(end + 1):
        end += 1
    return (end > i and column.lines[end].closed) or end - i == LONGEST_HEADING


def _unparted(column: Column, i: int) -> bool:
    return i < len(column.lines) and not column.lines[i].parted


def _eased(body: str) -> str:
    """A numbered heading may hold commas, and more in brackets."""
    return _BRACKETED.sub("", body).replace(",", "、").replace("、", "·")


def wraps(column: Column, i: int) -> bool:
    """Whether the heading's line goes on in the next: directly below, shorter, and the text after it is another."""
    if i + 1 >= len(column.lines):
        return False
    left, right = column.lines[i], column.lines[i + 1]
    if right.line.kind != "line" or right.line.blank_before or right.page or right.opens_item or left.closed:
        return False
    after = column.lines[i + 2] if i + 2 < len(column.lines) else None
    short = right.width < left.width and right.width + left.width <= LONGEST and left.width >= 20
    if not short or right.closed or DECIMAL_NUMBER.match(right.body) or division_label(right.body):
        return False
    return after is None or after.line.blank_before or after.page or after.width > left.width


def goes_on(column: Column, i: int) -> bool:
    return i + 1 < len(column.lines) and column.joins(i + 1)


def below_space(column: Column, i: int) -> bool:
    """Whether something ends above the line."""
    left = column.lines[i - 1] if i else None
    ended = left is None or left.closed or column.lines[i].line.blank_before or column.lines[i].page
    return ended and not (i and column.joins(i))
