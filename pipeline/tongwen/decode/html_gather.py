"""What in a page may have to do with notes: the places that links lead to, the links, the numbers that are set high."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4.element import Tag

from tongwen.decode.html_high import High
from tongwen.decode.html_walk import elements, uses

_BLOCKS = elements("block")
_LONGEST = 24  # characters: no marker is longer


@dataclass(frozen=True, slots=True)
class Anchor:
    """``block`` is the block that it is or stands in; ``first``: nothing stands before it there."""

    order: int
    block: Tag | None
    first: bool


@dataclass(slots=True)
class Link:
    """A link within the page; ``high``: it is set high, or holds nothing but what is."""

    tag: Tag
    order: int
    fragment: str
    block: Tag | None
    uses: frozenset[str]
    high: bool
    text: str = ""


@dataclass(slots=True)
class Gatherer:
    """``spans``: where ``wanted`` blocks begin and end, counted in elements; ``back``: what leads back by its class."""

    anchors: dict[str, Anchor] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    high: list[High] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    back: set[int] = field(default_factory=set)
    wanted: set[int] = field(default_factory=set)
    order: int = 0
    blocks: list[tuple[Tag, int]] = field(default_factory=list)
    before: str = ""  # the end of what stands before in the block
    empty: bool = True
    link: Link | None = None
    sup: High | None = None
    after: High | None = None  # waits for what follows it

    def begin(self, tag: Tag) -> None:
        self.order += 1
        if tag.name in _BLOCKS:
            self._border()
            self.blocks.append((tag, self.order))
        elif tag.name == "br":
            self.before = ""
        self._anchor(tag)
        if "backlink" in uses(tag):
            self.back.add(id(tag))
        if tag.name == "a":
            self._link(tag)
        elif tag.name == "sup" or (tag.name == "span" and "noteref" in uses(tag)):
            self._high(tag)

    def _block(self) -> Tag | None:
        """The innermost block, whose place is kept since it may be a note's."""
        if not self.blocks:
            return None
        self.wanted.add(id(self.blocks[-1][0]))
        return self.blocks[-1][0]

    def _border(self) -> None:
        self.before, self.empty, self.after = "", True, None

    def _anchor(self, tag: Tag) -> None:
        names = [str(tag.attrs.get("id", "")), str(tag.attrs.get("name", "")) if tag.name == "a" else ""]
        for name in filter(None, names):
            block = self._block()
            self.anchors.setdefault(name, Anchor(self.order, block, self.empty))

    def _link(self, tag: Tag) -> None:
        _, mark, fragment = str(tag.attrs.get("href", "")).partition("#")
        if mark and fragment:
            block = self._block()
            around = self.sup.uses if self.sup else frozenset()
            self.link = Link(tag, self.order, unquote(fragment), block, uses(tag) | around, self.sup is not None)
            self.links.append(self.link)

    def _high(self, tag: Tag) -> None:
        if self.link:
            self.link.high = True
            self.link.uses |= uses(tag)
        if self.link or self.sup:
            return
        self.sup = High(tag, self._block(), self.empty, self.before, uses=uses(tag))

    def text(self, printed: str) -> None:
        if self.link and len(self.link.text) <= _LONGEST:
            self.link.text += printed
        if self.sup and len(self.sup.text) <= _LONGEST:
            self.sup.text += printed
        shown = printed.strip()
        if self.after and shown:
            self.after.after, self.after = printed[:_LONGEST], None
        if shown:
            self.empty = False
            self.before = (self.before + printed)[-_LONGEST:]

    def end(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self._border()
            if self.blocks:
                begin = self.blocks.pop()[1]
                if id(tag) in self.wanted:
                    self.spans[id(tag)] = (begin, self.order)
        elif tag.name == "a":
            self.link = None
        elif self.sup and self.sup.tag is tag:
            if tag.find("a") is None:
                self.high.append(self.sup)
                self.after = self.sup
            self.sup = None
