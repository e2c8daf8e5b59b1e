"""The provisions inside one article: what is nested in what, and what is text between.

Two ways of drafting decide it (see ``convention``). Where paragraphs are numbered, a text without a number introduces
the article or closes the list before it. Where they are not, it is a paragraph of its own and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tongwen.labels import ENCLOSED, Label, division_label, labels
from tongwen.model import Problem, Span
from tongwen.numerals import to_chinese
from tongwen.structure.lines import Layout, Line, continues

LOOSE = {"cn-space", "cn-gap", "roman-dot", "alpha-dot", "formal-dun", "branch-dun"}
"""Styles that ordinary text may imitate: taken only where the number is the one that is due."""

INSIDE = "inside"
"""Label of a line that divides an article, with a title or alone: 第一款. Its text stands below it."""

DIVISION = "division"
"""Style of its number."""

PARAGRAPH = "paragraph"
"""Style of a bare figure that gives a paragraph its place in the article."""

FIGURE = "figure"
"""Style of a bare figure that is an item's number."""

QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}
"""Marks with which a quotation opens, and those with which it closes."""

_INTRODUCING = frozenset(":：-—")
_UNFINISHED = _INTRODUCING | frozenset(",，、;；")

_BRACKETS = frozenset("(" + ENCLOSED)

DEEPEST = 12
"""Levels: no law has half as many, but a list that opens anew on every line would nest until the stack ends."""


class Paragraph(NamedTuple):
    """The lines of one printed paragraph or item, layout wraps closed; ``readings`` are those of its label."""

    lines: tuple[Line, ...]
    readings: tuple[Label, ...]
    quoted: bool = False

    @property
    def key(self) -> str:
        return self.lines[0].key

    @property
    def spans(self) -> list[Span]:
        return [line.span for line in self.lines]

    @property
    def end(self) -> str:
        return self.lines[-1].key[-1:]

    @property
    def ends_sentence(self) -> bool:
        return self.lines[-1].ends_sentence


@dataclass(slots=True)
class Node:
    """A provision while it is being built. ``contents`` are its texts (spans of lines, the label left out) and its
    ``children``, the provisions under it, in reading order. ``style`` is "" for a paragraph without a number."""

    path: tuple[str, ...]
    style: str = ""
    value: int = 0
    label: Span | None = None
    contents: list[list[Span] | Node] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    extent: Span | None = None

    def add(self, child: Node) -> None:
        self.contents.append(child)
        self.children.append(child)

    def span(self) -> Span:
        """From its label on, all its texts and the provisions under it; asked for when the tree is whole."""
        if self.extent is None:
            first = self.label or _place(self.contents[0], 0)
            last = _place(self.contents[-1], -1) if self.contents else first
            self.extent = first if first is last else Span(first.start, last.end)
        return self.extent


def _place(content: list[Span] | Node, at: int) -> Span:
    return content[at] if isinstance(content, list) else content.span()


def paragraphs(lines: Sequence[Line], layout: Layout | None) -> list[Paragraph]:
    """Lines put together where layout cut them: see ``lines.continues``; a hanging indent belongs to its item."""
    out: list[list[Line]] = []
    for line in lines:
        goes_on = bool(out) and (continues(out[-1][-1], line, layout) or _hangs(out[-1], line, layout))
        if goes_on and not _begins(out[-1], line):
            out[-1].append(line)
        else:
            out.append([line])
    quoted = _quoted(out)
    return [
        Paragraph(tuple(group), () if inside else _numbers(group[0]), inside)
        for group, inside in zip(out, quoted, strict=True)
    ]


def _quoted(groups: Sequence[Sequence[Line]]) -> list[bool]:
    """Paragraphs of a quotation that opens at the start of one and closes at the end of another, behind a colon: what
    an amendment puts into another law. Its numbers are those of that law."""
    out = [False] * len(groups)
    begins: int | None = None
    for i, group in enumerate(groups):
        first, last = group[0].text, group[-1].text
        if first[0] in QUOTES and i and groups[i - 1][-1].key[-1] == ":":
            begins = i
        if begins is not None and _closes(groups[begins][0].text[0], last):
            out[begins : i + 1] = [i > begins or bool(labels(first[1:]))] * (i + 1 - begins)
            begins = None
    return out


