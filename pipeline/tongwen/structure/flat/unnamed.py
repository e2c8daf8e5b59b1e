"""Tables without a caption: only where the columns themselves leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from tongwen.structure.flat.aligned import aligned
from tongwen.structure.flat.oneline import oneline
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.tabbed import tabbed
from tongwen.structure.flat.table import Row
from tongwen.structure.flat.words import is_value

ROWS, COLUMNS = 3, 3
"""The least that is taken for a table without a caption."""

_BLANK = r"(?: {2,}|\t|\u3000+)"
_WIDE = re.compile(rf"\S{_BLANK}\S.*\S{_BLANK}\S")
_FIGURES = re.compile(r"\S +[^\s\d]{0,3}\d\S*(?: \S{1,3})? +[^\s\d]{0,3}\d\S*(?: \S{1,3})?$")
_LEADERS = re.compile(r"\.{4,}|…{2,}|·{4,}|(?:\. ){4,}|-{4,}|_{3,}")
_LISTED = re.compile(
    r"\d+(?:\.\d+)*\.?\s|第.{1,4}[编章节条部]|[一二三四五六七八九十]{1,3}[、.]|\(?[a-z0-9ivx]{1,4}[).]"
    r"|附[录件表]|chapter|part"
)


def unnamed(sheet: Sheet, used: Collection[int]) -> Iterator[Parsed]:
    """Runs of rows with three cells at least, that no caption has claimed."""
    for start, end, wide in _runs(sheet, used):
        found = _ruled(sheet, start, end) if wide else _figures(sheet, start, end)
        if found and _sure(sheet, found) and not _is_contents(sheet, found):
            yield found


def _ruled(sheet: Sheet, start: int, end: int) -> Parsed | None:
    return tabbed(sheet, start, end) if "\t" in sheet.lines[start].text else aligned(sheet, start, end)


def _figures(sheet: Sheet, start: int, end: int) -> Parsed | None:
    """Rows of a label and nothing but values."""
    found = oneline(sheet, start, end, upwards=False)
    plain = found and all(is_value(sheet.text(cell)) for row in found.rows for cell in row[1:] if cell.pieces)
    return found if plain else None


def _runs(sheet: Sheet, used: Collection[int]) -> Iterator[tuple[int, int, bool]]:
    """Lines ``[start, end)`` of one kind: with wide blanks (True), or that end in two numbers, with a line above."""
    kinds = [_kind(sheet, i) if i not in used else None for i in range(len(sheet))]
    start = 0
    for i, (kind, after) in enumerate(pairwise([*kinds, None])):
        if kind != after:
            if kind is not None and i + 1 - start >= ROWS:
                above = not kind and start > 0 and start - 1 not in used and sheet.tabular(start - 1)
                yield start - above, i + 1, kind
            start = i + 1


def _kind(sheet: Sheet, i: int) -> bool | None:
    """Whether a line has wide blanks; False where it ends in two numbers, None where it is neither."""
    text = sheet.lines[i].text
    if (" " not in text and "\t" not in text and "\u3000" not in text) or text[-1] in "。；;：:":
        return None
    wide = bool(_WIDE.search(text))
    if not (wide or _FIGURES.search(text)) or _LEADERS.search(text) or not sheet.usable(i):
        return None
    return wide


def _sure(sheet: Sheet, found: Parsed) -> bool:
    """Rows without a gap, and a column of values below its label."""
    full = [row for row in found.rows if all(cell.pieces for cell in row)]
    large = len(found.rows[0]) >= COLUMNS and len(found.rows) >= ROWS - bool(found.header) and len(full) >= ROWS - 1
    valued = any(all(_is_value(sheet, row, n) for row in full) for n in range(1, len(found.rows[0])))
    return large and valued and 3 * len(full) >= 2 * len(found.rows) and not found.problems


def _is_value(sheet: Sheet, row: Row, n: int) -> bool:
    return is_value(sheet.text(row[n]))


def _is_contents(sheet: Sheet, found: Parsed) -> bool:
    """Whether the rows are headings with their pages: numbered, and the last column never goes down."""
    pages = [sheet.text(row[-1]) for row in found.rows]
    ordered = all(page.isdigit() for page in pages) and all(int(a) <= int(b) for a, b in pairwise(pages))
    listed = sum(bool(_LISTED.match(sheet.text(row[0]) + " ")) for row in found.rows)
    return ordered and 2 * listed > len(found.rows)
