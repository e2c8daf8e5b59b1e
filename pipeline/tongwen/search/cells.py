"""In which cells of a table a match stands, named as a reader would name them: by row and by column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from tongwen.model import Json, Span
from tongwen.search import heading

Rows = list[list[str]]


class TableCell(NamedTuple):
    """``row`` and ``column`` are places in the record's ``rows``, counted from 0; ``row`` is None in the header.

    ``row_label``: the first cell of the row that is no mere number, ``column_label``: the header's, None without one.
    """

    row: int | None
    column: int
    row_label: str | None
    column_label: str | None

    def json(self) -> dict[str, Json]:
        return self._asdict()


def cells(table: Mapping[str, Json], marks: Sequence[Span], crossing: bool = False) -> tuple[TableCell, ...]:
    """The cells that hold one of ``marks``, in reading order; ``table``: the record's fields.

    A cell that is merged over several rows is in each of them. ``crossing``: several words were asked for, so where the
    header and a row match, what is meant is the cell where they cross; of the columns, those that no other outdoes.
    """
    heads = len(_pieces(table)) - len(cast(Rows, table.get("rows") or []))
    found = {(row - heads, column) for row, column in _marked(table, marks)}
    found = {place for row, column in found for place in _merged(table, row, column)}
    if crossing:
        found = set(_crossed(found, heading.columns(table, marks)))
    return tuple(dict.fromkeys(_named(table, row, column) for row, column in sorted(found)))


def _crossed(found: Iterable[tuple[int, int]], columns: Collection[int]) -> Iterator[tuple[int, int]]:
    """With the header's matches carried into the rows, if any row matches."""
    places = list(found)
    rows = {row for row, _ in places if row >= 0}
    yield from ((row, column) for row, column in places if row >= 0 or (not rows and column in columns))
    yield from ((row, column) for row in rows for column in columns)


def _marked(table: Mapping[str, Json], marks: Sequence[Span]) -> Iterator[tuple[int, int]]:
    placed = sorted(_placed(table))
    starts = [start for start, *_ in placed]
    for mark in marks:
        at = bisect_right(starts, mark.start) - 1
        if at >= 0 and mark.start < placed[at][1]:
            yield placed[at][2:]


def _placed(table: Mapping[str, Json]) -> Iterator[tuple[int, int, int, int]]:
    """Both ends of every piece of a cell, with its row, header rows among them, and its column."""
    for row, line in enumerate(_pieces(table)):
        for column, pieces in enumerate(line):
            yield from ((start, end, row, column) for start, end in pieces)


def _pieces(table: Mapping[str, Json]) -> list[list[list[list[int]]]]:
    return cast(list[list[list[list[int]]]], table.get("cells") or [])


def _merged(table: Mapping[str, Json], row: int, column: int) -> Iterator[tuple[int, int]]:
    """The place itself, and those below that repeat it."""
    yield row, column
    rows, pieces = cast(Rows, table.get("rows") or []), _pieces(table)
    heads = len(pieces) - len(rows)
    for below in range(row + 1, len(rows) if row >= 0 else 0):
        if pieces[heads + below][column] or rows[below][column] != rows[row][column]:
            return
        yield below, column


def _named(table: Mapping[str, Json], row: int, column: int) -> TableCell:
    header = cast(list[str | None] | None, table.get("header")) or []
    title = header[column] if column < len(header) else None
    if row < 0:
        return TableCell(None, column, None, title or None)
    line = cast(Rows, table["rows"])[row]
    label = next((cell for cell in line if any(map(str.isalpha, cell))), next(filter(None, line), ""))
    return TableCell(row, column, label or None, title or None)
