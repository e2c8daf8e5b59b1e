"""What a table found in plain text is: cells of spans, and the lines it takes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tongwen.model import Problem, Span
from tongwen.structure.table_groups import groups


@dataclass(frozen=True, slots=True)
class FlatCell:
    """``pieces``: the printed text of a cell, line by line; () where it is empty.

    ``repeat``: the cell is merged with the one to its left or above it, and ``pieces`` are that cell's. Whoever reads
    the text once, as passages must, leaves out the cells that repeat.
    """

    pieces: tuple[Span, ...] = ()
    repeat: bool = False


EMPTY = FlatCell()

Row = tuple[FlatCell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """``rows[row]`` is a label over ``rows[first:last]``; it stands in the row's first cell."""

    row: int
    first: int
    last: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FlatTable:
    """``lines``: what the table takes up, header, rows and notes, without its caption; two tables printed side by side
    share lines. ``caption``: the lines that name it. ``header`` and ``rows`` together are the grid, all of one width;
    ``head`` is how many rows of the grid name its columns: 0 without a header, 2 where the first of ``rows`` has labels
    below those of the header.

    ``notes``: the lines of each note. ``again``: lines that repeat caption or header after a page break. ``beside``:
    text on the table's lines that stands outside its frame, such as a title set upright. Every other character of
    ``lines`` that is not blank is in exactly one cell that does not repeat, or belongs to a rule.
    """

    lines: tuple[int, ...]
    caption: tuple[int, ...]
    number: str | None
    header: Row | None
    rows: tuple[Row, ...]
    origin: Literal["text", "drawn"]
    head: int = 0
    groups: tuple[Group, ...] = ()
    notes: tuple[tuple[int, ...], ...] = ()
    again: tuple[int, ...] = ()
    beside: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()


def grouped(rows: Sequence[Row], key: str) -> tuple[Group, ...]:
    """The rows that name others: one cell across the table, or a label alone."""
    texts = [["".join(piece.of(key) for piece in cell.pieces) for cell in row] for row in rows]
    across = [_across(row) for row in rows]
    return tuple(Group(group.row, group.first, group.last + 1, group.sure) for group in groups(texts, across))


def _across(row: Row) -> bool:
    """Whether one cell spans the row."""
    first, *others = row
    return bool(first.pieces and others) and all(cell.repeat and cell.pieces == first.pieces for cell in others)
