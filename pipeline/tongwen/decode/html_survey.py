"""What has to be known of a page before it is read: its main part, its data tables, its furniture, its boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4.element import Tag

from tongwen.decode.html_layout import is_layout
from tongwen.decode.html_parts import Part, boxes, captions, furniture, is_link_list, main_part, quotes
from tongwen.decode.html_walk import elements, uses, value, walk

_PROSE = 120  # letters: more than a table's cell usually holds
_STRUCTURED = elements("structured")
_PARTS = elements("part")
_BORDER = re.compile(r"(?:^|[;\s])border\s*:\s*(?!none|0)\S")


@dataclass(slots=True)
class TableFacts:
    """``rows`` hold the cells of the table's own rows; ``letters`` how much stands in each cell."""

    rows: list[list[Tag]] = field(default_factory=list)
    letters: list[list[int]] = field(default_factory=list)
    nested: bool = False
    labelled: bool = False  # it has header cells or a caption, as only data has
    structured: bool = False
    prose: int = 0

    def is_data(self) -> bool:
        """Whether it shows data, and is not there for the layout of a page."""
        filled = [row for row in self.letters if sum(map(bool, row)) > 1]
        if self.nested or len(self.rows) < 2 or not filled:
            return False
        if is_layout(self.rows, self.letters):
            return False
        cells = sum(bool(letters) for row in self.letters for letters in row)
        return self.labelled or not (self.structured or self.prose * 4 > cells)

    def is_frame(self) -> bool:
        """Whether it is but one cell, as a text in a frame is set."""
        return not self.nested and [len(row) for row in self.rows] == [1]


@dataclass(slots=True)
class Survey:
    """``main`` is the element that is read, ``title`` the page's heading where it stands outside; the others are ids
    of elements: ``dropped`` no text of the document, ``frames`` boxes, ``quotes`` and ``captions`` what they say."""

    main: Tag
    title: Tag | None
    tables: dict[int, TableFacts]
    dropped: set[int]
    frames: set[int]
    quotes: set[int]
    captions: set[int]


@dataclass(slots=True)
class _Surveyor:
    letters: int = 0
    linked: int = 0
    links: int = 0  # that lead to another page
    in_link: int = 0
    order: int = 0
    open: list[Part] = field(default_factory=list)
    tables: list[TableFacts] = field(default_factory=list)
    found: dict[int, TableFacts] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    headings: list[tuple[int, Tag]] = field(default_factory=list)

    def text(self, printed: str) -> None:
        count = len(printed) - sum(map(printed.count, " \t\r\n\u00a0\u3000|｜"))
        self.letters += count
        self.linked += count if self.in_link else 0

    def begin(self, tag: Tag) -> None:
        name = tag.name
        self.order += 1
        if name == "a":
            self.in_link += 1
            self.links += bool(value(tag, "href")) and not value(tag, "href").startswith("#")
        elif name == "h1":
            self.headings.append((self.order, tag))
        elif name == "table":
            self._table(tag)
        elif self.tables:
            self._in_table(tag)
        self.open.append(Part(tag, uses(tag), self.order, 0, self.letters, self.linked, self.links))

    def _table(self, tag: Tag) -> None:
        if self.tables:
            self.tables[-1].nested = True
        facts = TableFacts(nested=value(tag, "role") in ("presentation", "none"))
        self.tables.append(facts)
        self.found[id(tag)] = facts

    def _in_table(self, tag: Tag) -> None:
        facts = self.tables[-1]
        if tag.name == "tr":
            facts.rows.append([])
            facts.letters.append([])
        elif tag.name in ("td", "th") and facts.rows:
            facts.rows[-1].append(tag)
        facts.labelled |= tag.name in ("th", "caption", "thead")
        facts.structured |= tag.name in _STRUCTURED

    def end(self, tag: Tag) -> None:
        part = self.open.pop()
        part.close(self.order, self.letters, self.linked, self.links)
        part.framed = bool(tag.attrs) and bool(_BORDER.search(value(tag, "style")))
        if tag.name == "a":
            self.in_link -= 1
        elif tag.name == "table":
            part.framed |= value(tag, "border") not in ("", "0")
            part.framed &= self.tables.pop().is_frame()
        elif tag.name in ("td", "th") and self.tables and self.tables[-1].rows:
            self.tables[-1].letters[-1].append(part.letters)
            self.tables[-1].prose += part.letters > _PROSE
            part.framed = False
        part.tabled = bool(self.tables)
        if tag.name in _PARTS or part.uses or part.framed or is_link_list(part):
            self.parts.append(part)


def survey(page: Tag) -> Survey:
    """Look at the whole page once."""
    surveyor = _Surveyor()
    for event, what in walk(page):
        if event == "text":
            surveyor.text(str(what))
        elif isinstance(what, Tag):
            surveyor.begin(what) if event == "open" else surveyor.end(what)
    whole = Part(page, frozenset(), 0, surveyor.order, surveyor.letters, surveyor.linked, surveyor.links)
    main = main_part(surveyor.parts, whole)
    dropped = furniture(surveyor.parts, whole, main, [order for order, _ in surveyor.headings])
    return Survey(
        main.tag,
        _title(surveyor.headings, main),
        surveyor.found,
        dropped,
        boxes(surveyor.parts, main, dropped),
        quotes(surveyor.parts, main),
        captions(surveyor.parts),
    )


def _title(headings: list[tuple[int, Tag]], main: Part) -> Tag | None:
    """The one heading of the first level, where it stands above the main part."""
    return headings[0][1] if len(headings) == 1 and headings[0][0] < main.begin else None
