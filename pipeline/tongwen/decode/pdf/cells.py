"""The cells of a ruled table: places between its lines, merged where no line parts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from tongwen.decode.pdf.celltext import in_cell_order
from tongwen.decode.pdf.shapes import Box, Chunk, Slot, Table

_SAME = 4.0  # points: lines so near are one, drawn double or in pieces
_FILLED = 0.02  # of the cells hold text: less is squared paper, or a map
_MOST = 20_000  # places: a table has fewer


def cells_between(
    across: Sequence[Box], down: Sequence[Box], chunks: Sequence[Chunk], fills: Sequence[Box]
) -> Table | None:
    """The table in a net of lines; None where it has one column, one place, or text in one place only."""
    if len(across) < 2 or not down:
        return None
    xs = _levels([*(line.x0 for line in down), min(line.x0 for line in across), max(line.x1 for line in across)])
    ys = _levels([*(line.top for line in across), min(line.top for line in down), max(line.bottom for line in down)])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST:
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    inside = [chunk for chunk in chunks if box.holds(chunk.box)]
    rows = _fill(xs, ys, _owners(xs, ys, across, down), inside)
    own = [slot for row in rows for slot in row if slot.own]
    if sum(bool(slot.chunks) for slot in own) < max(2, _FILLED * len(own)):
        return None
    mark_headers(rows, _shaded(ys, xs, fills))
    return Table(box, rows, tuple(xs))


def _levels(values: Iterable[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _SAME:
            levels.append(value)
    return levels


Place = tuple[int, int]


def _owners(xs: Sequence[float], ys: Sequence[float], across: Sequence[Box], down: Sequence[Box]) -> dict[Place, Place]:
    """Each place (row, column) and the first place of the merged cell it belongs to."""
    owner: dict[Place, Place] = {}
    for row in range(len(ys) - 1):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            x = (xs[column] + xs[column + 1]) / 2
            place = row, column
            if column and not any(abs(w.x0 - xs[column]) <= _SAME and w.top <= y <= w.bottom for w in down):
                owner[place] = owner[row, column - 1]
            elif row and not any(abs(w.top - ys[row]) <= _SAME and w.x0 <= x <= w.x1 for w in across):
                owner[place] = owner[row - 1, column]
            else:
                owner[place] = place
    return owner


def _fill(
    xs: Sequence[float], ys: Sequence[float], owner: dict[Place, Place], chunks: Sequence[Chunk]
) -> list[list[Slot]]:
    ends = {owner[place]: xs[place[1] + 1] for place in sorted(owner)}
    slots = {place: Slot(left=xs[place[1]], right=end) for place, end in ends.items()}
    for chunk in in_cell_order(chunks):
        x, y = (chunk.box.x0 + chunk.box.x1) / 2, (chunk.box.top + chunk.box.bottom) / 2
        row, column = min(bisect_right(ys, y), len(ys) - 1) - 1, min(bisect_right(xs, x), len(xs) - 1) - 1
        slots[owner[max(row, 0), max(column, 0)]].chunks.append(chunk)
    return [
        [_slot(slots[owner[row, column]], owner[row, column] == (row, column)) for column in range(len(xs) - 1)]
        for row in range(len(ys) - 1)
    ]


def _slot(slot: Slot, own: bool) -> Slot:
    return slot if own else replace(slot, own=False)


def _shaded(ys: Sequence[float], xs: Sequence[float], fills: Sequence[Box]) -> list[bool]:
    """Which rows have a ground over most of their width."""
    width = xs[-1] - xs[0]
    shaded = []
    for top, bottom in pairwise(ys):
        y = (top + bottom) / 2
        covered = sum(fill.width for fill in fills if fill.top <= y <= fill.bottom and fill.x0 >= xs[0] - _SAME)
        shaded.append(covered >= 0.8 * width)
    return shaded


def mark_headers(rows: Sequence[Sequence[Slot]], shaded: Sequence[bool] = ()) -> None:
    """The first rows that are bold, or have a ground, and are not the whole table."""
    for strong in ([_is_bold(row) for row in rows], list(shaded)):
        depth = next((number for number, yes in enumerate(strong) if not yes), 0)
        if depth:
            for slot in (slot for row in rows[:depth] for slot in row):
                slot.header = True
            return


def _is_bold(row: Sequence[Slot]) -> bool:
    chunks = [chunk for slot in row for chunk in slot.chunks]
    return bool(chunks) and all(chunk.bold for chunk in chunks)
