"""A table as it stands on a terminal: columns as wide as there is room, cells wrapped, labels of groups across."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from tongwen.cli.healing import healed
from tongwen.cli.page import Page, Style
from tongwen.cli.width import width, wrap

Row = Sequence[str]

GAP = " │ "
NARROWEST = 6
"""Columns of a terminal that a column of a table keeps however many there are."""

_FIGURES = re.compile(r"[-−–~约約]?\d[\d,.]*[%％]?")


class Drawing(NamedTuple):
    """``labels`` are the rows that name a group, ``members`` those that stand under one."""

    heads: Sequence[Row]
    rows: Sequence[Row]
    labels: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()

    def lines(self, page: Page, reading: Callable[[str], str] = str) -> Iterator[str]:
        """Painted for ``page``, whose width is kept where that leaves room for every column."""
        heads = [[_clean(page, reading(cell)) for cell in row] for row in self.heads]
        rows = [[_clean(page, reading(cell)) for cell in row] for row in self.rows]
        rows = [_indented(row) if number in self.members else row for number, row in enumerate(rows)]
        measured = [row for number, row in enumerate(rows) if number not in self.labels]
        widths = _widths([*heads, *measured], page.columns)
        right = [_is_figures(column) for column in _columns(measured)]
        grid = _Grid(page, widths, right)
        for row in heads:
            yield from grid.row(row, "heading")
        if heads:
            yield grid.rule()
        ruled = any(grid.is_wrapped(row) for row in measured)
        for number, row in enumerate(rows):
            if ruled and number:
                yield grid.rule()
            yield from grid.across(row[0]) if number in self.labels else grid.row(row)


class _Grid(NamedTuple):
    page: Page
    widths: Sequence[int]
    right: Sequence[bool]

    def row(self, cells: Row, style: Style | None = None) -> Iterator[str]:
        wrapped = [_fitted(cell, room) for cell, room in zip(cells, self.widths, strict=False)]
        for line in zip_longest(*wrapped, fillvalue=""):
            padded = [self._padded(at, text) for at, text in enumerate(line)]
            yield GAP.join(self.page.paint(text, style) if style else text for text in padded).rstrip()

    def across(self, text: str) -> Iterator[str]:
        room = sum(self.widths) + len(GAP) * (len(self.widths) - 1)
        for line in _fitted(text, room) if self.page.columns else [text]:
            yield self.page.paint(line, "label")

    def rule(self) -> str:
        return self.page.paint("─┼─".join("─" * room for room in self.widths), "faint")

    def is_wrapped(self, cells: Row) -> bool:
        return any(width(cell) > room for cell, room in zip(cells, self.widths, strict=False))

    def _padded(self, at: int, text: str) -> str:
        blank = " " * (self.widths[at] - width(text))
        return blank + text if at < len(self.right) and self.right[at] else text + blank


def _clean(page: Page, text: str) -> str:
    return page.safe(healed(text)).replace("\n", " ").replace("\t", " ")


def _indented(row: Row) -> list[str]:
    return [f"  {row[0]}", *row[1:]]


def _is_figures(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell.strip()]
    return bool(filled) and all(_FIGURES.fullmatch(cell.strip()) for cell in filled)


def _columns(rows: Iterable[Row]) -> list[list[str]]:
    """The cells of each, which are as many as there are: short rows end before the last column."""
    columns: list[list[str]] = []
    for row in rows:
        columns.extend([] for _ in range(len(row) - len(columns)))
        for column, cell in zip(columns, row, strict=False):
            column.append(cell)
    return columns


def _widths(rows: Sequence[Row], columns: int) -> list[int]:
    """As wide as the widest cell; where there are fewer ``columns``, the widest cells give way first. 0: no limit."""
    natural = [max(map(width, column)) for column in _columns(rows)]
    room = columns - len(GAP) * (len(natural) - 1)
    if not columns or sum(natural) <= room:
        return natural
    most = NARROWEST
    while sum(min(size, most + 1) for size in natural) <= room:
        most += 1
    return [min(size, most) for size in natural]


def _fitted(text: str, room: int) -> list[str]:
    """``text`` in lines of at most ``room`` columns; closing punctuation hangs where it fits, longer words are cut."""
    lines = [line.rstrip() for line in wrap(text, room)]
    if max(map(width, lines)) > room:
        lines = [line.rstrip() for line in wrap(text, room - 2)]
    return [piece for line in lines for piece in _cut(line, room)]


def _cut(line: str, room: int) -> Iterator[str]:
    while width(line) > room:
        head = next(line[:at] for at in range(len(line), 0, -1) if width(line[:at]) <= room)
        yield head
        line = line[len(head) :]
    yield line
