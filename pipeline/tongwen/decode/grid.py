"""The cells of a table as they stand in its block."""

from __future__ import annotations

from collections.abc import Iterable

from tongwen.model import Cell, Grid, Span


def within(rows: Iterable[Iterable[Cell]], span: Span) -> Grid:
    """The rows with the empty cells at the table's ends moved inside its span."""
    return tuple(tuple(_moved(cell, span) for cell in row) for row in rows)


def _moved(cell: Cell, span: Span) -> Cell:
    if cell.span is None or span.holds(cell.span):
        return cell
    place = min(max(cell.span.start, span.start), span.end)
    return Cell(cell.text, Span(place, place), cell.header)
