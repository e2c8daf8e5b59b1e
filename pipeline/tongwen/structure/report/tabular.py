"""What a table unit says, its note markers taken out."""

from __future__ import annotations

from dataclasses import replace

from tongwen.model import Cell, Document, Grid
from tongwen.structure.flat import FlatCell, FlatTable
from tongwen.structure.report.reading_text import ReadingText
from tongwen.structure.report.unit import Unit
from tongwen.structure.tables import TableContent, content_of, content_of_flat


def content_of_unit(document: Document, reading: ReadingText, unit: Unit) -> TableContent:
    caption = reading.read(unit.pieces) if unit.pieces else None
    notes = [reading.read(note) for note in unit.notes]
    if unit.flat:
        return content_of_flat(_cut_table(unit.flat, reading), document.text, caption, notes)
    return content_of(_cut_grid(unit.grid, reading), caption, document.format, notes)


def _cut_table(table: FlatTable, reading: ReadingText) -> FlatTable:
    header = tuple(_cut(cell, reading) for cell in table.header) if table.header else None
    return replace(table, header=header, rows=tuple(tuple(_cut(cell, reading) for cell in row) for row in table.rows))


def _cut(cell: FlatCell, reading: ReadingText) -> FlatCell:
    return replace(cell, pieces=reading.cut(cell.pieces))


def _cut_grid(grid: Grid, reading: ReadingText) -> Grid:
    return tuple(tuple(_read(cell, reading) for cell in row) for row in grid)


def _read(cell: Cell, reading: ReadingText) -> Cell:
    """A cell's text without its note markers."""
    if cell.span is None or not reading.within(cell.span):
        return cell
    return cell._replace(text=reading.read((cell.span,)))
