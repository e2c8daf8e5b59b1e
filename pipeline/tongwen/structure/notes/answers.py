"""Which lines are the notes that answer to the markers: of all plausible readings the one that fits best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongwen.structure.notes.bodies import extents
from tongwen.structure.notes.candidates import Candidate
from tongwen.structure.notes.chapters import clusters, collected
from tongwen.structure.notes.groups import dense, headings, title_above
from tongwen.structure.notes.labels import Label
from tongwen.structure.notes.nearest import nearest
from tongwen.structure.notes.readings import SHARE, Series, between, one
from tongwen.structure.notes.stream import Stream

FEW_OF_A_PAGE = 0.4
"""The same for one of several pages, which speak for each other."""

FAR = 15
"""Lines that a marker may stand below its note."""

BELOW = 1.0
"""What it takes from a marker that it stands below its note: a box or a column was moved."""

IN_PLACE = 0.8
"""Share of short lines far apart that need their marker on the page above, to be footnotes and not headings."""

TRIED = 4
"""Runs of numbered lines that are tried as the notes of the whole text."""

TITLED = 0.5
"""What a heading over the notes counts, in notes."""


def answered(
    page: Stream, found: Sequence[Candidate], counts: dict[str, list[list[Label]]], few: float
) -> list[Series]:
    """The best reading in which numbered lines answer to more than ``few`` markers; empty where none fits."""
    long = {style: runs for style, runs in counts.items() if sum(map(len, runs)) > SHARE * few}
    readings = [r for r in _readings(page, found, long, few) if sum(len(s.markers) for s in r) > few]
    return max(readings, key=lambda reading: _worth(page, reading), default=[])


def _worth(page: Stream, reading: Sequence[Series]) -> float:
    titled = any(title_above(page.lines, s.labels) is not None for s in reading)
    return sum(s.answered for s in reading) + TITLED * titled


def _readings(
    page: Stream, found: Sequence[Candidate], counts: dict[str, list[list[Label]]], few: float
) -> Iterator[list[Series]]:
    first: dict[int, int] = {}
    for c in found:
        first.setdefault(c.number, c.start)
    every = [run for runs in counts.values() for run in runs if len(run) > SHARE * few]
    whole = sorted(every, key=lambda run: -_due(page, run, first))
    for run in whole[:TRIED]:
        yield from _whole(page, found, run)
    for runs in counts.values():
        if len(runs) > 1:
            yield from _whole(page, found, _together(runs))
            yield from _whole(page, found, nearest(page, found, runs))
    for runs in counts.values():
        fresh = [dense(run) for run in runs if run[0].number == 1 and _due(page, run, first)]
        if len(fresh) > 1:
            yield from _by_page(page, found, fresh)
            for groups in clusters(page, fresh):
                yield from collected(page, found, groups)


def _together(runs: Sequence[list[Label]]) -> list[Label]:
    """Runs that complete one another, as columns leave them, in printed order."""
    out: dict[int, Label] = {}
    for run in sorted(runs, key=lambda run: -len(run)):
        if not any(label.number in out for label in run):
            out.update({label.number: label for label in run})
    return sorted(out.values(), key=lambda label: label.line)


def _due(page: Stream, run: Sequence[Label], first: dict[int, int]) -> int:
    """How many of the labels have a candidate above them."""
    return sum(first.get(label.number, len(page.key)) < page.starts[label.line] for label in run)


def _whole(page: Stream, found: Sequence[Candidate], run: Sequence[Label]) -> Iterator[list[Series]]:
    """One count for the whole text, the notes at its end or at the foot of each page."""
    if not run:
        return
    above = list(_near(page, found, {label.number: label.line for label in run}))
    held = {label.line for label in run}
    series = one([c for c in above if page.line(c.start) not in held], run)
    if series:
        held = {i for lines in extents(page.lines, run, series.lines(page)) for i in lines}
        series = one([c for c in above if page.line(c.start) not in held], run)
    if (
        series
        and series.fits()
        and not _headed(page, series)
        and (series.clear or title_above(page.lines, run) is not None)
    ):
        yield [series]


def _headed(page: Stream, series: Series) -> bool:
    """Whether the labels look like headings, and markers do not stand above each on its page as above a footnote."""
    if not headings(page.lines, series.labels):
        return False
    at = {c.number: page.line(c.start) for c in series.markers}
    tops = [0, *(label.line for label in series.labels)]
    near = [top <= at.get(label.number, -1) < label.line for top, label in zip(tops, series.labels, strict=False)]
    return sum(near) < IN_PLACE * len(near)


def _near(page: Stream, found: Sequence[Candidate], at: dict[int, int]) -> Iterator[Candidate]:
    """A note stands below its marker, or a little above where a box or a column was moved."""
    for c in found:
        below = page.line(c.start) - at.get(c.number, len(page.lines))
        if below <= 0:
            yield c
        elif below <= FAR:
            yield replace(c, weight=c.weight - BELOW)


def _by_page(page: Stream, found: Sequence[Candidate], groups: Sequence[list[Label]]) -> Iterator[list[Series]]:
    """A count that begins again with each page or chapter, whose notes stand at its end."""
    out, start = [], 0
    for group in groups:
        end = page.starts[group[0].line]
        inside = between(found, start, end)
        series = one([c for c in inside if c.number <= group[-1].number + 1], group)
        last = extents(page.lines, group, set())[-1][-1]
        start = page.starts[last] + len(page.lines[last].key)
        if series and series.fits(FEW_OF_A_PAGE):
            out.append(series)
    if len(out) > 1:
        yield out
