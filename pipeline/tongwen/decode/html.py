"""HTML: what a reader of the page sees, as text, with the blocks that the mark-up delimits."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from tongwen.decode.content import Content
from tongwen.decode.html_list import Numbers, is_numbered
from tongwen.decode.html_survey import Survey, survey
from tongwen.decode.html_table import cell_text, lay_out, write
from tongwen.decode.html_walk import collapse, elements, is_dropped, walk
from tongwen.model import Block, BlockKind, Cell, Grid, Span

_HEADING = re.compile(r"h[1-6]")
_BLOCKS = elements("block")
_LISTS = elements("list")
_PRE = elements("preformatted")


@dataclass(slots=True)
class _Writer:
    """Writes the text; ``inline`` gathers what stands between two borders of blocks, None for a line break."""

    surveyed: Survey
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    inline: list[str | None] = field(default_factory=list)
    level: int = 0
    lists: int = 0
    item: int = 0
    number: str = ""  # what a browser prints before the item that has just begun
    numbers: Numbers = field(default_factory=Numbers)
    pre: int = 0

    def skip(self, tag: Tag) -> bool:
        """Whether not to go into the element: dropped, or a data table, which is written here as a whole."""
        if is_dropped(tag) or id(tag) in self.surveyed.links:
            return True
        if tag.name != "table" or not self.surveyed.tables[id(tag)].is_data():
            return False
        self.flush()
        self._table(tag)
        return True

    def begin(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.inline.append(None)
        if name not in _BLOCKS:
            return
        self.flush()
        self.level = int(name[1]) if _HEADING.fullmatch(name) else self.level
        self.lists += name in _LISTS
        self.pre += name in _PRE
        number = self.numbers.begin(tag)
        if name == "li":
            self.item, self.number = max(self.lists, 1), number

    def end(self, tag: Tag) -> None:
        name = tag.name
        if name not in _BLOCKS:
            return
        self.flush()
        self.level = 0 if _HEADING.fullmatch(name) else self.level
        self.lists -= name in _LISTS
        self.pre -= name in _PRE
        self.numbers.end(tag)
        if name == "li":
            self.item, self.number = 0, ""

    def text(self, printed: str) -> None:
        if not self.pre:
            self.inline.append(printed)
            return
        for number, line in enumerate(printed.replace("\r\n", "\n").split("\n")):
            self.inline += [None, line] if number else [line]

    def flush(self) -> None:
        """Write what has been gathered as a block, or, where it has line breaks, as a block a line."""
        printed = list(self._lines())
        self.inline.clear()
        if self.level and printed:
            self._block("heading", " ".join(printed), self.level)
        elif printed:
            several = len(printed) > 1 or self.pre
            kind: BlockKind = "item" if self.item else "line" if several else "paragraph"
            self._block(kind, self._numbered(printed[0]), self.item)
            self.item = 0
            for line in printed[1:]:
                self._block("line", line)

    def _numbered(self, printed: str) -> str:
        number, self.number = self.number, ""
        return printed if not number or is_numbered(printed) else number + printed

    def _lines(self) -> Iterator[str]:
        line: list[str] = []
        for part in (*self.inline, None):
            if part is not None:
                line.append(part)
                continue
            printed = "".join(line).rstrip() if self.pre else collapse("".join(line))
            line.clear()
            if printed.strip():
                yield printed

    def _block(self, kind: BlockKind, printed: str, level: int = 0) -> None:
        start = self.length + len(printed) - len(printed.lstrip())
        self._write(printed)
        self.blocks.append(Block(kind, Span(start, start + len(printed.strip())), level))

    def _table(self, tag: Tag) -> None:
        if caption := tag.find("caption"):
            self._caption(caption)
        text, grid = write(lay_out([row for row in self.surveyed.tables[id(tag)].rows if row]), self.length)
        start = self.length + len(text) - len(text.lstrip())
        span = Span(start, start + len(text.strip()))
        self._write(text)
        self.blocks.append(Block("table", span, grid=_within(grid, span)))

    def _caption(self, caption: Tag) -> None:
        if printed := cell_text(caption):
            self._block("paragraph", printed)

    def _write(self, printed: str) -> None:
        self.pieces += (printed, "\n")
        self.length += len(printed) + 1


def _within(grid: Grid, span: Span) -> Grid:
    """The grid with the empty cells at the table's ends moved inside its span."""
    return tuple(tuple(_moved(cell, span) for cell in row) for row in grid)


def _moved(cell: Cell, span: Span) -> Cell:
    if cell.span is None or span.holds(cell.span):
        return cell
    place = min(max(cell.span.start, span.start), span.end)
    return Cell(cell.text, Span(place, place), cell.header)


def read_html(text: str) -> Content:
    page = _parse(text)
    surveyed = survey(page)
    writer = _Writer(surveyed)
    for event, what in walk(surveyed.main, writer.skip):
        if event == "text":
            writer.text(str(what))
        elif isinstance(what, Tag):
            writer.begin(what) if event == "open" else writer.end(what)
    writer.flush()
    return Content("".join(writer.pieces[:-1]), tuple(writer.blocks), tuple(_titles(page)))


def _parse(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as browsers read it
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)  # a file may hold no more than a name
        # a NUL ends the text for the parser; the standard reads it as U+FFFD
        return BeautifulSoup(text.replace("\0", "\ufffd"), "lxml")


def _titles(page: BeautifulSoup) -> list[str]:
    """The title's element, or the first heading where that is the title without the site's name."""
    titles = [cell_text(tag) for tag in (page.find("title"), page.find("h1")) if isinstance(tag, Tag)]
    return titles[::-1] if len(titles) == 2 and titles[1] in titles[0] else titles
