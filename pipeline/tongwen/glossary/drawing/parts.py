"""A graph of numbered boxes: what hangs together, and how many links apart two are."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

Edges = Sequence[tuple[int, int]]


def connected(count: int, edges: Edges) -> list[list[int]]:
    """The parts that hang together, the largest first, each in the order of its numbers."""
    near = neighbours(count, edges)
    parts, seen = [], set[int]()
    for start in range(count):
        if start not in seen:
            part = sorted(_reached(near, start))
            seen.update(part)
            parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def distances(count: int, edges: Edges) -> list[list[int]]:
    """How many links lead from each box to each other, at the least; all must hang together."""
    near = neighbours(count, edges)
    return [[hops[node] for node in range(count)] for hops in (_reached(near, start) for start in range(count))]


def neighbours(count: int, edges: Edges) -> list[list[int]]:
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    return [sorted(those) for those in near]


def _reached(near: Sequence[Sequence[int]], start: int) -> dict[int, int]:
    hops = {start: 0}
    todo = deque([start])
    while todo:
        node = todo.popleft()
        for other in near[node]:
            if other not in hops:
                hops[other] = hops[node] + 1
                todo.append(other)
    return hops
