"""Tables whose columns are kept apart by wide blanks or by tabs, as text that keeps the page's layout has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongwen.structure.flat.cells import cell, joined
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import EMPTY, FlatCell, Row
from tongwen.structure.flat.words import STRONG, Word, is_value

_SENTENCE = re.compile(r"[。;!?,、]|\.$")

NEVER_FIRST = (",", "。", "、", ";", ":", ")", "(", "」", "》")
"""What a row does not begin with."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words with no wide blank between them, from column ``at`` to ``end``."""

    at: int
    end: int
    cell: FlatCell
    value: bool


_Cells = dict[int, _Segment]


def aligned(sheet: Sheet, start: int, end: int) -> Parsed | None:
    """The rows of lines ``[start, end)``, of which most have wide blanks; the first ones are the header."""
    segments = {i: _segments(sheet, i) for i in range(start, end)}
    counts = Counter(len(found) for found in segments.values() if len(found) > 1)
    if sum(counts.values()) < max(2, (end - start) / 2):
        return None
    width = max(counts, key=lambda n: (counts[n] > 1, counts[n] * n))
    full = [found for found in segments.values() if len(found) == width]
    bands = _bands(full)
    if any(a[1] > b[0] for a, b in pairwise(bands)) and not _plain(sheet, full):
        return None
    placed = {i: _placed(found, bands) for i, found in segments.items()}
    rows = _trimmed(_rows(sheet, placed), placed)
    head = _head(sheet, rows)
    grid = [_row(lines, placed, width) for lines in rows]
    if len(grid) - head < 2:
        return None
    header = _stacked(grid[:head]) if head else None
    return Parsed(header, tuple(grid[head:]), rows[0][0], rows[-1][-1] + 1)


def _segments(sheet: Sheet, i: int) -> list[_Segment]:
    groups: list[list[Word]] = []
    for word in sheet.words(i):
        if groups and word.border < STRONG:
            groups[-1].append(word)
        else:
            groups.append([word])
    line = sheet.lines[i]
    return [_segment(sheet, cell(group, line), group[0].at) for group in groups]


def _segment(sheet: Sheet, printed: FlatCell, at: int) -> _Segment:
    text = sheet.text(printed)
    return _Segment(at, at + sheet.columns(printed), printed, is_value(text))


def _bands(full: Sequence[Sequence[_Segment]]) -> list[tuple[int, int]]:
    """The columns of the page that each column of the table takes."""
    return [(min(s.at for s in column), max(s.end for s in column)) for column in zip(*full, strict=True)]


def _plain(sheet: Sheet, full: Sequence[Sequence[_Segment]]) -> bool:
    """Whether cells that do not stand below one another are values at least, or words without a mark of a sentence."""
    cells = [segment for found in full for segment in found[1:]]
    return all(s.value or not _SENTENCE.search(sheet.text(s.cell)) for s in cells)


def _placed(found: Sequence[_Segment], bands: Sequence[tuple[int, int]]) -> _Cells:
    """Which column each segment stands in: in order where none is missing, else the nearest to it."""
    if len(found) == len(bands):
        return dict(enumerate(found))
    out: _Cells = {}
    for segment in found:
        free = range(max(out, default=-1) + 1, len(bands))
        near = min(free, key=lambda n: _distance(segment, bands[n]), default=None)
        if near is None:
            last = max(out)
            out[last] = _Segment(out[last].at, segment.end, joined(out[last].cell, segment.cell), value=False)
        else:
            out[near] = segment
    return out


def _distance(segment: _Segment, band: tuple[int, int]) -> tuple[int, int]:
    """Columns between a segment and a band, 0 where they overlap; then how far their beginnings are apart."""
    return max(0, band[0] - segment.end, segment.at - band[1]), abs(segment.at - band[0])


def _rows(sheet: Sheet, placed: dict[int, _Cells]) -> list[list[int]]:
    """The lines of each row: a line goes on from the one above where its first cell is empty or cannot begin a row."""
    whole = _in_blocks(sheet, placed)
    valued = _valued(placed)
    rows: list[list[int]] = []
    for i, cells in placed.items():
        begins = sheet.breaks(i) if whole else _begins(sheet, i, cells, valued)
        if begins or not rows:
            rows.append([i])
        else:
            rows[-1].append(i)
    return rows


def _trimmed(rows: list[list[int]], placed: dict[int, _Cells]) -> list[list[int]]:
    """The rows without those of one cell at either end, which are no part of the table."""
    full = [n for n, lines in enumerate(rows) if len({k for i in lines for k in placed[i]}) > 1]
    return rows[full[0] : full[-1] + 1]


def _in_blocks(sheet: Sheet, placed: dict[int, _Cells]) -> bool:
    """Whether each block is one row, wrapped: only its first line has a cell in every column."""
    blocks = sheet.blocks(min(placed), max(placed) + 1)
    longer = [block for block in blocks if len(block) > 1]
    most = max(map(len, placed.values()))
    wrapped = all(len(placed[i]) < most for block in longer for i in block[1:])
    return len(blocks) > 2 and bool(longer) and wrapped


def _valued(placed: dict[int, _Cells]) -> dict[int, int]:
    """The columns behind the first that have values, with the first line of each that has one."""
    out: dict[int, int] = {}
    for i, cells in placed.items():
        for n, segment in cells.items():
            if n and segment.value:
                out.setdefault(n, i)
    return out


def _begins(sheet: Sheet, i: int, cells: _Cells, valued: dict[int, int]) -> bool:
    """Where no line above has values, the header may be on several lines."""
    first = cells.get(0)
    if first is None:
        return False
    text = sheet.lines[i].text
    lacks = len(cells) > 1 and i > min(valued.values(), default=i) and not valued.keys() & cells
    return not text.startswith(NEVER_FIRST) and not (len(cells) == 1 and text[0].islower()) and not lacks


def _head(sheet: Sheet, rows: Sequence[Sequence[int]]) -> int:
    """How many rows stand above the first with a value in it; the first alone where there is none."""
    for n, lines in enumerate(rows):
        if any(word.value for i in lines for word in sheet.words(i)[1:]):
            group = n > 1 and sum(len(sheet.words(i)) for i in rows[n - 1]) == 1
            return n - group
    return 1


def _row(lines: Sequence[int], placed: dict[int, _Cells], width: int) -> Row:
    columns = [[placed[i][n].cell for i in lines if n in placed[i]] for n in range(width)]
    return tuple(joined(*column) if column else EMPTY for column in columns)


def _stacked(rows: Sequence[Row]) -> Row:
    return tuple(joined(*column) for column in zip(*rows, strict=True))
