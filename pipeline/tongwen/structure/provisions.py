"""The provisions inside one article: what is nested in what, and what is text between.

Two ways of drafting decide it (see ``convention``). Where paragraphs are numbered, a text without a number introduces
the article or closes the list before it. Where they are not, it is a paragraph of its own and is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tongwen.model import Problem, Role, Span, hull
from tongwen.structure.labels import Label, labels
from tongwen.structure.lines import Line, continues

LOOSE = {"cn-space", "roman-dot"}
"""Styles that ordinary text may imitate: taken only where the number is the one that is due."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of one printed paragraph or item, layout wraps closed."""

    lines: tuple[Line, ...]

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
    """A provision while it is being built; ``pieces`` are its own text without the label, ``closings`` come after
    its children. ``style`` is "" for a paragraph without a number."""

    path: tuple[str, ...]
    style: str = ""
    value: int = 0
    label: Span | None = None
    pieces: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    closings: list[list[Span]] = field(default_factory=list)

    def span(self) -> Span:
        return hull(self._parts())

    def _parts(self) -> Iterator[Span]:
        if self.label:
            yield self.label
        yield from self.pieces
        for child in self.children:
            yield from child._parts()
        for closing in self.closings:
            yield from closing

    def rows(self) -> Iterator[tuple[Node, Role, Span | None, list[Span]]]:
        """Its texts in reading order: (node, role, label, pieces)."""
        if self.label or self.pieces:
            yield self, "intro" if self.children else "body", self.label, self.pieces
        for child in self.children:
            yield from child.rows()
        for closing in self.closings:
            yield self, "wrapup", None, closing


def paragraphs(lines: Sequence[Line], width: int | None) -> list[Paragraph]:
    """Lines put together where layout cut them: see ``lines.continues``; a hanging indent belongs to its item."""
    out: list[list[Line]] = []
    for line in lines:
        if out and (continues(out[-1][-1], line, width) or _hangs(out[-1], line, width)):
            out[-1].append(line)
        else:
            out.append([line])
    return [Paragraph(tuple(group)) for group in out]


def _hangs(group: list[Line], line: Line, width: int | None) -> bool:
    if width is None or line.kind != "line" or line.blank_before or line.indent <= group[0].indent:
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

    def add(self, paragraph: Paragraph) -> None:
        label = choose(labels(paragraph.key), self.open, self.introduces)
        if label:
            self._item(paragraph, label)
        elif self.numbered:
            self._between(paragraph)
        else:
            self._counted(paragraph)
        self.introduces = paragraph.end in (":", "：")

    def _item(self, paragraph: Paragraph, label: Label) -> None:
        depth = self._depth(label)
        parent = self.open[depth - 1] if depth else self.root
        self._check(parent, label, paragraph)
        node = Node((*parent.path, str(label.value)), label.style, label.value)
        first, *rest = paragraph.spans
        cut = first.start + label.length
        node.label = Span(first.start, cut)
        text = paragraph.lines[0].key[label.length :]
        start = cut + len(text) - len(text.lstrip())
        node.pieces = [Span(start, first.end), *rest] if start < first.end else list(rest)
        parent.children.append(node)
        self.open[depth:] = [node]

    def _depth(self, label: Label) -> int:
        """Where the item belongs: beside the open item of its style, or below everything that is open."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].style == label.style and not (label.value == 1 and self.introduces):
                return depth
        return len(self.open)

    def _check(self, parent: Node, label: Label, paragraph: Paragraph) -> None:
        last = next((c.value for c in reversed(parent.children) if c.style == label.style), 0)
        if label.value != last + 1:
            span = Span(paragraph.spans[0].start, paragraph.spans[0].start + label.length)
            self.problems.append(numbering_problem(last, label.value, span))

    def _between(self, paragraph: Paragraph) -> None:
        if not self.open:
            self.root.children.append(Node((), pieces=paragraph.spans))
            return
        last = self.open[-1]
        depth = len(self.open) if last.children or last.closings or len(self.open) == 1 else len(self.open) - 1
        self.open[depth:] = []
        self.open[-1].closings.append(paragraph.spans)

    def _counted(self, paragraph: Paragraph) -> None:
        node = Node((str(len(self.root.children) + 1),), pieces=paragraph.spans)
        self.root.children.append(node)
        self.open[:] = [node]


def choose(readings: Sequence[Label], open_: Sequence[Node], introduced: bool) -> Label | None:
    """The reading of a line's first characters that fits what came before: the number that is due, then a new list."""
    due = {(node.style, node.value + 1) for node in open_}
    for label in readings:
        if (label.style, label.value) in due:
            return label
    styles = {node.style for node in open_}
    for label in readings:
        if label.value == 1 and (label.style not in styles or introduced):
            return label
    return next((label for label in readings if label.style not in LOOSE), None)


def numbering_problem(last: int, value: int, span: Span) -> Problem:
    """What is wrong with a number that follows ``last``."""
    if value == 1:
        return Problem("numbering-restart", f"The numbering begins again at 1 after {last}.", "A heading or an introduction may be missing before it.", span)
    if value > last + 1:
        return Problem("number-missing", f"Number {value} follows {last}.", f"{last + 1} is missing or is printed inside the text before.", span)
    return Problem("number-repeated", f"Number {value} follows {last}.", f"{last + 1} was probably meant.", span)


def build(body: Sequence[Paragraph], numbered: bool) -> Builder:
    """The tree of an article's provisions under ``root``, with the problems met."""
    builder = Builder(numbered)
    for paragraph in body:
        builder.add(paragraph)
    return builder
