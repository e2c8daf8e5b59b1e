"""Drawn tables that were put together again: halves of a page spread, and rows with no rule between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tongwen.structure.flat.frames import OPEN, Box, Frame, sweep
from tongwen.structure.flat.glyphs import Glyph


def spread(left: Frame, right: Frame, rows: Sequence[Sequence[Glyph]]) -> Frame | None:
    """One frame of two halves printed one below the other: the left open on its right, the other to its left.

    Both have the same number of lines, and a cell's text runs on from the one into the other, line by line.
    """
    halves = left.right == OPEN and right.closed and "d" not in rows[right.top][0].arms
    if not halves or right.bottom - right.top != left.bottom - left.top or right.top != left.bottom + 1:
        return None
    edge = max(g.at + g.width for row in rows[left.top : left.bottom + 1] for g in row if g.level)
    whole = [
        [*a, *(g._replace(at=g.at + edge) for g in b)]
        for a, b in zip(rows[left.top : left.bottom + 1], rows[right.top : right.bottom + 1], strict=True)
    ]
    frame = sweep(whole, 0, whole[0])
    boxes = tuple(replace(box, top=box.top + left.top, bottom=box.bottom + left.top) for box in frame.boxes)
    return replace(frame, boxes=boxes, top=left.top, bottom=right.bottom) if frame.closed else None


def parted(frame: Frame) -> Frame:
    """The frame with its body cut into rows where one rule above and one below enclose several."""
    bands = sorted({y for box in frame.boxes for y in (box.top, box.bottom)})
    body = [box for box in frame.boxes if bands[-2:-1] == [box.top]]
    starts = _starts(body) if body and len(bands) <= 3 else []
    if len(body) < 2 or len(starts) < 2:
        return frame
    head = [box for box in frame.boxes if box.top != bands[-2]]
    return replace(frame, boxes=(*head, *(part for box in body for part in _cut(box, starts))))


def _starts(body: Sequence[Box]) -> list[int]:
    """Lines that begin a row: the first cell has text, another too, and no cell above was full."""
    count = min(len(box.pieces) for box in body)
    out = [0]
    for i in range(1, count):
        begins = bool(body[0].pieces[i]) and sum(bool(box.pieces[i]) for box in body) > 1
        if begins and not any(_runs_on(box, i) for box in body):
            out.append(i)
    return out


def _runs_on(box: Box, i: int) -> bool:
    above = box.pieces[i - 1]
    return bool(above and box.pieces[i]) and box.right - above[-1].at - above[-1].width < 2


def _cut(box: Box, starts: Sequence[int]) -> list[Box]:
    tops = [box.top, *(box.top + 1 + i for i in starts[1:]), box.bottom]
    pieces = [box.pieces[a:b] for a, b in pairwise([*starts, len(box.pieces)])]
    return [Box(box.left, box.right, a, b, part) for (a, b), part in zip(pairwise(tops), pieces, strict=True)]
