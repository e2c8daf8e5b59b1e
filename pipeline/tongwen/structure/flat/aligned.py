"""Tables whose columns are kept apart by wide blanks or by tabs, as text that keeps the page's layout has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tongwen.structure.flat.cells import cell, joined
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import EMPTY, FlatCell, Row
from tongwen.structure.flat.words import STRONG, Word, is_value, is_year

SLACK = 2
"""Columns that a full line of a cell may be short of the widest: a character that did not fit."""

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
_Segments = dict[int, list[_Segment]]


def aligned(sheet: Sheet, start: int, end: int) -> Parsed | None:
    """The rows of lines ``[start, end)``, of which most have wide blanks; the first ones are the header.

    A line is measured in columns, of which a Chinese character takes two, or in characters, as ``pdftotext -layout``
    sets its blanks.
    """
    segments = {i: _segments(sheet, i) for i in range(start, end)}
    counts = Counter(len(found) for found in segments.values() if len(found) > 1)
    if sum(counts.values()) < max(2, (end - start) / 2):
        return None
    width = max(counts, key=lambda n: (counts[n] > 1, counts[n] * n))
    counted = {i: [_in_characters(sheet, i, s) for s in found] for i, found in segments.items()}
    pages = _pages(sheet, segments, width)
    ways = [way for way in (segments, counted) if all(_parted(_bands(_full(way, page, width))) for page in pages)]
    measured = min(ways, key=lambda way: sum(_ragged(_full(way, page, width)) for page in pages), default=None)
    if measured is None and not _plain(sheet, _full(segments, range(start, end), width)):
        return None
    return _grid(sheet, measured or segments, pages, width)


def _pages(sheet: Sheet, segments: _Segments, width: int) -> list[range]:
    """The lines of each page, on which a table may be set in columns of its own."""
    lines = [*segments]
    starts = [i for i in lines if i == lines[0] or sheet.turns(i)]
    pages = [range(a, b) for a, b in pairwise([*starts, lines[-1] + 1])]
    return pages if all(_full(segments, page, width) for page in pages) else [range(lines[0], lines[-1] + 1)]


def _grid(sheet: Sheet, segments: _Segments, pages: Sequence[range], width: int) -> Parsed | None:
    placed: dict[int, _Cells] = {}
    for page in pages:
        bands = _bands(_full(segments, page, width))
        placed |= {i: _placed(segments[i], bands) for i in page}
    rows = _trimmed(_rows(sheet, placed), placed)
    head = _head(sheet, rows)
    grid = [_row(sheet, lines, placed, width) for lines in rows]
    again = _again(sheet, rows, grid, head, pages)
    if len(grid) - head - len(again) < 2:
        return None
    header = _stacked(grid[:head]) if head else None
    body = tuple(row for n, row in enumerate(grid) if n >= head and n not in again)
    lines = tuple(i for n in again for i in rows[n])
    return Parsed(header, body, rows[0][0], rows[-1][-1] + 1, again=lines)


def _again(
    sheet: Sheet, rows: Sequence[Sequence[int]], grid: Sequence[Row], head: int, pages: Sequence[range]
) -> list[int]:
    """The rows that repeat the header on another page."""
    starts = {page.start for page in pages[1:]}
    first = [[sheet.text(cell) for cell in row] for row in grid[:head]]
    found = (n for n in range(head, len(rows)) if rows[n][0] in starts)
    texts = ((n, [[sheet.text(cell) for cell in row] for row in grid[n : n + head]]) for n in found)
    return [n + k for n, printed in texts if printed == first for k in range(head)]


def _full(segments: _Segments, lines: range, width: int) -> list[list[_Segment]]:
    return [segments[i] for i in lines if len(segments[i]) == width]


def _ragged(full: Sequence[Sequence[_Segment]]) -> int:
    """By how many places the cells of each column begin apart."""
    return sum(max(s.at for s in column) - min(s.at for s in column) for column in zip(*full, strict=True))


def _parted(bands: Sequence[tuple[int, int]]) -> bool:
    """Whether no column of the table reaches into the next."""
    return all(a[1] <= b[0] for a, b in pairwise(bands))


def _in_characters(sheet: Sheet, i: int, segment: _Segment) -> _Segment:
    """A segment's place on line ``i`` counted in characters."""
    line = sheet.lines[i]
    at = line.indent + segment.cell.pieces[0].start - line.span.start
    return replace(segment, at=at, end=at + len(segment.cell.pieces[0]))


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
    rows: list[list[int]] = []
    for i, cells in placed.items():
        begins = sheet.breaks(i) if whole else _begins(sheet, i, cells, placed)
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


def _begins(sheet: Sheet, i: int, cells: _Cells, placed: dict[int, _Cells]) -> bool:
    first = cells.get(0)
    if first is None:
        return False
    text = sheet.lines[i].text
    valued = {n for found in placed.values() for n, segment in found.items() if n and segment.value}
    lacks = len(cells) > 1 and bool(valued) and not valued & set(cells) and not _heads(placed, i)
    lower = text[0].islower() and (len(cells) == 1 or _capital(sheet, placed))
    return not text.startswith(NEVER_FIRST) and not lower and not lacks and not _wrapped(sheet, i, placed)


def _capital(sheet: Sheet, placed: dict[int, _Cells]) -> bool:
    """Whether cells begin with a capital, as those of the first line do."""
    first = min(placed)
    line = sheet.lines[first]
    starts = (segment.cell.pieces[0].start - line.span.start for segment in placed[first].values())
    return all(line.text[at].isupper() for at in starts)


def _wrapped(sheet: Sheet, i: int, placed: dict[int, _Cells]) -> bool:
    """Whether a first cell alone goes on from the line above, whose own is as wide as any and has cells beside it."""
    above = placed.get(i - 1)
    if len(placed[i]) > 1 or sheet.breaks(i) or above is None or 0 not in above or len(above) < 2:
        return False
    widths = [sheet.columns(cells[0].cell) for cells in placed.values() if 0 in cells and len(cells) > 1]
    return sheet.columns(above[0].cell) >= max(widths) - SLACK


def _heads(placed: dict[int, _Cells], i: int) -> bool:
    """Whether no line above has values: the header may be on several lines."""
    return not any(segment.value for n, cells in placed.items() if n < i for k, segment in cells.items() if k)


def _head(sheet: Sheet, rows: Sequence[Sequence[int]]) -> int:
    """How many rows stand above the first with a value in it, where most rows from there on have one; else the first
    alone."""
    valued = [any(word.value and not is_year(word.key) for i in lines for word in sheet.words(i)[1:]) for lines in rows]
    first = valued.index(True) if True in valued else 1
    if 2 * sum(valued) < len(rows) - 1:
        return 1
    group = first > 1 and sum(len(sheet.words(i)) for i in rows[first - 1]) == 1
    return first - group


def _row(sheet: Sheet, lines: Sequence[int], placed: dict[int, _Cells], width: int) -> Row:
    columns = [[placed[i][n].cell for i in lines if n in placed[i]] for n in range(width)]
    return tuple(joined(*column) if column else EMPTY for column in columns)


def _stacked(rows: Sequence[Row]) -> Row:
    return tuple(joined(*column) for column in zip(*rows, strict=True))
