"""Where a dump of a page prints two columns side by side, and the lines of each column by themselves.

The blanks between two columns of running text stand at one place on line after line, and the text on both sides is as
wide as lines of a column are and goes on from line to line. Cells of a table are short, or begin on the same rows; a
list of contents, an index and signatures have short pieces on one side at least: they stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from tongwen.structure.lines import Line
from tongwen.structure.report.rows import MEASURES, Piece, Row, rows
from tongwen.structure.report.unwoven_column import Cut, column, goes_on

GUTTER = 2
"""Blanks that part two columns, at least."""

NARROWEST = 24
"""Columns in print: what is narrower is a cell, not a line of running text."""

SHOWN = 5
"""Rows with text in both columns that begin right at a gutter, and lines of running text on either side of it."""

BESIDE = 2
"""Rows with running text on both sides of a gutter; where a page has one, rows that show that it goes on."""

LEAST = 0.3
"""Share of the lines of a column that are running text: tables, lists and quotations may stand in it too."""

TOGETHER = 0.7
"""Share of the paragraphs of one side that begin with one of the other: those of a table's cells do."""

SHORT = 0.75
"""Share of the widest line below which a line ends a paragraph."""

FOOT = 3
"""Empty rows that part the page's foot from its text."""

_INNER = re.compile(r"\S[ \u3000\xa0]{3,}\S")
_PAGE_NUMBER = re.compile(r"[-–—· ]*\d{1,4}[-–—· ]*")


def unwoven(lines: Sequence[Line], text: str) -> list[Line]:
    """``lines`` of ``text`` in reading order: those of two columns are cut in two, the left column before the right.

    All others are the same objects.
    """
    if sum(line.kind == "line" and bool(_INNER.search(line.text)) for line in lines) < SHOWN:
        return list(lines)
    ways = [[(body, _stretches(body)) for body in _bodies(rows(lines, text, measure))] for measure in MEASURES]
    best = max(ways, key=lambda way: _evidence([stretch for _, found in way for stretch in found]))
    return [line for body, found in best for line in _cut(body, found)]


def _cut(body: Sequence[Row], stretches: Sequence[Stretch]) -> Iterator[Line]:
    at = 0
    for found in stretches:
        yield from (row.line for row in body[at : found.start])
        yield from found.lines
        at = found.end
    yield from (row.line for row in body[at:])


