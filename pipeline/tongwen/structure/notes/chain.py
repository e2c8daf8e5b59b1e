"""The runs of numbers that count up through the text: which of the candidates hang together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from tongwen.structure.notes.candidates import Candidate

JUMP = 2.5
"""What it costs to go on with any other number: a run that boxes or columns moved, or a false start."""

GAP = 1.2
"""What it costs to leave out a few numbers."""

AGAIN = 2.0
"""What it costs to begin again at 1."""

FEW = 4
"""Numbers that may be left out as a gap."""

DUE = 1.5
"""What it adds that a note of this number exists."""


def skeleton(found: Sequence[Candidate]) -> list[Candidate]:
    """The best way through the candidates in printed order; a step from number to number costs what it jumps."""
    scores: list[float] = []
    backs: list[int] = []
    best: dict[int, int] = {}
    top = -1
    for i, c in enumerate(found):
        score, back = _before(scores, best, top, c.number)
        scores.append(score + c.weight)
        backs.append(back)
        if c.number not in best or scores[i] >= scores[best[c.number]]:
            best[c.number] = i
        if top < 0 or scores[i] > scores[top]:
            top = i
    return _walk(found, backs, top)


def _before(scores: Sequence[float], best: dict[int, int], top: int, number: int) -> tuple[float, int]:
    options = [(0.0 if number == 1 else -JUMP, -1)]
    if top >= 0:
        options.append((scores[top] - (AGAIN if number == 1 else JUMP), top))
    for step in range(1, FEW + 2):
        i = best.get(number - step)
        if i is not None:
            options.append((scores[i] - (GAP if step > 1 else 0.0), i))
    return max(options)


def ascending(found: Sequence[Candidate]) -> list[Candidate]:
    """The heaviest way on which place and number both go up, so that no place is taken twice."""
    tops: list[int] = []
    scores: list[float] = []
    ends: list[Candidate] = []
    before: dict[Candidate, Candidate | None] = {}
    for c in sorted(found, key=lambda c: (c.start, -c.number)):
        at = bisect_left(tops, c.number)
        score = (scores[at - 1] if at else 0.0) + c.weight + DUE
        beaten = at < len(tops) and tops[at] == c.number and scores[at] > score
        if c.weight + DUE > 0 and not beaten:
            before[c] = ends[at - 1] if at else None
            past = bisect_right(scores, score, at)
            tops[at:past], scores[at:past], ends[at:past] = [c.number], [score], [c]
    return _back(before, ends[-1] if ends else None)


def _back(before: dict[Candidate, Candidate | None], last: Candidate | None) -> list[Candidate]:
    out = []
    while last:
        out.append(last)
        last = before[last]
    return out[::-1]


def _walk(found: Sequence[Candidate], backs: Sequence[int], i: int) -> list[Candidate]:
    out = []
    while i >= 0:
        out.append(found[i])
        i = backs[i]
    return out[::-1]


def runs(path: Sequence[Candidate]) -> list[list[Candidate]]:
    """The path cut where it jumps."""
    out: list[list[Candidate]] = [[path[0]]] if path else []
    for before, after in pairwise(path):
        if 0 < after.number - before.number <= FEW + 1:
            out[-1].append(after)
        else:
            out.append([after])
    return out
