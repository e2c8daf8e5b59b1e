"""Text as a tool dumps it from a PDF, with the faults of such dumps, drawn with a fixed seed.

``flat`` has hard wraps, page starts, glued note markers, running heads and blank lines inside sentences; ``faulty``
besides has headings at the end of their page, columns that are swapped, and boxes and tables that interrupt a sentence.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

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

_BAD_START = "，。、；：！？）》”』」,.;:!?)"
_GLUE = "\u2060"
_BAD_END = "（《“『「("


@dataclass(slots=True)
class _Piece:
    """Lines that stay together on the page; ``floats``: taken out of the column to the page's end."""

    lines: list[str]
    floats: bool = False
    heading: bool = False
    notes: tuple[Note, ...] = ()
    listed: bool = False


@dataclass(slots=True)
class _Page:
    columns: list[list[_Piece]] = field(default_factory=lambda: [[]])
    floats: list[_Piece] = field(default_factory=list)


def dump(report: Report, faulty: bool) -> str:
    return _Dump(report, random.Random(report.seed + faulty), faulty).text()


def flat(text: Rich) -> str:
    """As printed, with a sign before each marker that keeps it on the line of what it follows."""
    return "".join(piece + (_GLUE + note.number if note else "") for piece, note in text.pieces())


def wrap(text: str, width: int, first: int = 0) -> list[str]:
    """Lines of at most ``width`` half-widths; Latin words stay whole, punctuation does not begin a line."""
    lines, line, room = [], "", width - first
    for token in _glued(text):
        full = line and _width(line + token.rstrip()) > room and token.strip()[:1] not in _BAD_START
        if full:
            carry = line[-1] if line[-1] in _BAD_END else ""
            lines.append(line.removesuffix(carry).rstrip())
            line, room = carry, width
        line += token.lstrip() if full else token
    return [line.replace(_GLUE, "") for line in [*lines, line.rstrip()]]


def _glued(text: str) -> list[str]:
    tokens: list[str] = []
    for token in _tokens(text):
        if token.startswith(_GLUE) and tokens:
            tokens[-1] += token
        else:
            tokens.append(token)
    return tokens