def _closes(opening: str, text: str) -> bool:
    """Whether a text ends where a quotation does: 」 at its end, a mark behind it aside, and none that opened there."""
    closing = QUOTES[opening]
    said = text.rstrip("。；;.，,")
    return said.endswith(closing) and (text[0] == opening or text.count(closing) > text.count(opening))


def _numbers(line: Line) -> tuple[Label, ...]:
    division = division_label(line.key) if line.label == INSIDE else None
    if division is None or division.number is None:
        return labels(line.key)
    return (Label(DIVISION, division.number[0], division.length),)


_REFERRING = re.compile(r"(?:[条项款第目至(]|article|paragraph|section)$")
_REFERRED = re.compile(r" ?(?:[款项目条至及和或、]|各[款项])")


def _begins(group: list[Line], line: Line) -> bool:
    """Whether a line begins an item though the line before is full: it has a number, and is no wrapped reference
    (第四項⏎(二)款), nor the next number of a list that runs on inside the paragraph."""
    found = labels(line.key)
    if line.label == INSIDE:
        return True
    if not found or any(label.style in LOOSE for label in found):
        return False
    if _REFERRING.search(group[-1].key) or _REFERRED.match(line.key, found[0].length):
        return False
    inner = "".join(member.key for member in group)[1:]
    number = line.key[: found[0].length]
    return not (found[0].value > 1 and _before(number, found[0].value) in inner)


def _before(printed: str, value: int) -> str:
    """The number before, in the same print: (三) → (二)."""
    arabic = printed.replace(str(value), str(value - 1))
    return arabic if arabic != printed else printed.replace(to_chinese(value), to_chinese(value - 1))


def _hangs(group: list[Line], line: Line, layout: Layout | None) -> bool:
    if layout is None or line.kind != "line" or line.blank_before or line.indent <= group[0].indent:
        return False
    return bool(labels(group[0].key)) and not labels(line.key) and not line.drawn


@dataclass(slots=True)
class Builder:
    """Reads the paragraphs of an article in order; ``open`` is the chain of provisions that may still get children."""

    numbered: bool
    root: Node = field(default_factory=lambda: Node(()))
    open: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    introduces: bool = False
    unfinished: bool = False

    def add(self, paragraph: Paragraph, following: Sequence[Label]) -> None:
        """``following``: the readings of the next numbered paragraph's label."""
        label = choose(paragraph.readings, self.open, self.introduces) if paragraph.readings else None
        inside = None if label else self._interrupted(following)
        if label:
            self._item(paragraph, label)
        elif inside is not None:
            self.open[inside + 1 :] = []
            self.open[inside].contents.append(paragraph.spans)
        elif paragraph.quoted and self.open:
            self.open[-1].contents.append(paragraph.spans)
        elif self.numbered:
            self._between(paragraph, following)
        else:
            self._counted(paragraph)
        end = paragraph.end
        self.unfinished = end in _UNFINISHED
        self.introduces = end in _INTRODUCING

    def _interrupted(self, following: Sequence[Label]) -> int | None:
        """Depth of the item whose list goes on behind this paragraph, which is therefore still inside the item."""
        if not following or not self.open:
            return None
        due = {(label.style, label.value) for label in following}
        for depth in range(len(self.open) - 1, -1, -1):
            if (self.open[depth].style, self.open[depth].value + 1) in due:
                return depth
        return None

    def _item(self, paragraph: Paragraph, label: Label) -> None:
        depth = self._depth(label)
        parent = self.open[depth - 1] if depth else self.root
        self._check(parent, label, paragraph)
        node = Node((*parent.path, str(label.value)), label.style, label.value)
        first, *rest = paragraph.spans
        cut = first.start + label.length
        node.label = Span(first.start, cut)
        text = paragraph.lines[0].key[label.length :]
        said = text.lstrip()
        start = cut + len(text) - len(said)
        parent.add(node)
        self.open[depth:] = [node]
        inner = first_of_list(said, self.open) if len(self.open) < DEEPEST else None
        if inner:
            line = paragraph.lines[0]
            key, printed = line.key[start - first.start :], line.text[start - first.start :]
            line = line._replace(span=Span(start, first.end), text=printed, key=key)
            self._item(Paragraph((line, *paragraph.lines[1:]), (inner,)), inner)
        elif start < first.end or rest:
            node.contents.append([Span(start, first.end), *rest] if start < first.end else rest)

    def _depth(self, label: Label) -> int:
        """Where the item belongs: beside the open item of its style, or below everything that is open."""
        if label.style == PARAGRAPH:
            return 0
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].style == label.style and not (label.value == 1 and self.introduces):
                return depth
        return min(len(self.open), DEEPEST - 1)

    def _check(self, parent: Node, label: Label, paragraph: Paragraph) -> None:
        last = _last(parent.children, label.style)
        if label.value != last + 1 and label.style != PARAGRAPH:
            span = Span(paragraph.spans[0].start, paragraph.spans[0].start + label.length)
            self.problems.append(numbering_problem(last, label.value, span))

    def _between(self, paragraph: Paragraph, following: Sequence[Label]) -> None:
        """A text without a number: before a new list it introduces it, otherwise it closes the list before it."""
        styles = {node.style for node in self.open}
        new_list = any(label.value == 1 and label.style not in styles for label in following)
        listed = len(self.open) > 1 or (self.open and isinstance(self.root.contents[0], list))
        if listed and not self.open[-1].children and not new_list and self.open[-1].style != DIVISION:
            self.open.pop()
        (self.open[-1] if self.open else self.root).contents.append(paragraph.spans)

    def _counted(self, paragraph: Paragraph) -> None:
        """A paragraph of its own, unless the one before is still open: an enumeration without numbers ends at 。"""
        if self.unfinished and self.open and self.open[-1] is self.root.contents[-1]:
            self.open[-1].contents.append(paragraph.spans)
            return
        node = Node((str(len(self.root.contents) + 1),), contents=[paragraph.spans])
        self.root.add(node)
        self.open[:] = [node]


