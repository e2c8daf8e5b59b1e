"""One marker for each number: the best choice among the candidates, near where the text's count stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence

from tongwen.structure.notes.candidates import Candidate

MISSING = 2.0
"""What it costs to leave a number out."""

SKIPPED = 0.5
"""What it costs to pass over one marker of the skeleton, or to go back over it."""

FARTHEST = 3.5
"""What a move costs at most: a run set elsewhere by a box or a column."""

BACK = 0.6
"""What it costs beside that to go back."""

FLOATING = 1.0
"""What it costs to go to a caption, or on from one, wherever it stands."""

FOUND = 0.3
"""What it adds that one more number has its marker."""

DUE = 1.5
"""What it adds that a note of this number exists."""

NEAREST = 3
"""Candidates of one number on either side that are compared in full."""

NEAR_FIRST = 2
"""Number of the skeleton's first up to which the count may begin at 1."""

BEYOND = 3
"""Numbers beyond the skeleton's last that are looked for."""

LOOK_BACK = 3
"""Numbers with candidates looked back at."""


def fit(found: Sequence[Candidate], spine: Sequence[Candidate], due: Collection[int] = ()) -> list[Candidate]:
    """The best candidate for each number, in the order of the numbers: dynamic programming from number to number.

    ``due``: the numbers that have a note, and so a marker.
    """
    at = [c.start for c in spine]
    least, most = min(c.number for c in spine), max(c.number for c in spine) + BEYOND
    least = 1 if least <= NEAR_FIRST else least - (least - 1 in due)  # the first may stand less clearly
    groups = defaultdict(list)
    for c in found:
        if least <= c.number <= most:
            groups[c.number].append(c)
    ranks = {c: (bisect_left(at, c.start), bisect_right(at, c.start)) for group in groups.values() for c in group}
    scores: dict[Candidate, float] = {}
    backs: dict[Candidate, Candidate | None] = {}
    numbers = sorted(groups)
    for i, number in enumerate(numbers):
        before = [groups[n] for n in numbers[max(0, i - LOOK_BACK) : i]]
        likeliest = [max(group, key=scores.__getitem__) for group in before]
        for c in groups[number]:
            earlier = [*likeliest, *(b for group in before for b in _around(group, c))]
            score, back = max(
                ((scores[b] - _move(b, c, ranks), b) for b in earlier), key=lambda o: o[0], default=(0.0, None)
            )
            fresh = -MISSING * (number - numbers[0])
            scores[c], backs[c] = (score, back) if back and score > fresh else (fresh, None)
            scores[c] += c.weight + FOUND + (DUE if c.number in due else 0.0)
    return _walk(scores, backs)


def _around(group: Sequence[Candidate], c: Candidate) -> Sequence[Candidate]:
    """The members of a group that stand nearest; of those farther off only the likeliest can be the best."""
    i = bisect_left(group, c.start, key=lambda other: other.start)
    return group[max(0, i - NEAREST) : i + NEAREST]


def _move(before: Candidate, after: Candidate, ranks: dict[Candidate, tuple[int, int]]) -> float:
    left_out = MISSING * (after.number - before.number - 1)
    if before.floating or after.floating:
        return left_out + FLOATING
    skipped = abs(ranks[after][0] - ranks[before][1])
    back = BACK if after.start <= before.start else 0.0
    return left_out + min(FARTHEST, SKIPPED * skipped) + back


def _walk(scores: dict[Candidate, float], backs: dict[Candidate, Candidate | None]) -> list[Candidate]:
    out = []
    c = max(scores, key=scores.__getitem__, default=None)
    while c:
        out.append(c)
        c = backs[c]
    return out[::-1]
