"""What a reading of some lines as a table gives, before it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongwen.model import Problem, Span, hull
from tongwen.structure.flat.table import EMPTY, FlatCell, Row


@dataclass(frozen=True, slots=True)
class Parsed:
    """``start``, ``end``: the first line and the last plus one; every word is in a cell, but for those of ``again``.

    ``head``: how many rows name the columns, the header and the first of ``rows``. ``again``: lines that repeat them.
    """

    header: Row | None
    rows: tuple[Row, ...]
    start: int
    end: int
    problems: tuple[Problem, ...] = ()
    head: int = 1
    again: tuple[int, ...] = ()


def fitted(labels: Sequence[FlatCell], width: int) -> tuple[Row, tuple[Problem, ...]] | None:
    """The labels of ``width`` columns: where one is missing it is the first, over the rows' own labels."""
    if len(labels) == width:
        return tuple(labels), ()
    if len(labels) != width - 1 or not labels:
        return None
    message = f"The header has {len(labels)} labels over {width} columns."
    hint = "The first column was taken to have none."
    return (EMPTY, *labels), (Problem("table-header-width", message, hint, extent(labels)),)


def extent(cells: Sequence[FlatCell]) -> Span | None:
    pieces = [piece for cell in cells for piece in cell.pieces]
    return hull(pieces) if pieces else None


def doubtful(cells: Sequence[FlatCell], hint: str) -> Problem:
    return Problem("table-cell-ambiguous", "The text does not decide the cells of this row.", hint, extent(cells))
