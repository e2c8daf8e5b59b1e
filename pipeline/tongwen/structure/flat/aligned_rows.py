"""Which lines of a table with wrapped cells make a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tongwen.labels import labels
from tongwen.structure.flat.segments import Cells
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.lines import NEVER_FIRST

SLACK = 2
"""Columns that a full line of a cell may be short of the widest: a character that did not fit."""


def rows_of(sheet: Sheet, placed: Mapping[int, Cells]) -> list[list[int]]:
    """The lines of each row: a line goes on from the one above where its first cell is empty or cannot begin a row."""
    table = _Lines(sheet, placed)
    whole = _in_blocks(sheet, placed)
    rows: list[list[int]] = []
    for i in placed:
        if (sheet.breaks(i) if whole else table.begins(i)) or not rows:
            rows.append([i])
        else:
            rows[-1].append(i)
    return rows


def _in_blocks(sheet: Sheet, placed: Mapping[int, Cells]) -> bool:
    """Whether each block is one row, wrapped: only its first line has a cell in every column."""
    blocks = sheet.blocks(min(placed), max(placed) + 1)
    longer = [block for block in blocks if len(block) > 1]
    most = max(map(len, placed.values()))
    wrapped = all(len(placed[i]) < most for block in longer for i in block[1:])
    return len(blocks) > 2 and bool(longer) and wrapped


@dataclass(frozen=True)
class _Lines:
    sheet: Sheet
    placed: Mapping[int, Cells]

    def begins(self, i: int) -> bool:
        """Whether line ``i`` begins a row. Where no line above has values, the header may be on several lines."""
        cells = self.placed[i]
        if 0 not in cells:
            return False
        text, key = self.sheet.lines[i].text, self.sheet.lines[i].key
        goes_on = key.startswith(NEVER_FIRST) or (key[0] == "(" and not labels(key))
        lacks = len(cells) > 1 and i > min(self._valued.values(), default=i) and not self._valued.keys() & cells
        lower = text[0].islower() and (len(cells) == 1 or self._capital)
        return not (goes_on or lower or lacks or self._wrapped(i))

    @cached_property
    def _valued(self) -> dict[int, int]:
        """The columns behind the first that have values, with the first line of each that has one."""
        out: dict[int, int] = {}
        for i, cells in self.placed.items():
            for n, segment in cells.items():
                if n and segment.value:
                    out.setdefault(n, i)
        return out

    @cached_property
    def _capital(self) -> bool:
        """Whether cells begin with a capital, as those of the first line do."""
        first = min(self.placed)
        line = self.sheet.lines[first]
        starts = (segment.cell.pieces[0].start - line.span.start for segment in self.placed[first].values())
        return all(line.text[at].isupper() for at in starts)

    @cached_property
    def _widest(self) -> int:
        """Columns of the widest first cell that has others beside it."""
        return max((self._first(i) for i, cells in self.placed.items() if 0 in cells and len(cells) > 1), default=0)

    def _first(self, i: int) -> int:
        return self.sheet.columns(self.placed[i][0].cell)

    def _wrapped(self, i: int) -> bool:
        """Whether a first cell alone goes on from the line above, whose own is as wide as any and is not alone; what
        stands out from it names a group."""
        above = self.placed.get(i - 1, {})
        out = i - 1 in self.placed and self.sheet.lines[i].indent < self.sheet.lines[i - 1].indent
        alone = len(self.placed[i]) == 1 and not self.sheet.breaks(i) and not out
        return alone and 0 in above and len(above) > 1 and self._first(i - 1) >= self._widest - SLACK
