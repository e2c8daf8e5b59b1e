"""The order of reading: columns found by the white between them, and what spans them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tongwen.decode.pdf.shapes import Box, Chunk, Frame, Grid, Item, Line, Piece, Table, around

_GUTTER = 0.8  # ems, at least
_SAME = 6.0  # points: so near is a gutter the same from page to page
_LINES = 3  # a column has at least so many lines
_PROSE = 7.0  # ems: lines of a column are mostly longer; cells are mostly shorter
_MOSTLY = 0.6
_LARGER = 1.1  # of the usual type: a heading that stands alone at its height spans the columns
_WHITE = 0.8  # ems above and below such a heading
_DEEPEST = 12
_MOST = 2000  # pieces of lines: a drawing has more, and no columns


class Cut(NamedTuple):
    above: list[Item]
    left: list[Item]
    right: list[Item]
    below: list[Item]


class Columns:
    """The columns of a document's pages. ``gutters``: where there was one before; a column's last few lines are told
    from a wide gap by this alone."""

    def __init__(self) -> None:
        self._gutters: list[float] = []

    def in_order(self, items: Sequence[Item], em: float, depth: int = 0) -> Iterator[list[Item]]:
        """``items`` as flows: each a column, or what stands across columns; each from the top down."""
        cut = self._best_cut(items, em) if depth < _DEEPEST and len(items) <= _MOST else None
        if cut is None:
            if items:
                yield sorted(items, key=lambda item: (item.box.bottom, item.box.x0))
            return
        for part in cut:
            yield from self.in_order(part, em, depth + 1)

    def _best_cut(self, items: Sequence[Item], em: float) -> Cut | None:
        """By the gutter that the longest pair of columns has; of those about as long, the one with most beside it, and
        the leftmost of equals."""
        best, tallest, most, at = None, 0.0, 0, 0.0
        edges = {2.0 * round(item.box.x1 / 2 + 0.5) for item in items}
        for x in sorted(edges.union(self._gutters)):
            known = any(abs(x - gutter) <= _SAME for gutter in self._gutters)
            for cut in _cuts(items, x, em, 1 if known else _LINES):
                height = _shared(cut.left, cut.right)
                sure = known and min(_lines(cut.left), _lines(cut.right)) >= _LINES
                beside = len(cut.left) + len(cut.right)
                better = height > 1.1 * tallest or (height > tallest / 1.1 and beside > most)
                if height > 0 and better and (sure or (_is_prose(cut.left, em) and _is_prose(cut.right, em))):
                    best, tallest, most, at = cut, height, beside, x
        if best and not any(abs(at - gutter) <= _SAME for gutter in self._gutters):
            self._gutters.append(at)
        return best


def _cuts(items: Sequence[Item], x: float, em: float, least: int) -> Iterator[Cut]:
    """The stretches in which nothing stands across the gutter that begins at ``x``."""
    right = [item for item in items if item.box.x0 >= x + _GUTTER * em - 1]
    left = [item for item in items if item.box.x1 <= x + 1]
    if _lines(right) < least or _lines(left) < least:
        return
    beside = {id(item) for item in (*left, *right)}
    across = [item for item in items if id(item) not in beside]
    across += [item for item in left if _stands_alone(item, items, right, em)]
    borders = sorted(_middle(item) for item in across)
    for top, bottom in zip([float("-inf"), *borders], [*borders, float("inf")], strict=True):
        lefts, rights = ([item for item in side if top < _middle(item) < bottom] for side in (left, right))
        if _lines(lefts) >= least and _lines(rights) >= least:
            above = [item for item in items if _middle(item) <= top]
            yield Cut(above, lefts, rights, [item for item in items if _middle(item) >= bottom])


def _lines(items: Sequence[Item]) -> int:
    """How many lines they have; a table or a frame counts as a column's worth."""
    return sum(1 if isinstance(item, Chunk) else _LINES for item in items)


def _middle(item: Item) -> float:
    return (item.box.top + item.box.bottom) / 2


def _stands_alone(item: Item, items: Sequence[Item], right: Sequence[Item], em: float) -> bool:
    """Whether it is larger than the text, with nothing beside it though both columns go on: a heading over both."""
    if not _is_large(item, em):
        return False
    box = Box(float("-inf"), item.box.top - _WHITE * em, float("inf"), item.box.bottom + _WHITE * em)
    wraps = (other for other in items if not (_is_large(other, em) and abs(other.box.x0 - item.box.x0) < em))
    if any(_overlap(box, other.box) > 0 for other in wraps):
        return False
    return min(other.box.top for other in right) < item.box.top < max(other.box.top for other in right)


def _is_large(item: Item, em: float) -> bool:
    return isinstance(item, Chunk) and item.size >= _LARGER * em


def _overlap(one: Box, other: Box) -> float:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _shared(left: Sequence[Item], right: Sequence[Item]) -> float:
    return _overlap(around(item.box for item in left), around(item.box for item in right))


def _is_prose(items: Sequence[Item], em: float) -> bool:
    """Whether most of the text stands in lines longer than cells are."""
    lengths = [item.box.width for item in items if isinstance(item, Chunk)]
    return sum(length for length in lengths if length >= _PROSE * em) >= _MOSTLY * sum(lengths)


def lines_of(flow: Sequence[Item], frame: Frame | None = None) -> Iterator[Piece]:
    """The pieces of one flow: its chunks put together to lines, with the distance of each from the one above."""
    if not flow:
        return
    column = around(item.box for item in flow)
    bottom: float | None = None
    for row in _rows(flow):
        first, above = row[0], bottom
        bottom = max(item.box.bottom for item in row)
        gap = None if above is None else min(item.box.top for item in row) - above
        if isinstance(first, Table):
            yield Grid(first, gap=gap, frame=frame)
        elif isinstance(first, Chunk):
            yield Line([item for item in row if isinstance(item, Chunk)], column, gap, frame)


def _rows(flow: Sequence[Item]) -> Iterator[list[Item]]:
    row: list[Item] = []
    for item in flow:
        if row and not (isinstance(item, Chunk) and isinstance(row[0], Chunk) and _beside(row[0], item)):
            yield sorted(row, key=lambda item: item.box.x0)
            row = []
        row.append(item)
    if row:
        yield sorted(row, key=lambda item: item.box.x0)


def _beside(one: Chunk, other: Chunk) -> bool:
    return abs(one.base - other.base) <= 0.4 * min(one.size, other.size)
