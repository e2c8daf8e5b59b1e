"""Boxes pushed apart until none stands over another, and groups of boxes set in rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import sqrt

GAP = 26.0  # pixels between two boxes, at the least
BETWEEN = 60.0  # between two groups
ROUNDS = 300
LANDSCAPE = 1.5  # the breadth of a picture to its height

Place = tuple[float, float]
"""The centre of a box."""
Extent = tuple[float, float]
"""Its width and height."""


def apart(places: Sequence[Place], sizes: Sequence[Extent]) -> list[Place]:
    """Each pair that overlaps is pushed apart by the shorter way; what still overlaps at last is moved down."""
    points = [[x, y] for x, y in places]
    for _ in range(ROUNDS):
        if not _pushed(points, sizes):
            break
    return _moved_down([(x, y) for x, y in points], sizes)


def _pushed(points: list[list[float]], sizes: Sequence[Extent]) -> bool:
    """Whether any two overlapped; by sweeping from the left only boxes that may are compared."""
    order = sorted(range(len(points)), key=lambda at: (points[at][0] - sizes[at][0] / 2, at))
    moved = False
    for number, one in enumerate(order):
        for other in order[number + 1 :]:
            along, down = overlap(points[one], sizes[one], points[other], sizes[other])
            if points[other][0] - sizes[other][0] / 2 > points[one][0] + sizes[one][0] / 2 + GAP:
                break
            if along > 0 and down > 0:
                axis = 0 if along < down else 1
                half = (min(along, down) + 0.01) / 2
                sign = 1 if (points[other][axis], other) >= (points[one][axis], one) else -1
                points[one][axis] -= sign * half
                points[other][axis] += sign * half
                moved = True
    return moved


def overlapping(places: Sequence[Place], sizes: Sequence[Extent]) -> int:
    """How many pairs overlap."""
    pairs = combinations(zip(places, sizes, strict=True), 2)
    return sum(min(overlap(one, size, other, its)) > 0 for (one, size), (other, its) in pairs)


def overlap(one: Sequence[float], size: Extent, other: Sequence[float], its: Extent, gap: float = GAP) -> Place:
    """By how much they overlap along and down, the gap counted in; not at all where either is not above 0."""
    along = (size[0] + its[0]) / 2 + gap - abs(one[0] - other[0])
    down = (size[1] + its[1]) / 2 + gap - abs(one[1] - other[1])
    return along, down


def _moved_down(places: Sequence[Place], sizes: Sequence[Extent]) -> list[Place]:
    """From top to bottom: each to below those that it still overlaps. It ends, as a box only ever moves down."""
    found: dict[int, Place] = {}
    for at in sorted(range(len(places)), key=lambda at: (places[at][1], places[at][0], at)):
        x, y = places[at]
        while hits := [o for o, p in found.items() if min(overlap((x, y), sizes[at], p, sizes[o], GAP / 2)) > 1e-6]:
            y = max(found[o][1] + (sizes[o][1] + sizes[at][1]) / 2 + GAP / 2 for o in hits)
        found[at] = (x, y)
    return [found[at] for at in range(len(places))]


def in_rows(groups: Sequence[Sequence[Place]], sizes: Sequence[Sequence[Extent]]) -> list[list[Place]]:
    """The groups beside and below each other, in their order, from the top left corner at (0, 0)."""
    boxes = [_around(group, extents) for group, extents in zip(groups, sizes, strict=True)]
    area = sum((right - left + BETWEEN) * (bottom - top + BETWEEN) for left, top, right, bottom in boxes)
    widest = max([sqrt(area * LANDSCAPE), *(right - left for left, _, right, _ in boxes)], default=0.0)
    x = y = row = 0.0
    placed = []
    for group, (left, top, right, bottom) in zip(groups, boxes, strict=True):
        if x and x + right - left > widest:
            x, y, row = 0.0, y + row + BETWEEN, 0.0
        placed.append([(px - left + x, py - top + y) for px, py in group])
        x, row = x + right - left + BETWEEN, max(row, bottom - top)
    return placed


def _around(group: Sequence[Place], sizes: Sequence[Extent]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all boxes."""
    pairs = list(zip(group, sizes, strict=True))
    return (
        min(x - w / 2 for (x, _), (w, _) in pairs),
        min(y - h / 2 for (_, y), (_, h) in pairs),
        max(x + w / 2 for (x, _), (w, _) in pairs),
        max(y + h / 2 for (_, y), (_, h) in pairs),
    )
