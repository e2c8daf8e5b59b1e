"""One label for each number, where headings or lists are numbered like the notes: the one near its marker."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from tongwen.structure.notes.candidates import Candidate
from tongwen.structure.notes.labels import Label
from tongwen.structure.notes.readings import one
from tongwen.structure.notes.stream import Stream

PAGE = 60
"""Lines of a page, at most."""

CLOSED = 1.0
"""Weight of a label whose line ends a sentence."""

OPEN = -0.5
"""Weight of one whose line ends in none, as a heading does."""

ON_THE_PAGE = 2.0
"""What it adds that a marker of this number stands above on the page."""

CLEAR = 0.5
"""Weight from which on a candidate speaks for a label."""


def nearest(page: Stream, found: Sequence[Candidate], runs: Sequence[list[Label]]) -> list[Label]:
    """The likeliest label for each number, in printed order."""
    every = sorted((label for run in runs for label in run), key=lambda label: label.line)
    above = defaultdict(list)
    for c in found:
        if c.weight >= CLEAR:
            above[c.number].append(page.line(c.start))
    series = one([_candidate(page, i, label, above[label.number]) for i, label in enumerate(every)])
    return [every[c.end] for c in series.markers] if series else []


def _candidate(page: Stream, i: int, label: Label, above: Sequence[int]) -> Candidate:
    at = bisect_left(above, label.line + 1)
    near = at > 0 and label.line - above[at - 1] < PAGE
    weight = CLOSED if page.lines[label.line].ends_sentence or page.lines[label.line].key[-1] == "." else OPEN
    return Candidate(label.line, i, label.number, weight + (ON_THE_PAGE if near else 0.0))
