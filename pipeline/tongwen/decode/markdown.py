"""Markdown: headings, items and tables by their marks; every other line as it is printed.

The text is never changed: a mark (``##``, ``-``, ``>``, ``|``) merely stays outside the block's span. A numeral that
is printed (``1.``) is no mark but a part of the text, which the structure stage reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tongwen.decode.content import Content
from tongwen.decode.plain import lines
from tongwen.model import Block, Cell, Json, Problem, Span

_FRONT = re.compile(
    r"\ufeff?---[ \t]*\r?\n"
    r"((?:(?:[\w-]+[ \t]*:[^\n]*|[ \t]+[^\n]*|-[ \t][^\n]*|#[^\n]*|\r?)\n)*?)"  # lines that may be YAML
    r"(?:---|\.\.\.)[ \t]*(?=\r?\n|\r?\Z)"
)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*):[ \t]+(\S.*?)[ \t]*$", re.M)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_QUOTE = re.compile(r"(?:>[ \t]?)+[ \t]*")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_ATX_END = re.compile(r"[ \t]+#+$")
_ITEM = re.compile(r"[-*+][ \t\u3000]+(?=\S)")
_EMPTY_ITEM = re.compile(r"[-*+]")
_FENCE = re.compile(r"`{3,}|~{3,}")
_SETEXT = re.compile(r"=+|--+")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}")
_CELL = re.compile(r"(?:\\.|[^|\\])*")
_WIDEST = 1000  # columns; a line with more bars is no row of a table
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")


@dataclass(slots=True)
class _Reader:
    """One pass over the lines; what stands open at a line is the reader's state."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    fence: str = ""
    indents: list[int] = field(default_factory=list)
    plain: Span | None = None  # the line just before, if it is a plain one: it may be a heading or a table's header
    rows: list[Span] = field(default_factory=list)

    def line(self, span: Span) -> None:
        start, end = span.start, span.end
        if quote := _QUOTE.match(self.text, start, end):
            start = quote.end()
        if start == end:
            return
        self._marked(Span(start, end))

    def _marked(self, span: Span) -> None:
        printed = span.of(self.text)
        if self.fence or _FENCE.match(printed):
            self._fenced(span, printed)
        elif self.rows and 0 < printed.count("|") <= _WIDEST:
            self.rows.append(span)
        else:
            self.close()
            self._open(span, printed)

    def _fenced(self, span: Span, printed: str) -> None:
        self.close()
        mark = _FENCE.match(printed)
        if not self.fence and mark:
            self.fence = mark[0]
        elif mark and mark[0].startswith(self.fence) and printed == mark[0]:
            self.fence = ""
        else:
            self.blocks.append(Block("line", span))

    def _open(self, span: Span, printed: str) -> None:
        before, self.plain = self.plain, None
        if atx := _ATX.match(printed):
            end = _ATX_END.search(printed)
            stop = max(atx.end(), end.start()) if end else len(printed)
            self._add("heading", Span(span.start + atx.end(), span.start + stop), len(atx[1]))
        elif before and self._follows(before, span) and _SETEXT.fullmatch(printed):
            self.blocks[-1] = Block("heading", before, 1 if printed[0] == "=" else 2)
        elif (
            before
            and 0 < printed.count("|") <= _WIDEST
            and "|" in before.of(self.text)
            and _DELIMITER.fullmatch(printed)
        ):
            self.blocks.pop()
            self.rows = [before]
        elif _RULE.fullmatch(printed) or _EMPTY_ITEM.fullmatch(printed):
            return
        elif item := _ITEM.match(printed):
            self._add("item", Span(span.start + item.end(), span.end), self._depth(span.start))
        else:
            self._add("line", span)
            self.plain = span

    def _add(self, kind: str, span: Span, level: int = 0) -> None:
        if kind != "item":
            self.indents.clear()
        if len(span):
            self.blocks.append(Block(kind, span, level))  # type: ignore[arg-type]

    def _follows(self, before: Span, span: Span) -> bool:
        return self.text.count("\n", before.end, span.start) <= 1

    def _depth(self, start: int) -> int:
        """How deep the item is nested, by the columns of the items still open."""
        indent = start - max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) - 1
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)
        return len(self.indents)

    def close(self) -> None:
        """End the table that is open."""
        if self.rows:
            self.blocks.append(_table(self.text, self.rows))
            self.rows = []


def _table(text: str, rows: list[Span]) -> Block:
    grid = [list(_cells(text, row, header=number == 0)) for number, row in enumerate(rows)]
    width = max(map(len, grid))
    for row, cells in zip(rows, grid, strict=True):
        cells.extend(Cell("", Span(row.end, row.end), cells[0].header) for _ in range(width - len(cells)))
    return Block("table", Span(rows[0].start, rows[-1].end), grid=tuple(map(tuple, grid)))


def _cells(text: str, row: Span, header: bool) -> Iterator[Cell]:
    start = row.start + (text[row.start] == "|")
    end = row.end - (text[row.end - 1] == "|" and row.end > start)
    position = start
    while position <= end:
        stop = min(m.end() if (m := _CELL.match(text, position, end)) else end, end)
        cell = next(lines(text, position, stop), Span(position, position))
        yield Cell(cell.of(text), cell, header)
        position = stop + 1


def read_markdown(text: str) -> Content:
    front = _FRONT.match(text)
    reader = _Reader(text)
    position = front.end() if front else 0
    for comment in _COMMENT.finditer(text, position):
        _read(reader, position, comment.start())
        position = comment.end()
    _read(reader, position, len(text))
    reader.close()
    metadata = _metadata(front[1]) if front else {}
    titles = tuple(_titles(text, reader.blocks, metadata))
    return Content(text, tuple(reader.blocks), titles, metadata, tuple(_unclosed(text, front.end() if front else 0)))


def _unclosed(text: str, position: int) -> Iterator[Problem]:
    """The last comment, where the file ends in it: the mark-up says that all of it is hidden."""
    last = next((at.start() for at in _COMMENT.finditer(text, position) if not at[0].endswith("-->")), None)
    if last is not None:
        message = "A comment begins here that does not end, so nothing after it is read."
        yield Problem("unclosed-comment", message, "Close it with -->.", Span(last, last + len("<!--")))


def _read(reader: _Reader, start: int, end: int) -> None:
    for span in lines(reader.text, start, end):
        reader.line(span)


def _metadata(front: str) -> dict[str, Json]:
    return {match[1].lower(): match[2].strip("\"'") for match in _FIELD.finditer(front)}


def _titles(text: str, blocks: list[Block], metadata: dict[str, Json]) -> Iterator[str]:
    if isinstance(title := metadata.get("title"), str):
        yield title
    first = next((block for block in blocks if block.kind == "heading" and block.level == 1), None)
    if first:
        yield first.span.of(text)
