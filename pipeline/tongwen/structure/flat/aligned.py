"""Tables whose columns are kept apart by wide blanks or by tabs, as text that keeps the page's layout has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tongwen.structure.flat.aligned_rows import rows_of
from tongwen.structure.flat.cells import joined
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.segments import (
    Cells,
    Segment,
    Segments,
    bands,
    full,
    in_characters,
    parted,
    placed,
    ragged,
    segments_of,
)
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import EMPTY, Row
from tongwen.structure.flat.words import is_year

_SENTENCE = re.compile(r"[。;!?,、]|\.$")


def aligned(sheet: Sheet, start: int, end: int) -> Parsed | None:
    """The rows of lines ``[start, end)``, of which most have wide blanks; the first ones are the header.

    A line is measured in columns, of which a Chinese character takes two, or in characters, as ``pdftotext -layout``
    sets its blanks.
    """
    segments = {i: segments_of(sheet, i) for i in range(start, end)}
    counts = Counter(len(found) for found in segments.values() if len(found) > 1)
    if sum(counts.values()) < max(2, (end - start) / 2):
        return None
    width = max(counts, key=lambda n: (counts[n] > 1, counts[n] * n))
    counted = {i: [in_characters(sheet, i, s) for s in found] for i, found in segments.items()}
    pages = _pages(sheet, segments, width)
    ways = [way for way in (segments, counted) if all(parted(bands(full(way, page, width))) for page in pages)]
    measured = min(ways, key=lambda way: sum(ragged(full(way, page, width)) for page in pages), default=None)
    if measured is None and not _plain(sheet, full(segments, range(start, end), width)):
        return None
    return _grid(sheet, measured or segments, pages, width)


def _pages(sheet: Sheet, segments: Segments, width: int) -> list[range]:
    """The lines of each page, on which a table may be set in columns of its own."""
    lines = [*segments]
    starts = [i for i in lines if i == lines[0] or sheet.turns(i)]
    pages = [range(a, b) for a, b in pairwise([*starts, lines[-1] + 1])]
    return pages if all(full(segments, page, width) for page in pages) else [range(lines[0], lines[-1] + 1)]


def _grid(sheet: Sheet, segments: Segments, pages: Sequence[range], width: int) -> Parsed | None:
    cells: dict[int, Cells] = {}
    for page in pages:
        columns = bands(full(segments, page, width))
        cells |= {i: placed(segments[i], columns) for i in page}
    rows = _trimmed(rows_of(sheet, cells), cells)
    head = _head(sheet, rows, cells, width)
    grid = [_row(lines, cells, width) for lines in rows]
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


def _plain(sheet: Sheet, lines: Sequence[Sequence[Segment]]) -> bool:
    """Whether cells that do not stand below one another are values at least, or words without a mark of a sentence."""
    cells = [segment for found in lines for segment in found[1:]]
    return all(s.value or not _SENTENCE.search(sheet.text(s.cell)) for s in cells)


def _trimmed(rows: list[list[int]], placed: dict[int, Cells]) -> list[list[int]]:
    """The rows without those of one cell at either end, which are no part of the table."""
    full = [n for n, lines in enumerate(rows) if len({k for i in lines for k in placed[i]}) > 1]
    return rows[full[0] : full[-1] + 1]


def _head(sheet: Sheet, rows: Sequence[Sequence[int]], placed: dict[int, Cells], width: int) -> int:
    """How many rows stand above the first with a value in it, or the first whose cells are full and wrapped, where most
    rows from there on have a value; else the first alone."""
    valued = [any(word.value and not is_year(word.key) for i in lines for word in sheet.words(i)[1:]) for lines in rows]
    first = valued.index(True) if True in valued else 1
    first = next((n for n in range(1, first) if len(rows[n]) > 1 and len(placed[rows[n][0]]) == width), first)
    if 2 * sum(valued) < len(rows) - 1:
        return 1
    group = first > 1 and sum(len(sheet.words(i)) for i in rows[first - 1]) == 1
    return first - group


def _row(lines: Sequence[int], placed: dict[int, Cells], width: int) -> Row:
    columns = [[placed[i][n].cell for i in lines if n in placed[i]] for n in range(width)]
    return tuple(joined(*column) if column else EMPTY for column in columns)


def _stacked(rows: Sequence[Row]) -> Row:
    return tuple(joined(*column) for column in zip(*rows, strict=True))
