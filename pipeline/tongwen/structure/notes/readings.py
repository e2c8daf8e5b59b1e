"""What the notes of a document could be: series of markers, each with the lines that would be its notes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tongwen.structure.notes.candidates import Candidate
from tongwen.structure.notes.chain import runs, skeleton
from tongwen.structure.notes.fit import fit
from tongwen.structure.notes.labels import Label
from tongwen.structure.notes.stream import Stream

ALONE = 5.0
"""Evidence that markers need where no notes answer to them."""

ANSWERED = 0.5
"""Evidence that they need where notes do."""

SHARE = 0.6
"""Share of the markers that have a note, and of the notes that have a marker, from which on lines are notes."""

FEWEST = 3
"""Markers without notes that are believed at least."""

ON_AVERAGE = 0.7
"""Evidence that each of many markers needs on average: figures inside sentences and items of lists have less."""

PLAIN_TO_SEE = 1.2
"""Evidence that each of a few markers needs above lines that no heading calls notes."""

LISTS = {"dot", "dun", "paren", "half-paren"}
"""Styles in which the items of lists are numbered too."""

FEWEST_INSIDE = 5
"""The same where the count does not begin at 1."""

STRONGEST = 3.0
"""What one marker counts at most."""

CLEAR = 0.5
"""How much better a marker must stand than another place for its number, lest the choice be told as open."""

CITED = 1.0
"""Weight from which on a figure cites a note once more: (2) inside a sentence may number a part of it."""

FRESH = 3
"""Markers that a new count has at least, where no notes show it."""


@dataclass(frozen=True, slots=True)
class Series:
    """Markers in printed order, one for each number, and the labels of the notes that answer to them."""

    markers: tuple[Candidate, ...]
    labels: tuple[Label, ...] = ()
    rivals: tuple[tuple[Candidate, Candidate], ...] = ()

    @property
    def numbers(self) -> set[int]:
        return {c.number for c in self.markers}

    @property
    def answered(self) -> int:
        """How many markers have a note."""
        return len({label.number for label in self.labels} & self.numbers)

    @property
    def missing(self) -> list[int]:
        numbers = self.numbers
        if not numbers:
            return []
        first = 1 if min(numbers) <= FEWEST else min(numbers)
        told = numbers.union(*(range(c.number, c.through) for c in self.markers))
        return [n for n in range(first, max(numbers)) if n not in told]

    @property
    def clear(self) -> bool:
        """Whether the markers are enough, or stand clearly enough, to make notes of lines that no heading names so."""
        listed = any(label.style in LISTS for label in self.labels)
        return self.answered >= FEWEST or (not listed and self.evidence >= PLAIN_TO_SEE * len(self.markers))

    def lines(self, page: Stream) -> set[int]:
        """The lines on which markers stand."""
        return {page.line(c.start) for c in self.markers}

    def repeated(self, found: Sequence[Candidate]) -> Series:
        """With every place that clearly cites one of the numbers again."""
        own, chosen = self.numbers, set(self.markers)
        again = (c for c in found if c.number in own and (c.weight >= CITED or c in chosen))
        return replace(self, markers=tuple(again), rivals=())

    @property
    def evidence(self) -> float:
        told = sum(STRONGEST for c in self.markers if c.marked)
        return sum(min(STRONGEST, c.weight) for c in self.markers) + told - 2.0 * len(self.missing)

    def fits(self, share: float = SHARE) -> bool:
        """Whether markers and notes have their numbers in common."""
        most = max(len(self.labels), len(self.numbers))
        return self.answered >= share * most and self.evidence >= ANSWERED

    @property
    def believed(self) -> bool:
        """Whether the markers alone are evidence enough."""
        few = FEWEST if min(self.numbers) <= FEWEST else FEWEST_INSIDE
        return len(self.markers) >= few and self.evidence >= max(ALONE, ON_AVERAGE * len(self.markers))


def one(found: Sequence[Candidate], labels: Sequence[Label] = ()) -> Series | None:
    """The best series among the candidates."""
    spine = skeleton(found)
    if not spine:
        return None
    chosen = sorted(fit(found, spine, {label.number for label in labels}), key=lambda c: c.start)
    return Series(tuple(chosen), tuple(labels), tuple(_rivals(found, chosen)))


def _rivals(found: Sequence[Candidate], chosen: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Markers for which another candidate stands as near and as well."""
    at = [c.start for c in chosen]
    by_number = {c.number: i for i, c in enumerate(chosen)}
    for c in found:
        i = by_number.get(c.number)
        near = i is not None and bisect_left(at, c.start) in (i, i + 1)
        if i is not None and near and c is not chosen[i] and c.weight > chosen[i].weight - CLEAR:
            yield chosen[i], c


def several(found: Sequence[Candidate]) -> list[Series]:
    """The series of a text in which the count begins again: cut where a run of some length starts over."""
    cuts, used = [], set[int]()
    for run in runs(skeleton(found)):
        numbers = {c.number for c in run}
        if run[0].number == 1 and len(run) >= FRESH and 1 in used and len(numbers & used) > len(numbers) / 2:
            cuts.append(run[0].start)
            used = set()
        used |= numbers
    return [series for part in _parts(found, cuts) if (series := one(part))]


def _parts(found: Sequence[Candidate], cuts: Sequence[int]) -> Iterator[list[Candidate]]:
    edges = [0, *cuts, found[-1].end if found else 0]
    for start, end in pairwise(edges):
        yield list(between(found, start, end))


def between(found: Sequence[Candidate], start: int, end: int) -> Sequence[Candidate]:
    """Those in printed order that stand from ``start`` on, before ``end``."""
    return found[_first(found, start) : _first(found, end)]


def _first(found: Sequence[Candidate], at: int) -> int:
    return bisect_left(found, at, key=lambda c: c.start)
