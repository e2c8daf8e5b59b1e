"""Where the boxes of a graph stand: near to what they are linked with, wider concepts above, and none over another.

Each connected part is laid out by itself: distances on paper shall be as the numbers of links between two boxes (stress
majorisation: Gansner, Koren and North, Graph drawing by stress majorization, 2004), begun from the two main axes of the
distances to some pivots (Brandes and Pich, Eigensolver methods for progressive multidimensional scaling, 2007). Then
boxes are pushed apart, and the parts set in rows. Nothing is left to chance: one graph has one layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import cos, hypot, sin, sqrt
from typing import NamedTuple

from tongwen.glossary.drawing.parts import connected, distances
from tongwen.glossary.drawing.spacing import apart, in_rows, overlapping

EDGE = 150.0  # the length of a link, in pixels
LONG = 0.8  # the power of the number of links: below 1, for what is far apart need not be in proportion
WIDER = 1.35  # boxes are broad: the breadth of a part to its height
PIVOTS = 24
WORK = 4_000_000  # pairs of boxes that are looked at for one part, at most
ROUNDS = 120
ABOVE = 90.0  # how much higher a wider concept stands
PULL = 0.25
SCALES = (1.0, 1.12, 1.25, 1.4, 1.6)
FEW = 0.35  # of all boxes: pairs that may overlap before they are pushed apart
GOLDEN = 2.399963  # radians: no two turns of it coincide


class Size(NamedTuple):
    width: float
    height: float


class Point(NamedTuple):
    """Of a box the centre; y grows downwards."""

    x: float
    y: float


def layout(sizes: Sequence[Size], edges: Sequence[tuple[int, int]], below: Sequence[tuple[int, int]]) -> list[Point]:
    """``edges``: pairs of indexes; ``below``: those of them whose first is to stand under the second."""
    placed: list[Sequence[Point]] = []
    parts = connected(len(sizes), edges)
    for part in parts:
        at = {node: number for number, node in enumerate(part)}
        inner = [(at[one], at[other]) for one, other in edges if one in at]
        lower = [(at[one], at[other]) for one, other in below if one in at]
        boxes = [sizes[node] for node in part]
        placed.append([Point(*p) for p in apart(_roomy(_part(len(part), inner, lower), boxes), boxes)])
    where = in_rows(placed, [[sizes[node] for node in part] for part in parts])
    order = chain.from_iterable(parts)
    found = dict(zip(order, chain.from_iterable(where), strict=True))
    return [Point(*found[node]) for node in range(len(sizes))]


def _part(count: int, edges: Sequence[tuple[int, int]], below: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    if count == 1:
        return [(0.0, 0.0)]
    hops = distances(count, edges)
    xs, ys = _begin(hops)
    far = [[EDGE * between**LONG for between in row] for row in hops]
    for _ in range(max(10, min(ROUNDS, WORK // count**2))):
        _nearer(xs, ys, far)
        _lower(ys, below)
    return [(x * WIDER, y) for x, y in zip(xs, ys, strict=True)]


def _roomy(points: list[tuple[float, float]], sizes: Sequence[Size]) -> list[tuple[float, float]]:
    """The same at a scale at which few boxes overlap; pushing many apart would lose what stood near what."""
    for scale in SCALES:
        scaled = [(x * scale, y * scale) for x, y in points]
        if overlapping(scaled, sizes) <= FEW * len(sizes):
            break
    return scaled


def _nearer(xs: list[float], ys: list[float], far: Sequence[Sequence[float]]) -> None:
    """Each box to where its distances to all others are best kept, near ones counting most."""
    count = len(xs)
    for one in range(count):
        x, y, row = xs[one], ys[one], far[one]
        along, down, total = 0.0, 0.0, 0.0
        for other in range(count):
            if other != one:
                wanted = row[other]
                weight = 1.0 / (wanted * wanted)
                dx, dy = x - xs[other], y - ys[other]
                ratio = wanted / (hypot(dx, dy) or 1e-9)
                along += weight * (xs[other] + dx * ratio)
                down += weight * (ys[other] + dy * ratio)
                total += weight
        xs[one], ys[one] = along / total, down / total


def _lower(ys: list[float], below: Sequence[tuple[int, int]]) -> None:
    for low, high in below:
        missing = ys[high] + ABOVE - ys[low]
        if missing > 0:
            ys[low] += PULL * missing
            ys[high] -= PULL * missing


def _begin(far: Sequence[Sequence[int]]) -> tuple[list[float], list[float]]:
    """The two main axes of the distances; a little off them, or boxes with the same neighbours would stay in one."""
    columns = _centred(far, _pivots(far))
    first = _axis(columns, ())
    second = _axis(columns, first)
    spread = EDGE / 10
    xs = [x + spread * cos(GOLDEN * at) for at, x in enumerate(_along(columns, first))]
    ys = [y + spread * sin(GOLDEN * at) for at, y in enumerate(_along(columns, second))]
    return xs, ys


def _pivots(far: Sequence[Sequence[int]]) -> list[int]:
    """Boxes that are far from each other, so that they span the graph."""
    chosen = [0]
    nearest = list(far[0])
    while len(chosen) < min(PIVOTS, len(far)) and max(nearest):
        chosen.append(nearest.index(max(nearest)))
        nearest = [min(known, new) for known, new in zip(nearest, far[chosen[-1]], strict=True)]
    return chosen


def _centred(far: Sequence[Sequence[int]], pivots: Sequence[int]) -> list[list[float]]:
    """A row for each box: its squared distances to the pivots, double-centred."""
    squared = [[float(far[node][pivot] ** 2) for pivot in pivots] for node in range(len(far))]
    means = [sum(column) / len(far) for column in zip(*squared, strict=True)]
    whole = sum(means) / len(means)
    return [
        [-0.5 * (value - sum(row) / len(row) - mean + whole) for value, mean in zip(row, means, strict=True)]
        for row in squared
    ]


def _axis(rows: Sequence[Sequence[float]], other: Sequence[float]) -> list[float]:
    """By power iteration, at right angles to ``other``."""
    vector = [1.0 + 0.1 * at for at in range(len(rows[0]))]
    for _ in range(60):
        values = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]
        vector = [sum(v * row[at] for v, row in zip(values, rows, strict=True)) for at in range(len(vector))]
        if other:
            share = sum(a * b for a, b in zip(vector, other, strict=True))
            vector = [a - share * b for a, b in zip(vector, other, strict=True)]
        size = sqrt(sum(a * a for a in vector)) or 1.0
        vector = [a / size for a in vector]
    return vector


def _along(rows: Sequence[Sequence[float]], axis: Sequence[float]) -> list[float]:
    """Scaled so that the boxes spread as far as they have links between them."""
    values = [sum(a * b for a, b in zip(row, axis, strict=True)) for row in rows]
    widest = max(map(abs, values)) or 1.0
    return [value / widest * EDGE * sqrt(len(rows)) / 2 for value in values]