def _tokens(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if ord(char) < 0x2E80 and not char.isspace() and char not in "“”‘’":
            word += char
        elif char.isspace():
            if word:
                yield word
            yield " "
            word = ""
        else:
            if word:
                yield word
            word = ""
            yield char
    if word:
        yield word


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" or c in "“”‘’" else 1 for c in text)


@dataclass(slots=True)
class _Dump:
    report: Report
    random: random.Random
    faulty: bool

    @property
    def two(self) -> bool:
        return self.report.options["columns"] == "2"

    @property
    def width(self) -> int:
        """In half-widths: 25 characters in two columns and 38 in one."""
        return 50 if self.two else 76

    @property
    def height(self) -> int:
        return 28 if self.two else 36

    def text(self) -> str:
        pages = list(self._pages())
        out = []
        for number, page in enumerate(pages, start=1):
            out.append(self._page(page, number))
        return "".join(out)

    def _pages(self) -> Iterator[_Page]:
        """Columns filled with lines; a paragraph goes on in the next column or on the next page."""
        page, room = _Page(), self.height
        for piece in self._pieces():
            if piece.floats and self.faulty and self.two:
                page.floats.append(piece)
                continue
            rest = piece
            while True:
                need = len(rest.lines) + 1 + len(rest.notes)
                keep = rest.heading and room < 6
                if not keep and (need <= room or (len(rest.lines) == 1 and room > 1)):
                    page.columns[-1].append(rest)
                    room -= need
                    break
                whole = keep or rest.heading or rest.floats or room < 4 or len(rest.lines) < 4
                if whole and need >= self.height and room == self.height:
                    whole = False
                if not whole:
                    cut = max(2, min(room - 1, len(rest.lines) - 2))
                    page.columns[-1].append(_Piece(rest.lines[:cut], notes=rest.notes))
                    rest = _Piece(rest.lines[cut:], floats=rest.floats)
                if self.two and len(page.columns) == 1:
                    page.columns.append([])
                else:
                    yield page
                    page = _Page()
                room = self.height
        yield page

    def _page(self, page: _Page, number: int) -> str:
        columns = page.columns
        late: list[_Piece] = []
        if self.faulty:
            columns, late = self._shuffled(columns)
        lines: list[str] = []
        double = self.random.random() < 0.12
        for column in columns:
            lines += self._column(column, double)
        for piece in [*page.floats, *late]:
            lines += ["", *piece.lines]
        if self.report.options["notes"] == "page":
            notes = [note for column in page.columns for piece in column for note in piece.notes]
            notes += [note for piece in page.floats for note in piece.notes]
            lines += [""] if notes else []
            for note in notes:
                lines += wrap(f"{note.number} {note.text}", self.width + 10)
        head = f"{number}  {self.report.title}" if number % 2 == 0 else f"{self.report.title}  {number}"
        if self.report.options.get("running", "yes") == "yes" and number > 1:
            lines += ["", head]
        start = "\f" if self.report.seed % 2 else " "
        body = "\n".join(lines).strip("\n")
        return (start if number > 1 else "") + body + "\n"

    def _shuffled(self, columns: list[list[_Piece]]) -> tuple[list[list[_Piece]], list[_Piece]]:
        """Swaps the columns of some pages, and prints a heading of some at the page's end."""
        if len(columns) == 2 and self.random.random() < 0.2:
            columns = columns[::-1]
        late: list[_Piece] = []
        headings = [p for c in columns for p in c if p.heading and p.lines[0][:1].isdigit()]
        if headings and self.random.random() < 0.4:
            late = [self.random.choice(headings)]
            columns = [[p for p in column if p not in late] for column in columns]
        return columns, late

    def _column(self, column: list[_Piece], double: bool) -> list[str]:
        lines: list[str] = []
        for piece in column:
            inner = list(piece.lines)
            if double and not piece.floats:
                inner = [part for line in inner for part in (line, "")][:-1]
            elif len(inner) > 3 and not piece.floats and self.random.random() < 0.08:
                inner.insert(self.random.randint(1, len(inner) - 1), "")
            lines += ([] if piece.listed and lines else [""]) + inner
        return lines

    def _pieces(self) -> Iterator[_Piece]:
        yield _Piece([*wrap(self.report.title, self.width)])
        for block in self.report.blocks:
            yield from self._block(block, self.width)
        if self.report.options["notes"] != "page" and self.report.options.get("bodies", "yes") == "yes":
            yield _Piece([WORDS[self.report.options["language"]].notes])
            for note in self.report.notes:
                yield _Piece(wrap(f"{note.number} {note.text}", self.width), listed=True)

    def _block(self, block: Block, width: int) -> Iterator[_Piece]:
        notes = notes_of((block,))
        match block:
            case Heading(_, label, title):
                yield _Piece(wrap(self._named(label, title), width), heading=True, notes=notes)
            case Paragraph(text):
                yield _Piece(wrap(flat(text), width), notes=notes)
            case Quote(text):
                yield _Piece(wrap(flat(text), width - 4), notes=notes)
            case Items():
                yield from self._items(block, width)
            case Figure(label, caption):
                yield _Piece(wrap(self._named(label, caption), width), floats=True, notes=notes)
            case Part(_, lines):
                yield _Piece([line for text in lines for line in wrap(text, width)])
            case Box():
                yield _Piece(self._box(block, width - 2), floats=True, notes=notes)
            case Table():
                yield _Piece(self._table(block, self.width), floats=True, notes=notes)

    def _named(self, label: str, text: Rich) -> str:
        return f"{label}{gap(label) if label else ''}{flat(text)}"

    def _items(self, block: Items, width: int) -> Iterator[_Piece]:
        for item in block.items:
            mark = f"{item.label}{gap(item.label)}" if item.label else "• "
            lines = wrap(mark + flat(item.text), width - 2 * item.level)
            if len(lines) > 1 and self.random.random() < 0.15:
                lines.insert(1, "")
            notes = tuple(note for _, note in item.text.notes)
            yield _Piece(lines, notes=notes, listed=bool(len(lines) == 1))

    def _box(self, block: Box, width: int) -> list[str]:
        lines = wrap(self._named(block.label, block.title), width)
        for inner in block.blocks:
            for at, piece in enumerate(self._block(inner, width)):
                lines += [""] * (
                    at == 0 and inner is not block.blocks[0] and not isinstance(inner, Items)
                ) + piece.lines
        return lines

    def _table(self, table: Table, width: int) -> list[str]:
        caption = wrap(self._named(table.label, table.caption), width) if table.label else []
        notes = [line for note in table.notes for line in wrap(note, width + 20)]
        longest = max(_width(cell.text) for row in table.rows[table.header :] for cell in row if not cell.left)
        if self.report.options.get("tables") == "drawn":
            body = drawn(table, self.width, wrap, _width)
        else:
            body = self._stacked(table) if longest > 28 else self._lines(table)
        gap_ = [""] if caption else []
        above = self.report.options["captions"] == "above"
        return [*caption, *gap_, *body, *notes] if above else [*body, *([""] if notes else []), *notes, *gap_, *caption]

    def _lines(self, table: Table) -> list[str]:
        """One row a line, the cells parted by one space."""
        rows = [" ".join(c.text for c in row if not (c.left or c.up)) for row in table.rows]
        return [part for row in rows for part in (row, "")][:-1] if self.report.seed % 3 == 0 else rows

    def _stacked(self, table: Table) -> list[str]:
        """Each cell a block of its own, wrapped at the width of its column; the header on one line."""
        column = max(16, (self.width * (2 if self.two else 1)) // len(table.rows[0]) - 2)
        lines = [" ".join(c.text for c in row if not (c.left or c.up)) for row in table.rows[: table.header]]
        for row in table.rows[table.header :]:
            for cell in row:
                if not (cell.left or cell.up):
                    lines += ["", *wrap(cell.text, column)]
        return lines
