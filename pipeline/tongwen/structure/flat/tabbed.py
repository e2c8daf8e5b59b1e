"""Tables whose cells are parted by tabs, as spreadsheets copy them."""

from __future__ import annotations

import re
from collections import Counter

from tongwen.model import Span
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import EMPTY, FlatCell, Row
from tongwen.structure.flat.words import is_value
from tongwen.structure.lines import Line

_CELL = re.compile(r"(?:^|(?<=\t))[^\t]*")


def tabbed(sheet: Sheet, start: int, end: int) -> Parsed | None:
    """The first lines of ``[start, end)`` with one number of tabs; cells between two tabs may be empty."""
    rows = [_row(sheet.lines[i]) for i in range(start, end)]
    width = max(Counter(len(row) for row in rows).items(), key=lambda item: (item[1], item[0]))[0]
    kept = next((n for n, row in enumerate(rows) if len(row) > width or len(row) < 2), len(rows))
    if width < 2 or kept < 3:
        return None
    grid = [(*row, *[EMPTY] * (width - len(row))) for row in rows[:kept]]
    headed = not any(is_value(sheet.text(cell)) for cell in grid[0][1:] if cell.pieces)
    return Parsed(grid[0] if headed else None, tuple(grid[headed:]), start, start + kept)


def _row(line: Line) -> Row:
    """The cells of a line; a tab before the first text is blank space of the line's and stands for an empty cell."""
    first = [EMPTY] * (line.indent == 1 and "\t" in line.text)
    return (*first, *(_cell(line, match) for match in _CELL.finditer(line.text)))


def _cell(line: Line, match: re.Match[str]) -> FlatCell:
    text = match[0]
    start = line.span.start + match.start() + len(text) - len(text.lstrip())
    return FlatCell((Span(start, start + len(text.strip())),)) if text.strip() else EMPTY
