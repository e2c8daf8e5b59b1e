"""Tables with lines above and under their heads: found by these lines before the page's columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tongwen.decode.pdf.aligned import Columns, bottom_of, cells_of, columns_of, place_of, rows_of, strips_of, top_of
from tongwen.decode.pdf.shapes import Box, Chunk, Item, Slot, Table
from tongwen.decode.pdf.splitting import split_at, split_strips

_SAME = 3.0  # points
_LEAST = 40.0  # points of width
_MOST_RULES = 300
_HEADS = 8.0  # ems from the line above the heads to the line under them, at most
_APART = 2.5  # ems of white: the table has ended
_NEW_ROW = 0.9  # ems of white between heads: more than between the lines of one head

Strip = list[Chunk]


class Rule(NamedTuple):
    """A line across a page or a column. ``parts``: where the pieces begin in which it is drawn, cell by cell."""

    box: Box
    parts: tuple[float, ...]


def rules_of(pieces: Sequence[Box]) -> list[Rule]:
    """From the top. Lines drawn in pieces are one."""
    rules: list[Rule] = []
    for piece in sorted(pieces, key=lambda piece: (round(piece.top), piece.x0)):
        last = rules[-1] if rules else None
        if last and abs(last.box.top - piece.top) <= 1.5 and piece.x0 - last.box.x1 <= _SAME:
            parts = last.parts if piece.x0 < last.box.x1 - _SAME else (*last.parts, piece.x0)
            rules[-1] = Rule(last.box._replace(x1=max(last.box.x1, piece.x1)), parts)
        else:
            rules.append(Rule(piece, (piece.x0,)))
    return [rule for rule in rules if rule.box.width >= _LEAST]


def with_banded(items: Sequence[Item], rules: Sequence[Rule], em: float) -> list[Item]:
    """``items`` with the chunks of each such table as one."""
    out = list(items)
    for upper, lower in _pairs(rules if len(rules) <= _MOST_RULES else (), em):
        inside = [item for item in out if _is_under(item.box, upper.box)]
        chunks = [item for item in inside if isinstance(item, Chunk)]
        table, taken = _read(chunks, (upper, lower), rules, em)
        if table:
            out = [item for item in out if id(item) not in taken] + [table]
    return out


def _pairs(rules: Sequence[Rule], em: float) -> Iterator[tuple[Rule, Rule]]:
    """Two lines of one width, the one shortly below the other."""
    for number, upper in enumerate(rules):
        below = (rule for rule in rules[number + 1 :] if _alike(upper, rule))
        lower = next(below, None)
        if lower and em < lower.box.top - upper.box.top <= _HEADS * em:
            yield upper, lower


def _alike(one: Rule, other: Rule) -> bool:
    return abs(one.box.x0 - other.box.x0) <= _SAME and abs(one.box.x1 - other.box.x1) <= _SAME


def _is_under(box: Box, rule: Box) -> bool:
    return box.top >= rule.top - _SAME and box.x0 >= rule.x0 - _SAME and box.x1 <= rule.x1 + _SAME


def _read(
    chunks: Sequence[Chunk], pair: tuple[Rule, Rule], rules: Sequence[Rule], em: float
) -> tuple[Table | None, set[int]]:
    """The table under ``pair``, and the ids of the chunks that are in it."""
    upper, lower = pair
    strips = list(strips_of(chunks))
    columns = _drawn_columns(pair)
    cut = [split_at(s, [left for left, _ in columns]) for s in strips] if columns else split_strips(strips, em)
    columns = columns or columns_of([strip for strip in cut if bottom_of(strip) <= lower.box.top + 1], em)
    heads = [strip for strip in cut if bottom_of(strip) <= lower.box.bottom + _SAME]
    if len(columns) < 2 or not heads:
        return None, set()
    end = _end(cut, len(heads), columns, em)
    lines = [r.box.top for r in rules if _alike(upper, r) and lower.box.bottom < r.box.top]
    lasts = [y for y in lines if len(heads) < end and y <= bottom_of(cut[end - 1]) + em]
    end = (
        max((n + 1 for n, strip in enumerate(cut[:end]) if bottom_of(strip) <= lasts[-1] + 1), default=0)
        if lasts
        else end
    )
    body = cut[len(heads) : end]
    if not any(len(strip) > 1 for strip in body):
        return None, set()
    rows = [*_head_rows(heads, columns, em), *(cells_of(row, columns) for row in rows_of(body, columns, lasts, em))]
    box = Box(upper.box.x0, upper.box.top, upper.box.x1, bottom_of(body[-1]))
    return Table(box, rows, tuple(left for left, _ in columns)), {id(c) for strip in strips[:end] for c in strip}


def _drawn_columns(pair: tuple[Rule, Rule]) -> Columns:
    """The columns, where the lines are drawn cell by cell."""
    rule = max(pair, key=lambda rule: len(rule.parts))
    ends = (*rule.parts[1:], rule.box.x1)
    return [(left + 1, right - 1) for left, right in zip(rule.parts, ends, strict=True)] if rule.parts[1:] else []


def _end(strips: Sequence[Strip], first: int, columns: Columns, em: float) -> int:
    """After the last strip whose pieces keep to the columns. A heading of a group may stand across them."""
    end = first
    for number in range(first, len(strips)):
        strip = strips[number]
        if number and top_of(strip) - bottom_of(strips[number - 1]) > _APART * em:
            break
        if all(len(place_of(chunk, columns)) == 1 for chunk in strip):
            if len(strip) > 1 or end == number:
                end = number + 1
            continue
        if len(strip) > 1 or strip[0].box.x0 > columns[0][0] + em or number > end:
            break
    while end > first and len(strips[end - 1]) == 1 and 0 in place_of(strips[end - 1][0], columns):
        end -= 1
    return end


def _head_rows(heads: Sequence[Strip], columns: Columns, em: float) -> list[list[Slot]]:
    """The rows above the second line; a head of a group reaches as far as there are heads under it."""
    groups: list[Strip] = [list(heads[0])]
    for above, strip in pairwise(heads):
        if top_of(strip) - bottom_of(above) >= _NEW_ROW * em or len(strip) > len(above):
            groups.append([])
        groups[-1] += strip
    rows = [cells_of(group, columns) for group in groups]
    for upper, lower in pairwise(rows):
        _spread(upper, lower)
    for slot in (slot for row in rows for slot in row):
        slot.header = True
    return rows


def _spread(upper: list[Slot], lower: list[Slot]) -> None:
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if column and not above.chunks and below.chunks and lower[column - 1].own and lower[column - 1].chunks:
            upper[column] = Slot(upper[column - 1].chunks, own=False, left=above.left, right=above.right)
        elif above.chunks and not below.chunks:
            lower[column] = Slot(above.chunks, own=False, left=below.left, right=below.right)
