"""Tables and frames that are drawn: the lines that meet, the cells between them, and the text in these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tongwen.decode.pdf.cells import cells_between
from tongwen.decode.pdf.shapes import Box, Chunk, Drawn, Frame, Item, Table, around

_MEETS = 3.0  # points
_MOST_LINES = 3000  # a page with more is a drawing
_WHOLE = 0.93  # of the page's width and height: its ground or its border, and no frame


def regions(chunks: Sequence[Chunk], drawn: Drawn, seen: Box) -> list[Item]:
    """``chunks`` with those in ruled tables and in frames put into these."""
    items: list[Item] = list(chunks)
    frames = [*_stacked(drawn.fills)]
    if len(drawn.across) + len(drawn.down) <= _MOST_LINES:
        for across, down in _nets(drawn.across, drawn.down):
            table = cells_between(across, down, [item for item in items if isinstance(item, Chunk)], drawn.fills)
            if table:
                items = [item for item in items if not table.box.holds(item.box)] + [table]
            elif len(across) > 1 and len(down) > 1:
                frames.append(around([*across, *down]))
    for box in sorted(set(frames), key=lambda box: -box.width * box.height):
        items = _framed(items, box, seen)
    return items


def _framed(items: list[Item], box: Box, seen: Box) -> list[Item]:
    """``items`` with those in ``box`` as one, where they are several lines and not the whole page."""
    if box.width >= _WHOLE * seen.width and box.height >= _WHOLE * seen.height:
        return items
    inside = [item for item in items if box.holds(item.box, 1) and not _is_wider(item.box, box)]
    lines = {round(item.box.bottom / 4) for item in inside}
    if len(lines) < 2 or all(isinstance(item, Table) for item in inside):
        return items
    kept = {id(item) for item in inside}
    return [item for item in items if id(item) not in kept] + [Frame(box, inside)]


def _is_wider(inner: Box, outer: Box) -> bool:
    return inner.x0 < outer.x0 - 4 or inner.x1 > outer.x1 + 4


def _stacked(fills: Iterable[Box]) -> Iterator[Box]:
    """Areas of one width that touch each other from top to bottom are one."""
    pile: Box | None = None
    for fill in sorted(fills, key=lambda box: (round(box.x0 / 2), round(box.x1 / 2), box.top)):
        joined = pile and abs(pile.x0 - fill.x0) + abs(pile.x1 - fill.x1) < 4 and fill.top - pile.bottom < _MEETS
        if pile and not joined:
            yield pile
        pile = around([pile, fill]) if pile and joined else fill
    if pile:
        yield pile


def _nets(across: Sequence[Box], down: Sequence[Box]) -> Iterator[tuple[list[Box], list[Box]]]:
    """The lines that hang together, the largest net first."""
    lines = [*across, *down]
    group = list(range(len(lines)))

    def top(number: int) -> int:
        while group[number] != number:
            group[number] = number = group[group[number]]
        return number

    for one, other in _meeting(lines):
        group[top(one)] = top(other)
    nets: dict[int, tuple[list[Box], list[Box]]] = {}
    for number, line in enumerate(lines):
        nets.setdefault(top(number), ([], []))[number >= len(across)].append(line)
    yield from sorted(nets.values(), key=lambda net: -len(net[0]) * len(net[1]))


def _meeting(lines: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Pairs of lines that touch, found from the left."""
    order = sorted(range(len(lines)), key=lambda number: lines[number].x0)
    open_lines: list[int] = []
    for number in order:
        line = lines[number]
        open_lines = [other for other in open_lines if lines[other].x1 >= line.x0 - _MEETS]
        for other in open_lines:
            if lines[other].top <= line.bottom + _MEETS and line.top <= lines[other].bottom + _MEETS:
                yield number, other
        open_lines.append(number)
