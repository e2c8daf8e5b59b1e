"""Which lines are the notes that answer to the markers: of all plausible readings the one that fits best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongwen.structure.notes.bodies import extents
from tongwen.structure.notes.candidates import Candidate
from tongwen.structure.notes.groups import dense, title_above
from tongwen.structure.notes.labels import Label
from tongwen.structure.notes.readings import ANSWERED, Series, one, several
from tongwen.structure.notes.stream import Stream

SHARE = 0.6
"""Share of the markers that have a note, and of the notes that have a marker, from which on lines are notes."""

FEW_OF_A_PAGE = 0.4
"""The same for one of several pages, which speak for each other."""

TRIED = 4
"""Runs of numbered lines that are tried as the notes of the whole text."""

TITLED = 0.5
"""What a heading over the notes counts, in notes."""


def answered(page: Stream, found: Sequence[Candidate], counts: dict[str, list[list[Label]]]) -> list[Series]:
    """The best reading in which numbered lines answer to the candidates; empty where none fits."""
    readings = list(_readings(page, found, counts))
    return max(readings, key=lambda reading: _worth(page, reading), default=[])


def _worth(page: Stream, reading: Sequence[Series]) -> float:
    titled = any(title_above(page.lines, s.labels) is not None for s in reading)
    return sum(s.answered for s in reading) + TITLED * titled


def _readings(page: Stream, found: Sequence[Candidate], counts: dict[str, list[list[Label]]]) -> Iterator[list[Series]]:
    first: dict[int, int] = {}
    for c in found:
        first.setdefault(c.number, c.start)
    whole = sorted((run for runs in counts.values() for run in runs), key=lambda run: -_due(page, run, first))
    for run in whole[:TRIED]:
        yield from _whole(page, found, run)
    for runs in counts.values():
        fresh = [dense(run) for run in runs if run[0].number == 1 and _due(page, run, first)]
        if len(fresh) > 1:
            yield from _by_page(page, found, fresh)
            yield from _collected(page, found, fresh)


def _due(page: Stream, run: Sequence[Label], first: dict[int, int]) -> int:
    """How many of the labels have a candidate above them."""
    return sum(first.get(label.number, len(page.key)) < page.starts[label.line] for label in run)


def _whole(page: Stream, found: Sequence[Candidate], run: Sequence[Label]) -> Iterator[list[Series]]:
    """One count for the whole text, the notes at its end or at the foot of each page."""
    at = {label.number: page.starts[label.line] for label in run}
    above = [c for c in found if c.start < at.get(c.number, len(page.key))]
    held = {label.line for label in run}
    series = one([c for c in above if page.line(c.start) not in held], run)
    if series:
        held = {i for lines in extents(page.lines, run, series.lines(page)) for i in lines}
        series = one([c for c in above if page.line(c.start) not in held], run)
    if series and fits(series) and (series.clear or title_above(page.lines, run) is not None):
        yield [series]


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


def _collected(page: Stream, found: Sequence[Candidate], groups: Sequence[list[Label]]) -> Iterator[list[Series]]:
    """A count that begins again with each chapter, all notes collected at the end of the text."""
    end = page.starts[groups[0][0].line]
    counted = several([c for c in found if c.start < end])
    pairs = [Series(s.markers, tuple(group)) for s, group in zip(counted, groups, strict=False)]
    if len(counted) == len(groups) > 1 and all(fits(series) for series in pairs):
        yield pairs


def fits(series: Series, share: float = SHARE) -> bool:
    """Whether markers and notes have their numbers in common."""
    most = max(len(series.labels), len(series.numbers))
    return series.answered >= share * most and series.evidence >= ANSWERED
