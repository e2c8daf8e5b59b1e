"""Drawn frames read from top to bottom: a cell opens below a rule and ends at the next that closes its whole width.

Rules may stop at a cell that goes on, so each cell is followed by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from tongwen.structure.flat.glyphs import Glyph

OPEN = 10**6
"""The right edge of a frame that is open on the right."""

DRIFT = 2
"""Columns by which a rule may stand off its place at the top: some characters are printed wider than counted."""


@dataclass(slots=True)
class Box:
    """A cell: columns ``[left, right]`` of its edges, lines ``top`` (the rule above) to ``bottom`` (the rule below)."""

    left: int
    right: int
    top: int
    bottom: int = -1
    pieces: list[list[Glyph]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """``boxes`` tile it; ``top`` and ``bottom`` are its outermost lines; ``closed``: it has a rule at its foot."""

    boxes: tuple[Box, ...]
    left: int
    right: int
    top: int
    bottom: int
    closed: bool


def edges(run: Sequence[Glyph]) -> tuple[int, ...]:
    """The edges of the cells that open below the rule ``run``, the frame's own first and last."""
    left = run[0].at if "d" in run[0].arms else run[0].at - 1
    right = run[-1].at if "d" in run[-1].arms else OPEN
    return tuple(sorted({left, *(g.at for g in run if "d" in g.arms), right}))


def sweep(lines: Sequence[Sequence[Glyph]], top: int, run: Sequence[Glyph]) -> Frame:
    """The frame whose uppermost rule is ``run``, on line ``top``."""
    bounds = edges(run)
    open_ = _below(bounds, top)
    done: list[Box] = []
    bottom = top
    for y in range(top + 1, len(lines)):
        stretches = _advance(lines[y], open_)
        if stretches is None:
            break
        bottom = y
        for boxes, joints in stretches:
            done += [_end(box, y) for box in boxes]
            open_ = [box for box in open_ if box not in boxes] + _below(joints, y)
        open_.sort(key=lambda box: box.left)
        if not open_:
            break
    open_ = [box for box in open_ if box.pieces]
    closed = not open_
    done += [_end(box, bottom + 1) for box in open_]
    return Frame(tuple(done), bounds[0], bounds[-1], top, bottom, closed)


def _below(edges: Sequence[int], y: int) -> list[Box]:
    return [Box(a, b, y) for a, b in pairwise(sorted(set(edges)))]


def _end(box: Box, y: int) -> Box:
    box.bottom = y
    return box


def _advance(line: Sequence[Glyph], boxes: Sequence[Box]) -> list[tuple[list[Box], list[int]]] | None:
    """Give each box its text on a line; the boxes that a rule ends there, with the edges of those that open below it.

    None: the line is no part of the frame.
    """
    bounds = sorted({edge for box in boxes for edge in (box.left, box.right)})
    edges = _edges(line, bounds)
    if 2 * len(edges) < len(bounds):
        return None
    parts = {id(box): _between(line, edges, box) for box in boxes}
    ruled = {id(box) for box in boxes if _is_rule(parts[id(box)], edges, box)}
    for box in boxes:
        if id(box) not in ruled:
            box.pieces.append(parts[id(box)])
    out = []
    for ends, group in groupby(boxes, key=lambda box: id(box) in ruled):
        if ends:
            out += [(run, _joints(line, edges, run)) for run in _adjacent(list(group))]
    return out


def _edges(line: Sequence[Glyph], bounds: Sequence[int]) -> dict[int, Glyph]:
    """Which printed rule is which edge: in order where their number is right, else the nearest."""
    real = [b for b in bounds if 0 <= b < OPEN]
    near = [g for g in line if "u" in g.arms and real and real[0] - DRIFT <= g.at <= real[-1] + DRIFT]
    bars = [g for g in near if g.char not in "+-="]
    if len(bars) == len(real) and len(bars) > 1:
        return dict(zip(real, bars, strict=True))
    out: dict[int, Glyph] = {}
    for bound in real:
        found = min(near, key=lambda g: abs(g.at - bound), default=None)
        if found and abs(found.at - bound) <= DRIFT and found not in out.values():
            out[bound] = found
    return out


def _between(line: Sequence[Glyph], edges: dict[int, Glyph], box: Box) -> list[Glyph]:
    left, right = edges.get(box.left), edges.get(box.right)
    start = left.at + left.width if left else box.left + 1
    end = right.at if right else box.right
    return [g for g in line if start <= g.at < end]


def _is_rule(part: Sequence[Glyph], edges: dict[int, Glyph], box: Box) -> bool:
    if not part or not all(g.level for g in part):
        return False
    left, right = edges.get(box.left), edges.get(box.right)
    start = left.at + left.width if left else part[0].at
    end = right.at if right else part[-1].at + part[-1].width
    return end - start - sum(g.width for g in part) <= 1


def _adjacent(boxes: Sequence[Box]) -> list[list[Box]]:
    out: list[list[Box]] = []
    for box in boxes:
        if out and out[-1][-1].right == box.left:
            out[-1].append(box)
        else:
            out.append([box])
    return out


def _joints(line: Sequence[Glyph], edges: dict[int, Glyph], boxes: Sequence[Box]) -> list[int]:
    """Edges of the cells that open below a rule: its joints that go down."""
    left, right = boxes[0].left, boxes[-1].right
    first, last = edges.get(left), edges.get(right)
    start, end = first.at if first else left, last.at if last else right
    shift = left - first.at if first else 0
    known = {id(glyph): bound for bound, glyph in edges.items()}
    out = [known.get(id(g), g.at + shift) for g in line if start <= g.at <= end and "d" in g.arms]
    sides = [left] * (first is None) + [right] * (last is None)
    return out + sides if out else []
