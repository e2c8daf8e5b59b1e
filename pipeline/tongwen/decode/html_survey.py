"""What has to be known of a page before it is read: its main part, its data tables, its navigation."""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4.element import Tag

from tongwen.decode.html_layout import is_layout
from tongwen.decode.html_walk import elements, value, walk

_PROSE = 120  # letters: more than a table's cell usually holds
_STRUCTURED = elements("structured")
_MAIN_SHARE = 0.5


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


@dataclass(slots=True)
class Survey:
    """``main`` is the element that holds most of the text; ``links`` are headers and footers made of links."""

    main: Tag
    tables: dict[int, TableFacts] = field(default_factory=dict)
    links: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Surveyor:
    letters: int = 0
    linked: int = 0
    in_link: int = 0
    open: list[tuple[Tag, int, int]] = field(default_factory=list)
    tables: list[TableFacts] = field(default_factory=list)
    found: dict[int, TableFacts] = field(default_factory=dict)
    mains: list[tuple[int, Tag]] = field(default_factory=list)
    links: set[int] = field(default_factory=set)

    def text(self, printed: str) -> None:
        count = len(printed) - sum(map(printed.count, " \t\r\n\u00a0\u3000"))
        self.letters += count
        self.linked += count if self.in_link else 0

    def begin(self, tag: Tag) -> None:
        name = tag.name
        if name == "a":
            self.in_link += 1
        elif name == "table":
            self._table(tag)
        elif self.tables:
            self._in_table(tag)
        self.open.append((tag, self.letters, self.linked))

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
        _, letters, linked = self.open.pop()
        count = self.letters - letters
        if tag.name == "a":
            self.in_link -= 1
        elif tag.name == "table":
            self.tables.pop()
        elif tag.name in ("td", "th") and self.tables and self.tables[-1].rows:
            self.tables[-1].letters[-1].append(count)
            self.tables[-1].prose += count > _PROSE
        elif tag.name in ("header", "footer") and (self.linked - linked) * 2 > count:
            self.links.add(id(tag))
        elif tag.name in ("main", "article") or value(tag, "role") == "main":
            self.mains.append((count, tag))


def survey(page: Tag) -> Survey:
    """Look at the whole page once."""
    surveyor = _Surveyor()
    for event, what in walk(page):
        if event == "text":
            surveyor.text(str(what))
        elif isinstance(what, Tag):
            surveyor.begin(what) if event == "open" else surveyor.end(what)
    large = [(count, tag) for count, tag in surveyor.mains if count > _MAIN_SHARE * surveyor.letters]
    main = min(large, key=lambda pair: pair[0])[1] if large else page
    return Survey(main, surveyor.found, surveyor.links)
