"""Which lines are the notes that answer to the markers: of all plausible readings the one that fits best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from tongwen.structure.notes.bodies import extents
from tongwen.structure.notes.candidates import Candidate
from tongwen.structure.notes.groups import dense, title_above
from tongwen.structure.notes.labels import Label
from tongwen.structure.notes.nearest import nearest
from tongwen.structure.notes.readings import ANSWERED, Series, one
from tongwen.structure.notes.stream import Stream

SHARE = 0.6
"""Share of the markers that have a note, and of the notes that have a marker, from which on lines are notes."""

FEW_OF_A_PAGE = 0.4
"""The same for one of several pages, which speak for each other."""

BETWEEN = 12
"""Lines between the notes of two chapters, all collected at the end: the last note's text, and a heading."""

FAR = 15
"""Lines that a marker may stand below its note."""

BELOW = 1.0
"""What it takes from a marker that it stands below its note: a box or a column was moved."""

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
            for groups in _clusters(page, fresh):
                yield from _collected(page, found, groups)


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
    if series and fits(series) and (series.clear or title_above(page.lines, run) is not None):
        yield [series]


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
        series = one([c for c in found if start <= c.start < end and c.number <= group[-1].number + 1], group)
        last = extents(page.lines, group, set())[-1][-1]
        start = page.starts[last] + len(page.lines[last].key)
        if series and fits(series, FEW_OF_A_PAGE):
            out.append(series)
    if len(out) > 1:
        yield out


def _clusters(page: Stream, groups: Sequence[list[Label]]) -> Iterator[list[list[Label]]]:
    """Groups that stand together, as the notes of all chapters do at the end of a text."""
    out = [groups[0]]
    for before, group in pairwise(groups):
        titled = (title_above(page.lines, group) or 0) > before[-1].line
        if titled or group[0].line - before[-1].line > BETWEEN:
            yield out
            out = []
        out.append(group)
    yield out


def _collected(page: Stream, found: Sequence[Candidate], groups: Sequence[list[Label]]) -> Iterator[list[Series]]:
    """A count that begins again with each chapter, all notes collected at the end: the notes count on through all."""
    if len(groups) < 2:
        return
    offsets = list(accumulate((group[-1].number for group in groups), initial=0))
    text = [c for c in found if c.start < page.starts[groups[0][0].line]]
    virtual = [
        replace(c, number=c.number + offset)
        for c in text
        for offset, group in zip(offsets, groups, strict=False)
        if c.number <= group[-1].number
    ]
    series = one(
        virtual, [replace(label, number=label.number + o) for o, g in zip(offsets, groups, strict=False) for label in g]
    )
    once = series and len({c.start for c in series.markers}) == len(series.markers)
    if series and once and fits(series):
        yield [_part(series, offset, group) for offset, group in zip(offsets, groups, strict=False)]


def _part(series: Series, offset: int, group: Sequence[Label]) -> Series:
    """The markers of one chapter, with their own numbers again."""
    own = [c for c in series.markers if offset < c.number <= offset + group[-1].number]
    return Series(tuple(replace(c, number=c.number - offset) for c in own), tuple(group))


def fits(series: Series, share: float = SHARE) -> bool:
    """Whether markers and notes have their numbers in common."""
    most = max(len(series.labels), len(series.numbers))
    return series.answered >= share * most and series.evidence >= ANSWERED
