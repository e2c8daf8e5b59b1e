"""Notes that count anew in each chapter and are collected at the end of the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from tongwen.structure.notes.candidates import Candidate
from tongwen.structure.notes.chain import ascending
from tongwen.structure.notes.groups import title_above
from tongwen.structure.notes.labels import Label
from tongwen.structure.notes.readings import Series, one
from tongwen.structure.notes.stream import Stream

BETWEEN = 12
"""Lines between the notes of two chapters, all collected at the end: the last note's text, and a heading."""


AROUND = 12
"""Chapters before and behind the likeliest to which a marker may belong."""


def clusters(page: Stream, groups: Sequence[list[Label]]) -> Iterator[list[list[Label]]]:
    """Groups that stand together, as the notes of all chapters do at the end of a text."""
    out = [groups[0]]
    for before, group in pairwise(groups):
        titled = (title_above(page.lines, group) or 0) > before[-1].line
        if titled or group[0].line - before[-1].line > BETWEEN:
            yield out
            out = []
        out.append(group)
    yield out


def collected(page: Stream, found: Sequence[Candidate], groups: Sequence[list[Label]]) -> Iterator[list[Series]]:
    """A count that begins again with each chapter, all notes collected at the end: the notes count on through all."""
    if len(groups) < 2:
        return
    offsets = list(accumulate((group[-1].number for group in groups), initial=0))
    text = [c for c in found if c.start < page.starts[groups[0][0].line]]
    virtual = list(_counted_on(text, groups, offsets))
    labels = [replace(label, number=label.number + o) for o, g in zip(offsets, groups, strict=False) for label in g]
    for tried in (virtual, _in_order(virtual)):
        series = one(tried, labels)
        once = series and len({c.start for c in series.markers}) == len(series.markers)
        if series and once and series.fits():
            yield list(_parts(series, offsets, groups))


def _counted_on(
    text: Sequence[Candidate], groups: Sequence[list[Label]], offsets: Sequence[int]
) -> Iterator[Candidate]:
    """Each marker with the number that it has in each of the chapters in which it may stand: those around the one
    whose share of the notes is the marker's share of the text."""
    for i, c in enumerate(text):
        here = bisect_right(offsets, i * offsets[-1] // len(text)) - 1
        for n in range(max(0, here - AROUND), min(len(groups), here + AROUND + 1)):
            if c.number <= groups[n][-1].number:
                yield replace(c, number=c.number + offsets[n])


def _in_order(found: Sequence[Candidate]) -> list[Candidate]:
    """One number for each place of the best way up, and for the other places the numbers that are then left."""
    way = ascending(found)
    places, numbers = {c.start for c in way}, {c.number for c in way}
    rest = [c for c in found if c.start not in places and c.number not in numbers]
    return sorted([*way, *rest], key=lambda c: c.start)


def _parts(series: Series, offsets: Sequence[int], groups: Sequence[list[Label]]) -> Iterator[Series]:
    """The markers of each chapter, with their own numbers again."""
    own: list[list[Candidate]] = [[] for _ in groups]
    for c in series.markers:
        n = bisect_left(offsets, c.number) - 1
        if n < len(groups):
            own[n].append(replace(c, number=c.number - offsets[n]))
    return (Series(tuple(markers), tuple(group)) for markers, group in zip(own, groups, strict=True))
