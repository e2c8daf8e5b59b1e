"""Tables without drawn cells: rows of short pieces that stand in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tongwen.decode.pdf.cells import mark_headers
from tongwen.decode.pdf.celltext import in_cell_order
from tongwen.decode.pdf.shapes import Box, Chunk, Item, Slot, Table, around
from tongwen.decode.pdf.splitting import split_strips

Strip = list[Chunk]
"""Chunks that stand beside each other: a row of one-line cells, or all the lines of a row set at various heights."""

Columns = Sequence[tuple[float, float]]
"""Where columns begin and end, from left to right."""

_ROWS = 3  # at least, with more than one cell filled
_GUTTER = 0.8  # ems
_SINGLE = 3  # strips in a row with one piece: group headings and wraps, but no text between two tables
_ACROSS = 3  # at most every third strip has a piece that stands across columns
_APART = 2.5  # ems of white: the table has ended
_ALIGNED = 0.7  # of a column's cells that begin, end or are centred on one line
_NEAR = 0.6  # ems
_LABEL = re.compile(r"[^\w\s]|[(（]?[\w]{1,3}[)）.、．]|\d{1,3}")
_FIELD = re.compile(r".*[:：]")
_WIDER = 0.35  # ems: white that is wider by so much parts rows whose cells have several lines
_RULE = 0.6  # of the table's width: a line that parts rows


def with_tables(flow: Sequence[Item], rules: Sequence[Box], em: float) -> list[Item]:
    """``flow`` with the chunks of each such table as one item. ``rules``: the lines drawn across the page."""
    out: list[Item] = []
    run: list[Chunk] = []
    for item in [*flow, None]:
        if isinstance(item, Chunk):
            run.append(item)
            continue
        out += _parted(run, rules, em)
        run = []
        if item is not None:
            out.append(item)
    return out


def _parted(chunks: Sequence[Chunk], rules: Sequence[Box], em: float) -> Iterator[Item]:
    strips = list(strips_of(chunks))
    first = 0
    while first < len(strips):
        cut, last = _cut_run(strips, first, em)
        table = table_in(cut, rules, em) if last - first >= _ROWS else None
        if table:
            yield table
            first = last
        else:
            yield from strips[first]
            first += 1


def _cut_run(strips: Sequence[Strip], first: int, em: float) -> tuple[list[Strip], int]:
    """The strips of a table that may begin at ``first``, their chunks cut where columns begin, and where it ends."""
    if not any(chunk.breaks for chunk in strips[first]) and _columns_in(strips[first]) < 2:
        return [], first
    end = _white(strips, first, em)
    cut = split_strips(strips[first:end], em)
    last = _end(cut)
    return cut[:last], first + last


def strips_of(chunks: Sequence[Chunk]) -> Iterator[Strip]:
    """From the top; two are parted where there is white across all of them."""
    strip: Strip = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.box.top):
        if strip and chunk.box.top >= max(c.box.bottom for c in strip) - 0.1 * chunk.size:
            yield strip
            strip = []
        strip.append(chunk)
    if strip:
        yield strip


def _columns_in(strip: Strip) -> int:
    """How many pieces stand beside each other."""
    return len(_merged([chunk.box for chunk in strip], 0.0))


def _merged(boxes: Sequence[Box], gutter: float) -> list[tuple[float, float]]:
    """The intervals that boxes cover from left to right."""
    intervals: list[tuple[float, float]] = []
    for box in sorted(boxes):
        if intervals and box.x0 < intervals[-1][1] + gutter:
            intervals[-1] = intervals[-1][0], max(intervals[-1][1], box.x1)
        else:
            intervals.append((box.x0, box.x1))
    return intervals


def _white(strips: Sequence[Strip], first: int, em: float) -> int:
    """Where there is so much white that a table which begins at ``first`` has ended."""
    pairs = enumerate(pairwise(strips[first:]), first + 1)
    return next((n for n, (above, strip) in pairs if top_of(strip) - bottom_of(above) > _APART * em), len(strips))


def _end(strips: Sequence[Strip]) -> int:
    """After the last strip that may belong to a table which begins with the first."""
    end = 0
    for number, strip in enumerate(strips):
        if number - end > _SINGLE:
            break
        if _columns_in(strip) > 1:
            end = number + 1
        elif number == 0:
            break
    return end


def table_in(strips: Sequence[Strip], rules: Sequence[Box], em: float) -> Table | None:
    """The table that ``strips`` are, if they are one; ``rules``: the lines drawn across the page."""
    columns = columns_of(strips, em)
    if len(columns) < 2 or sum(_columns_in(strip) > 1 for strip in strips) < _ROWS:
        return None
    across = sum(any(len(place_of(chunk, columns)) > 1 for chunk in strip) for strip in strips)
    if across * _ACROSS > len(strips) or not _is_aligned(strips, columns, em) or _is_list(strips, columns):
        return None
    box = around(chunk.box for strip in strips for chunk in strip)
    within = [rule for rule in rules if box.top < rule.top < box.bottom and rule.width >= _RULE * box.width]
    groups = list(rows_of(strips, columns, [rule.top for rule in within], em))
    rows = [cells_of(group, columns) for group in groups]
    if len(rows) < _ROWS:
        return None
    mark_headers(rows, _ruled_off(groups, within))
    return Table(box, rows, tuple(left for left, _ in columns))


def columns_of(strips: Sequence[Strip], em: float) -> list[tuple[float, float]]:
    """The columns of the rows that have as many pieces as most rows with several have."""
    counts = Counter(count for strip in strips if (count := _columns_in(strip)) > 1)
    if not counts:
        return []
    usual = max(counts, key=lambda count: (counts[count], count))
    full = [chunk.box for strip in strips if _columns_in(strip) >= usual for chunk in strip]
    return _merged(full, _GUTTER * em)


def place_of(chunk: Chunk, columns: Columns) -> list[int]:
    """The columns over which a chunk stands."""
    return [n for n, (left, right) in enumerate(columns) if min(right, chunk.box.x1) - max(left, chunk.box.x0) > 0]


def _is_aligned(strips: Sequence[Strip], columns: Columns, em: float) -> bool:
    for number in range(len(columns)):
        boxes = [chunk.box for strip in strips for chunk in strip if place_of(chunk, columns) == [number]]
        sides = ([b.x0 for b in boxes], [b.x1 for b in boxes], [(b.x0 + b.x1) / 2 for b in boxes])
        if not boxes or max(_most_near(side, em) for side in sides) < _ALIGNED * len(boxes):
            return False
    return True


def _most_near(values: Sequence[float], em: float) -> int:
    return max(sum(abs(value - other) <= _NEAR * em for other in values) for value in values)


def _is_list(strips: Sequence[Strip], columns: Columns) -> bool:
    """Two columns of which the one only numbers, marks or names the other: a list, a contents page, an address."""
    if len(columns) > 2:
        return False
    firsts = [chunk.text.strip() for strip in strips for chunk in strip if place_of(chunk, columns) == [0]]
    lasts = [chunk.text.strip() for strip in strips for chunk in strip if place_of(chunk, columns) == [1]]
    if all(_LABEL.fullmatch(text) for text in firsts) or all(_FIELD.fullmatch(text) for text in firsts):
        return True
    numbers = [int(text) for text in lasts if text.isdecimal()]
    return len(numbers) == len(lasts) and numbers == sorted(numbers)


def rows_of(strips: Sequence[Strip], columns: Columns, rules: Sequence[float], em: float) -> Iterator[Strip]:
    """Strips put together to rows: parted by lines; else by wider white; else by what stands in the first column."""
    gaps = [top_of(below) - bottom_of(above) for above, below in pairwise(strips)] or [0.0]
    wide = (min(gaps) + max(gaps)) / 2 if max(gaps) - min(gaps) > _WIDER * em else None
    after_little = [strip for strip, gap in zip(strips[1:], gaps, strict=False) if wide and gap <= wide]
    wraps = sum(_columns_in(strip) < len(columns) for strip in after_little) > 0.2 * len(after_little)
    row = list(strips[0])
    for (above, strip), gap in zip(pairwise(strips), gaps, strict=False):
        begins = any(0 in place_of(chunk, columns) for chunk in strip)
        if len(rules) >= _ROWS:
            parted = any(bottom_of(above) - 1 <= y <= top_of(strip) + 1 for y in rules)
        else:
            parted = (gap > wide if wide and wraps else begins) or _under_heads(above, strip)
        if parted:
            yield row
            row = []
        row += strip
    yield row


def _under_heads(above: Strip, strip: Strip) -> bool:
    """Whether there are more pieces below than above, all bold: heads of columns under heads of groups."""
    return len(strip) > len(above) > 1 and all(chunk.bold for chunk in (*above, *strip))


def top_of(strip: Strip) -> float:
    return min(chunk.box.top for chunk in strip)


def bottom_of(strip: Strip) -> float:
    return max(chunk.box.bottom for chunk in strip)


def cells_of(row: Strip, columns: Columns) -> list[Slot]:
    slots = [Slot(left=left, right=right) for left, right in columns]
    spans: dict[int, int] = {}
    for chunk in in_cell_order(row):
        over = place_of(chunk, columns) or [min(range(len(columns)), key=lambda n: abs(columns[n][0] - chunk.box.x0))]
        slots[over[0]].chunks.append(chunk)
        spans[over[0]] = max(spans.get(over[0], over[0]), over[-1])
    for first, last in spans.items():
        for number in range(first + 1, last + 1):
            if not slots[number].chunks:
                slots[number] = Slot(slots[first].chunks, own=False)
    return slots


def _ruled_off(groups: Sequence[Strip], rules: Sequence[Box]) -> list[bool]:
    """Which rows stand above the first line, where lines do not part all the rows."""
    if not rules or len(rules) >= len(groups) - 1 > 1:
        return []
    first = min(rule.top for rule in rules)
    return [bottom_of(group) <= first + 1 for group in groups]