def _bodies(every: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The pages, without what stands at their foot, which comes by itself."""
    start = 0
    for n, row in enumerate(every):
        if n > start and (row.feed or _apart(every, n) or _apart(every, n - 1)):
            yield every[start:n]
            start = n
    yield every[start:]


def _apart(every: Sequence[Row], n: int) -> bool:
    """A number by itself between empty rows, or the only row below some empty ones at the end of a page."""
    row = every[n]
    above = row.number - every[n - 1].number - 1 if n else FOOT
    last = n + 1 == len(every) or every[n + 1].feed
    below = FOOT if last else every[n + 1].number - row.number - 1
    if _PAGE_NUMBER.fullmatch(row.line.text):
        return above > 0 and below > 0
    return last and above >= FOOT


@dataclass(frozen=True)
class Stretch:
    """Rows ``start`` to ``end`` of a page, in which nothing crosses the gutter left of place ``at``."""

    page: Sequence[Row]
    start: int
    end: int
    at: int

    @cached_property
    def sides(self) -> list[tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
        return [_sides(row, self.at) for row in self.page[self.start : self.end]]

    @cached_property
    def shown(self) -> int:
        """Rows with text on both sides, of which the right one begins at the gutter."""
        return sum(bool(left and right) and right[0].at == self.at for left, right in self.sides)

    @cached_property
    def sure(self) -> bool:
        """Whether running text stands on both sides, and most of the right one begins at the gutter."""
        beside = sum(bool(left and right) and _prose(left) and _prose(right) for left, right in self.sides)
        right = [pieces[0].at == self.at for _, pieces in self.sides if pieces]
        exact = 2 * sum(right) >= len(right)
        return exact and self.shown >= SHOWN and beside >= BESIDE and self._running(0) and self._running(1)

    def _running(self, n: int) -> bool:
        texts = [_prose(side[n]) for side in self.sides if side[n]]
        return sum(texts) >= max(SHOWN, LEAST * len(texts))

    @cached_property
    def tabular(self) -> bool:
        """Whether paragraphs begin on both sides at once."""
        apart = {n for n, (a, b) in enumerate(pairwise(self.page[self.start : self.end]), 1) if b.number > a.number + 1}
        begun = [_begun([side[n] for side in self.sides], apart) for n in (0, 1)]
        return len(begun[0] & begun[1]) > max(2, TOGETHER * min(map(len, begun)))

    @property
    def lines(self) -> Iterator[Line]:
        """Those of the left column, then those of the right, which stands apart unless the left goes on in it."""
        left, right = (self._side(n) for n in (0, 1))
        above = self.page[self.start].number - self.page[self.start - 1].number - 1 if self.start else 0
        yield from column(left, min(pieces[0].at for _, pieces in left), above)
        yield from column(right, self.at, 0 if goes_on(left, len(left) - 1) else 1)

    def _side(self, n: int) -> list[Cut]:
        body = self.page[self.start : self.end]
        return [(row, side[n]) for row, side in zip(body, self.sides, strict=True) if side[n]]


def _stretches(page: Sequence[Row]) -> list[Stretch]:
    """The stretches with the page's best gutter, in order."""
    places = Counter(piece.at for row in page for piece in row.pieces[1:])
    best: list[Stretch] = []
    for at in (at for at, n in places.items() if n >= SHOWN):
        found = [s for s in _runs(page, at) if s.shown >= BESIDE and not s.tabular]
        if any(s.sure for s in found) and _shown(found) > _shown(best):
            best = found
    return best


def _evidence(found: Sequence[Stretch]) -> tuple[int, int]:
    """What speaks for a way to measure: rows that begin at a gutter, and few other places where rows begin."""
    return _shown(found), -sum(len({pieces[0].at for _, pieces in s.sides if pieces}) for s in found)


def _shown(found: Sequence[Stretch]) -> int:
    return sum(s.shown for s in found)


def _runs(page: Sequence[Row], at: int) -> Iterator[Stretch]:
    """Runs of rows that nothing crosses, from the first to the last that may have part in two columns."""
    for free, group in groupby(range(len(page)), key=lambda n: not _crossed(page[n], at)):
        places = list(group)
        right = [n for n in places if _sides(page[n], at)[1]]
        if free and right:
            yield Stretch(page, right[0], _end(page, right[-1] + 1, places[-1] + 1), at)


def _end(page: Sequence[Row], start: int, end: int) -> int:
    """How far the left column goes on below the right one: what stands apart above a whole row belongs to that."""
    crossed = end < len(page)
    for n in range(end - 1, start - 1, -1):
        empty = page[n].number - page[n - 1].number - 1
        if empty >= (1 if crossed else FOOT):
            return n
    return end


def _sides(row: Row, at: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    left = tuple(piece for piece in row.pieces if piece.at < at - GUTTER)
    return left, row.pieces[len(left) :]


def _crossed(row: Row, at: int) -> bool:
    left, _ = _sides(row, at)
    return row.line.kind != "line" or row.line.drawn or bool(left and left[-1].end > at - GUTTER)


def _prose(pieces: Sequence[Piece]) -> bool:
    return len(pieces) == 1 and pieces[0].width >= NARROWEST


def _begun(side: Sequence[Sequence[Piece]], apart: Collection[int]) -> set[int]:
    """The rows of one side at which a paragraph begins: behind an empty place or a short line, or ``apart``."""
    widest = max((_width(pieces) for pieces in side), default=0)
    pairs = enumerate(pairwise(side), 1)
    return {n for n, (a, b) in pairs if b and (not a or n in apart or _width(a) < SHORT * widest)}


def _width(pieces: Sequence[Piece]) -> int:
    return sum(piece.width for piece in pieces)
