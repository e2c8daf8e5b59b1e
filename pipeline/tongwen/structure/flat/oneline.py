"""Tables with a line for each row: 新加坡 10,000 – 20,000 1.5."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from tongwen.model import Problem
from tongwen.structure.flat.cells import cell, cut, joined
from tongwen.structure.flat.headers import header
from tongwen.structure.flat.parsed import Parsed, doubtful
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import EMPTY, FlatCell, Row
from tongwen.structure.flat.words import is_year

FITTING = 0.6
"""Share of a table's lines that have as many cells as the table has columns."""


def oneline(sheet: Sheet, start: int, end: int, *, upwards: bool) -> Parsed | None:
    """The table that begins at ``start``, or with ``upwards`` the one that ends at ``end``."""
    width = _width(sheet, range(start, end))
    if width < 2:
        return None
    first, last = _window(sheet, start, end, width, upwards=upwards)
    body = _first_row(sheet, range(first, last), width)
    alone = any(sheet.parts(i) == 1 for i in range(body, last))
    head = header(sheet, range(first, body), width, upwards=upwards, groups=alone) if body > first else None
    if body > first and head is None and not upwards:
        return None
    body = head.end if head else body
    rows, problems = _rows(sheet, range(body, last), width)
    if not _convincing(sheet, range(body, last), width):
        return None
    named = head.rows if head else ()
    unsure = (*(head.problems if head else ()), *problems)
    begin = head.start if head else body
    return Parsed(named[0] if named else None, (*named[1:], *rows), begin, last, unsure, len(named))


def _width(sheet: Sheet, lines: Sequence[int]) -> int:
    """The number of cells that most lines with values have."""
    valued = Counter(sheet.parts(i) for i in lines if sheet.parts(i) > 1 and sheet.words(i)[-1].value)
    counts = valued or Counter(sheet.parts(i) for i in lines if sheet.parts(i) > 1)
    return max(counts, key=lambda n: (counts[n], -n), default=0)


def _window(sheet: Sheet, start: int, end: int, width: int, *, upwards: bool) -> tuple[int, int]:
    """The lines of ``[start, end)`` that hold together: no two lines of one cell in a row below the first full row."""
    full = [i for i in range(start, end) if sheet.parts(i) >= width]
    if not full:
        return start, start
    last = full[-1] + 1
    for above, below in itertools.pairwise(full):
        if below - above > 2:
            if upwards:
                start = above + 1
            else:
                last = above + 1
                break
    return start, last


def _first_row(sheet: Sheet, lines: range, width: int) -> int:
    """The first line with values that are no years, which may be labels; else with any; else the second line."""
    valued = [i for i in lines if _valued(sheet, i, width) or _halved(sheet, i, width)]
    plain = [i for i in valued if sheet.parts(i) == 1 or not _years(sheet, i)]
    return next(iter(plain or valued), lines.start + 1)


def _years(sheet: Sheet, i: int) -> bool:
    """Whether all values of a line are years."""
    return all(is_year(word.key) for word in sheet.words(i)[1:] if word.value)


def _halved(sheet: Sheet, i: int, width: int) -> bool:
    """Whether line ``i`` is the label of a row whose values stand on the next: 城市C, and 4 12 3 0 below it."""
    if i + 1 >= len(sheet) or sheet.breaks(i + 1) or sheet.parts(i + 1) != width - 1:
        return False
    label = sheet.parts(i) == 1 and not sheet.words(i)[-1].value
    return label and all(word.value and not is_year(word.key) for word in sheet.words(i + 1))


def _valued(sheet: Sheet, i: int, width: int) -> bool:
    return sheet.parts(i) >= width and any(word.value for word in sheet.words(i)[1:])


def _convincing(sheet: Sheet, lines: Sequence[int], width: int) -> bool:
    halved = [i for i in lines if _halved(sheet, i, width)]
    full = [i for i in lines if sheet.parts(i) == width or i in halved]
    valued = sum(_valued(sheet, i, width) for i in full) + len(halved)
    enough = len(full) >= max(2, FITTING * (len(lines) - len(halved)))
    return enough and (valued >= FITTING * len(full) or (len(full) > 2 and len(full) == len(lines)))


def _rows(sheet: Sheet, lines: Sequence[int], width: int) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems = []
    apart = _apart(sheet, lines)
    for i in lines:
        line, found = sheet.lines[i], sheet.words(i)
        cells = [cell(part, line) for part in cut(found, width)]
        count = sheet.parts(i)
        if i - 1 in lines and _halved(sheet, i - 1, width):
            rows[-1] = (rows[-1][0], *cells)
            continue
        if count == 1 and rows and not sheet.breaks(i) and apart and not _halved(sheet, i, width):
            rows[-1] = _wrapped(rows[-1], cells[0])
            continue
        rows.append((*cells, *[EMPTY] * (width - len(cells))))
        if 1 < count != width:
            problems.append(doubtful(rows[-1], f"It has {count} pieces for {width} columns."))
    return rows, problems


def _apart(sheet: Sheet, lines: Sequence[int]) -> bool:
    """Whether rows are set with blank lines between, so that a line without one goes on from the row above."""
    return 2 * sum(sheet.breaks(i) for i in lines) > len(lines)


def _wrapped(row: Row, rest: FlatCell) -> Row:
    return (joined(row[0], rest), *row[1:])
