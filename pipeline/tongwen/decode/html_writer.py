"""Goes through a page with what is known of it, and writes its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from bs4.element import Tag

from tongwen.decode.html_ink import Ink
from tongwen.decode.html_list import Numbers, is_numbered
from tongwen.decode.html_marks import closing, is_blank, opening
from tongwen.decode.html_notes import Notes
from tongwen.decode.html_survey import Survey
from tongwen.decode.html_table import BREAKS, cell_text, lay_out
from tongwen.decode.html_walk import collapse, elements, is_dropped, value, walk
from tongwen.lexicon import rows
from tongwen.model import Block, BlockKind, Span

_HEADING = re.compile(r"h[1-6]")
_BLOCKS = elements("block")
_LISTS = elements("list")
_PRE = elements("preformatted")
_WORD_LIST = re.compile(r"mso-list\s*:[^;]*\blevel(\d)\b")
_WORD_LABEL = re.compile(r"mso-list\s*:\s*ignore")
_LONGEST_LINE = 150  # characters: what a site prints around a text is shorter
_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class Writer:
    """``inline`` gathers what stands between two borders of blocks, None for a line break.

    ``markers``: the elements of the markers written so far, by their keys; ``notes``: where each note's text begins;
    ``pages``: the elements that are pages, and where they begin.
    """

    surveyed: Survey
    found: Notes
    ink: Ink = field(default_factory=Ink)
    inline: list[str | None] = field(default_factory=list)
    markers: list[int] = field(default_factory=list)
    notes: dict[int, Span] = field(default_factory=dict)
    pages: list[tuple[int, int]] = field(default_factory=list)
    level: int = 0
    lists: int = 0
    item: int = 0
    number: str = ""  # what a browser prints before the item that has just begun
    numbers: Numbers = field(default_factory=Numbers)
    pre: int = 0
    quoted: int = 0
    captions: int = 0
    frames: list[int] = field(default_factory=list)
    framed: int = 0
    bodies: list[int] = field(default_factory=list)

    def read(self, root: Tag) -> None:
        """Write what stands in the element, and the element itself."""
        self.begin(root)
        for event, what in walk(root, self.skip):
            if event == "text":
                self.text(str(what))
            elif isinstance(what, Tag):
                self.begin(what) if event == "open" else self.end(what)
        self.end(root)
        self.flush()

    def skip(self, tag: Tag) -> bool:
        """Whether not to go into the element: dropped, or a data table, which is written here as a whole."""
        if self._is_unread(tag):
            return True
        if tag.name != "table" or not self.surveyed.tables[id(tag)].is_data():
            return False
        self.flush()
        self._table(tag)
        return True

    def _is_unread(self, tag: Tag) -> bool:
        unread = is_dropped(tag) or id(tag) in self.surveyed.dropped or id(tag) in self.found.back
        return unread or (tag.name == "span" and _is_bullet(tag))

    def begin(self, tag: Tag) -> None:
        name = tag.name
        if id(tag) in self.found.markers:
            self.inline.append(self._opening(tag))
        if name == "br":
            self.inline.append(None)
        if name not in _BLOCKS:
            return
        self.flush()
        self._enter(tag)
        self.level = int(name[1]) if _HEADING.fullmatch(name) else self.level
        self.lists += name in _LISTS
        self.pre += name in _PRE
        number = self.numbers.begin(tag)
        if name == "li":
            self.item, self.number = max(self.lists, 1), number
        elif tag.attrs and (listed := _WORD_LIST.search(value(tag, "style"))):
            self.item = int(listed[1])

    def _opening(self, tag: Tag) -> str:
        self.markers.append(id(tag))
        return opening(len(self.markers) - 1)

    def _enter(self, tag: Tag) -> None:
        if id(tag) in self.surveyed.frames:
            self.framed += 1
            self.frames.append(self.framed)
        if id(tag) in self.found.bodies:
            self.bodies.append(id(tag))
        self.quoted += id(tag) in self.surveyed.quotes
        self.captions += id(tag) in self.surveyed.captions
        if tag.attrs and (number := _page_number(tag)):
            self.pages.append((number, self.ink.length))

    def end(self, tag: Tag) -> None:
        name = tag.name
        if id(tag) in self.found.markers:
            self.inline.append(closing())
        if name not in _BLOCKS:
            return
        self.flush()
        self._leave(tag)
        self.level = 0 if _HEADING.fullmatch(name) else self.level
        self.lists -= name in _LISTS
        self.pre -= name in _PRE
        self.numbers.end(tag)
        if name == "li":
            self.item, self.number = 0, ""

    def _leave(self, tag: Tag) -> None:
        if id(tag) in self.surveyed.frames:
            self.frames.pop()
        if id(tag) in self.found.bodies:
            self.bodies.pop()
        self.quoted -= id(tag) in self.surveyed.quotes
        self.captions -= id(tag) in self.surveyed.captions

    def text(self, printed: str) -> None:
        if not self.pre:
            self.inline.append(printed)
            return
        for number, line in enumerate(printed.replace("\r\n", "\n").split("\n")):
            self.inline += [None, line] if number else [line]

    def flush(self) -> None:
        """Write what has been gathered as a block, or, where it has line breaks, as a block a line."""
        if not self.inline:
            return
        printed = list(self._lines())
        self.inline.clear()
        if self.level and printed:
            self.ink.block(Block("heading", _NOWHERE, self.level, frame=self._frame()), " ".join(printed))
        elif len(printed) != 1 or not _is_of_site(printed[0]):
            for number, line in enumerate(printed):
                self._block(line if number else self._numbered(line), several=len(printed) > 1 or bool(self.pre))

    def _frame(self) -> int:
        return self.frames[-1] if self.frames else 0

    def _block(self, printed: str, several: bool) -> None:
        kind = self._kind(several)
        label = self.found.bodies[self.bodies[-1]] if kind == "note" else ""
        like = Block(kind, _NOWHERE, self.item if kind == "item" else 0, label=label, frame=self._frame())
        span = self.ink.block(like, printed)
        self.item = 0
        if self.bodies:
            self.notes.setdefault(self.bodies[-1], span)

    def _kind(self, several: bool) -> BlockKind:
        if self.bodies:
            return "note"
        if self.captions:
            return "caption"
        if self.item:
            return "item"
        return "quote" if self.quoted else "line" if several else "paragraph"

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
            if not is_blank(printed):
                yield printed

    def _table(self, tag: Tag) -> None:
        if caption := tag.find("caption"):
            self.read(caption)
        own = [row for row in self.surveyed.tables[id(tag)].rows if row]
        self.ink.table(lay_out(own, self._cell), self._frame())

    def _cell(self, cell: Tag) -> str:
        return collapse("".join(self._parts(cell))).strip()

    def _parts(self, cell: Tag) -> Iterator[str]:
        for event, what in walk(cell, self._is_unread):
            if event == "text":
                yield str(what)
            elif isinstance(what, Tag):
                yield " " if what.name in BREAKS else ""
                if id(what) in self.found.markers:
                    yield self._opening(what) if event == "open" else closing()


def _page_number(tag: Tag) -> int:
    """The number of the page that the element is, as converters of PDF write it; 0 where it is none."""
    for name in ("data-page-number", "data-page-no"):
        if match := re.fullmatch(r"[0-9a-f]{1,5}", str(tag.attrs.get(name, ""))):
            return int(match[0], 16 if name == "data-page-no" else 10)
    match = re.fullmatch(r"page-?(\d{1,5})(?:-div)?", str(tag.attrs.get("id", "")))
    return int(match[1]) if match else 0


def _is_bullet(tag: Tag) -> bool:
    """The glyph, in a font of signs, that Word prints before an item that has no number."""
    return bool(_WORD_LABEL.search(value(tag, "style"))) and len(cell_text(tag).strip("\u00a0 ")) == 1


def _is_of_site(printed: str) -> bool:
    return len(printed) <= _LONGEST_LINE and bool(_site().fullmatch(printed))


@cache
def _site() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for use, pattern, _ in rows("html_lines.tsv") if use == "line"), re.I)