def _last(children: Sequence[Node], style: str) -> int:
    """The number of the last one that is numbered in a style, 0 where none is."""
    for child in reversed(children):
        if child.style == style:
            return child.value
    return 0


def first_of_list(text: str, open_: Sequence[Node]) -> Label | None:
    """The number 1 of a new list right behind another number, in brackets: 一、(一)…, 1. (a) …"""
    readings = labels(text)
    if not readings:
        return None
    styles = {node.style for node in open_}
    found = (label for label in readings if label.value == 1 and label.style not in styles)
    return next((label for label in found if text[0] in _BRACKETS or text[label.length - 1] == ")"), None)


def choose(readings: Sequence[Label], open_: Sequence[Node], introduced: bool) -> Label | None:
    """The reading of a line's first characters that fits what came before: the number that is due, then a new list."""
    for label in readings:
        for node in open_:
            if node.style == label.style and node.value + 1 == label.value:
                return label
    styles = {node.style for node in open_}
    for label in readings:
        if label.value == 1 and (introduced or (label.style not in styles and label.style != "cn-gap")):
            return label
    return next((label for label in readings if label.style not in LOOSE and not label.counts), None)


def numbering_problem(last: int, value: int, span: Span) -> Problem:
    """What is wrong with a number that follows ``last``."""
    if value == 1:
        code, message = "numbering-restart", f"The numbering begins again at 1 after {last}."
        return Problem(code, message, "A heading or an introduction may be missing before it.", span)
    message = f"Number {value} follows {last}."
    if value > last + 1:
        return Problem("number-missing", message, f"{last + 1} is missing or is printed inside the text before.", span)
    return Problem("number-repeated", message, f"{last + 1} was probably meant.", span)


def build(body: Sequence[Paragraph], numbered: bool) -> Builder:
    """The tree of an article's provisions under ``root``, with the problems met."""
    builder = Builder(numbered)
    coming: list[tuple[Paragraph, tuple[Label, ...]]] = []
    after: tuple[Label, ...] = ()
    for paragraph in reversed(body):
        coming.append((paragraph, after))
        after = paragraph.readings or after
    while coming:
        builder.add(*coming.pop())
    return builder
