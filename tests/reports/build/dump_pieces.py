"""The pieces of a report as they are printed into columns: lines, and how a piece may be moved or cut."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.build.drawing import drawn
from reports.build.markup import gap
from reports.build.model import (
    Block,
    Box,
    Figure,
    Heading,
    Items,
    Note,
    Paragraph,
    Part,
    Quote,
    Report,
    Rich,
    Table,
    notes_of,
)
from reports.build.words import WORDS
from reports.build.wrapping import GLUE, glued, width, wrap


@dataclass(frozen=True, slots=True)
class Piece:
    """``floats``: may be taken out of its column; ``close``: follows the line before it without a blank.

    ``broken``: goes on in another column or on another page.
    """

    lines: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    floats: bool = False
    heading: bool = False
    close: bool = False
    broken: bool = False

    def cut(self, at: int) -> tuple[Piece, Piece]:
        """In two, each with the notes whose markers it has."""
        first = self.lines[:at]
        marks = sum(line.count(GLUE) for line in first)
        return replace(self, lines=first, notes=self.notes[:marks], broken=True), replace(
            self, lines=self.lines[at:], notes=self.notes[marks:]
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """``room``: of a column, in half-widths; ``full``: of the page."""

    report: Report
    random: random.Random
    room: int
    full: int

    def pieces(self) -> Iterator[Piece]:
        yield Piece(tuple(wrap(self.report.title, self.room)))
        for block in self.report.blocks:
            yield from self.block(block, self.room)
        if self.report.options["notes"] != "page" and self.report.options.get("bodies", "yes") == "yes":
            yield Piece((WORDS[self.report.options["language"]].notes,))
            for note in self.report.notes:
                yield Piece(tuple(wrap(f"{note.number} {note.text}", self.room)), close=True)

    def block(self, block: Block, room: int) -> Iterator[Piece]:
        notes = notes_of((block,))
        match block:
            case Heading(_, label, title):
                yield Piece(named(label, title, room), notes, heading=True)
            case Paragraph(text):
                yield Piece(tuple(wrap(glued(text), room)), notes)
            case Quote(text):
                yield Piece(tuple(wrap(glued(text), room - 4)), notes)
            case Items():
                yield from self.items(block, room)
            case Figure(label, caption):
                yield Piece(named(label, caption, room), notes, floats=True)
            case Part(_, lines):
                yield Piece(tuple(line for text in lines for line in wrap(text, room)))
            case Box():
                yield Piece(tuple(self.box(block, room - 2)), notes, floats=True)
            case Table():
                yield Piece(tuple(self.table(block)), notes, floats=True)

    def items(self, block: Items, room: int) -> Iterator[Piece]:
        """The nesting is lost; a blank line stands behind the first line of some."""
        for item in block.items:
            label = f"{item.label}{gap(item.label)}" if item.label else "• "
            lines = wrap(label + glued(item.text), room - 2 * item.level)
            if len(lines) > 1 and self.random.random() < 0.15:
                lines.insert(1, "")
            yield Piece(tuple(lines), tuple(note for _, note in item.text.notes), close=len(lines) == 1)

    def box(self, box: Box, room: int) -> Iterator[str]:
        yield from named(box.label, box.title, room)
        for at, inner in enumerate(box.blocks):
            if at and not isinstance(inner, Items):
                yield ""
            for piece in self.block(inner, room):
                yield from piece.lines

    def table(self, table: Table) -> list[str]:
        caption = named(table.label, table.caption, self.room)
        notes = [line for note in table.notes for line in wrap(note, self.full)]
        body = [*self.grid(table), *([""] if notes else []), *notes]
        return [*caption, "", *body] if self.report.options["captions"] == "above" else [*body, "", *caption]

    def grid(self, table: Table) -> list[str]:
        if self.report.options.get("tables") == "drawn":
            return drawn(table, self.full, wrap, width)
        longest = max(width(cell.text) for row in table.rows[table.header :] for cell in row if not cell.left)
        return _stacked(table, self.full) if longest > 28 else _lines(table, double=self.report.seed % 3 == 0)


def named(label: str, text: Rich, room: int) -> tuple[str, ...]:
    return tuple(wrap(f"{label}{gap(label) if label else ''}{glued(text)}", room))


def _lines(table: Table, double: bool) -> list[str]:
    """One row a line, the cells parted by one space."""
    rows = [" ".join(c.text for c in row if not (c.left or c.up)) for row in table.rows]
    return [part for row in rows for part in (row, "")][:-1] if double else rows


def _stacked(table: Table, room: int) -> list[str]:
    """Each cell a block of its own, wrapped at the width of its column; the header on one line."""
    column = max(16, room // len(table.rows[0]) - 2)
    lines = [" ".join(c.text for c in row if not (c.left or c.up)) for row in table.rows[: table.header]]
    for row in table.rows[table.header :]:
        for cell in row:
            if not (cell.left or cell.up):
                lines += ["", *wrap(cell.text, column)]
    return lines
