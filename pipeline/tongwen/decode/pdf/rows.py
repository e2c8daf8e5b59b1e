"""The characters of a page put into printed lines, raised signs with the line they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from tongwen.decode.pdf.shapes import Glyph

SMALL = 0.85
"""Of the line's type: what is smaller and stands off the line is raised, or lowered."""

_ON_LINE = 0.3  # of the type's height: so far may characters of one line stand apart
_SAME_PLACE = 0.2  # ems: the same character again so near is printed twice, to look bold
_DEEP = 4  # characters at one place that are compared
_OFF_LINE = 0.75  # ems: no raised sign stands farther from its line
_BESIDE = 0.6  # ems
_BASE, _LEFT = attrgetter("base"), attrgetter("x0")


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """From the top, each from left to right; spaces are in them."""
    rows: list[list[Glyph]] = []
    reach = float("-inf")
    for glyph in sorted(glyphs, key=_BASE):
        if glyph.size <= 0:
            continue
        if glyph.base > reach or glyph.base - rows[-1][0].base > _ON_LINE * glyph.size:
            rows.append([])
            reach = glyph.base + _ON_LINE * glyph.size
        rows[-1].append(glyph)
    ordered = [_once(sorted(row, key=_LEFT)) for row in rows]
    return [sorted(row, key=_LEFT) for row in _attach(ordered) if row]


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """Without the characters that another run prints at the same place."""
    kept: list[Glyph] = []
    for glyph in row:
        near = glyph.x0 - _SAME_PLACE * glyph.size
        if not (kept and kept[-1].x0 >= near and any(_same(glyph, other, near) for other in kept[-_DEEP:])):
            kept.append(glyph)
    return kept


def _same(glyph: Glyph, other: Glyph, near: float) -> bool:
    return other.x0 >= near and glyph.text == other.text != " " and glyph.run != other.run


def _attach(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Small signs above or below a line moved into its row."""
    sizes = [max(glyph.size for glyph in row) for row in rows]
    for number, row in enumerate(rows):
        near = [n for n in _around(rows, sizes, number) if min(glyph.size for glyph in row) <= SMALL * sizes[n]]
        for cluster in _clusters(sorted(row, key=_LEFT)) if near else ():
            host = next((n for n in near if _hosts(rows[n], cluster)), None)
            if host is not None:
                rows[host] = [*rows[host], *cluster]
                rows[number] = [glyph for glyph in rows[number] if glyph not in cluster]
    return rows


def _around(rows: Sequence[Sequence[Glyph]], sizes: Sequence[float], number: int) -> list[int]:
    """The rows near a row, those below it first: signs are raised more often than lowered. Signs of one column may
    stand in a row of another, some way off its line."""
    base = rows[number][0].base if rows[number] else 0.0
    below = range(number + 1, min(number + 4, len(rows)))
    above = range(number - 1, max(number - 4, -1), -1)
    far = _OFF_LINE + _ON_LINE
    return [n for n in (*below, *above) if rows[n] and abs(rows[n][0].base - base) <= far * sizes[n]]


def _clusters(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The characters that stand together, in one size."""
    cluster = [row[0]]
    for one, following in pairwise(row):
        if following.x0 - one.x1 > 0.5 * one.size or abs(following.size - one.size) > 0.1 * one.size:
            yield cluster
            cluster = []
        cluster.append(following)
    yield cluster


def _hosts(row: Sequence[Glyph], cluster: Sequence[Glyph]) -> bool:
    """Whether a character of much larger type stands directly before or after."""
    first, last, size = cluster[0], cluster[-1], cluster[0].size
    for glyph in row:
        if size <= SMALL * glyph.size and 0.05 * glyph.size < abs(glyph.base - first.base) <= _OFF_LINE * glyph.size:
            reach = _BESIDE * glyph.size
            if -reach <= first.x0 - glyph.x1 <= reach or -reach <= glyph.x0 - last.x1 <= reach:
                return True
    return False
