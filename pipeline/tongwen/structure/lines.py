"""The printed lines of a document, and the paragraphs that layout has cut them from.

A line that is full and ends inside a sentence goes on in the next one: the width at which a text was wrapped is
learnt from its own lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tongwen.labels import labels
from tongwen.model import Block, BlockKind, Document, Span, Text

TERMINAL = "。!?:;！？：；"
_ENDS = frozenset(TERMINAL)
_CLOSERS = "\"'”’」』)）】〕》>"
NEVER_FIRST = (",", "。", "、", ";", ":", "!", "?", ")", "》", "〉", "】", "]")
"""Marks of the key that begin no line, no paragraph and no cell: what begins with one goes on from above."""

NEVER_LAST = (",", "、", "(", "《")
"""Marks of the key that end no line that is whole: what ends with one goes on below."""

_NARROW = re.compile(r"[^\u1100-\u11ff\u2014\u2018-\u201d\u2026\u2500-\u257f\u2e80-\uffef\U00020000-\U0003ffff]+")
_LEADER = re.compile(r"(?:(?:[.·…‥] ?){4,}| {6,})(?:\d{1,4}|[ivxl]{1,6})$")
_PAGE = frozenset("0123456789ivxl")
_EMPHASIS = re.compile(r"\*\*|__")
DRAWN = re.compile(r"[│┃├┌└┬┴┼─━┤┐┘╔╚║═|]")

MINIMUM_WIDTH = 36
"""Columns: below this no text is set in lines, and equal short lines are a list."""

SLACK = 6
"""Columns that a full line may be short of the measure: a mark that may not begin a line takes a character along."""

FIRST_LINE = 2
"""Columns by which the first line of a paragraph stands in, at least."""

LATIN_SLACK = 14
"""Columns for text in words: the next word did not fit."""


class Line(NamedTuple):
    """One block of the document with its search key; ``indent`` and ``blank_before`` are what stood before it.

    A named tuple, since a frozen dataclass of nine fields takes several times as long to make.
    """

    kind: BlockKind
    span: Span
    text: str
    key: str
    level: int
    indent: int
    blank_before: bool
    label: str = ""
    frame: int = 0

    @property
    def width(self) -> int:
        return self.indent + columns(self.text)

    def wider(self, width: int) -> bool:
        """Whether the line is wider than that; the characters are told apart only where their number does not settle
        it."""
        least = self.indent + len(self.text)
        return least > width or (least + len(self.text) > width and self.width > width)

    @property
    def drawn(self) -> bool:
        """Part of a table drawn with box characters: such lines keep their breaks."""
        first = DRAWN.search(self.key)
        return first is not None and (first.start() == 0 or len(DRAWN.findall(self.key)) > 2)

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.key)


def columns(text: str) -> int:
    """How wide a text stands in print: Chinese characters take two columns."""
    return len(text) if text.isascii() else 2 * len(text) - len("".join(_NARROW.findall(text)))


def squeezed(text: str) -> str:
    """A text without its blanks: print sets 目　录 and wraps titles as it likes."""
    return "".join(text.split())


def leads(key: str) -> bool:
    """Whether a line is one of a table of contents: dots, or a wide gap, lead to the number of a page."""
    return key[-1:] in _PAGE and _LEADER.search(key) is not None  # most lines end otherwise, and are long to search


def same_text(left: str, right: str) -> bool:
    """Whether a line is a title, say, blanks aside."""
    return squeezed(left) == squeezed(right)


def ends_sentence(key: str) -> bool:
    """Whether a text closes with a mark that ends a sentence, an introduction or a list item."""
    stripped = key.rstrip(_CLOSERS)
    last, before = stripped[-1:], stripped[-2:-1]
    return last in _ENDS or (last == "-" and before == "-") or (last == "." and not before.isdigit())


def read_lines(document: Document, text: Text) -> list[Line]:
    """The document's blocks but its tables, in order."""
    emphasised = document.format == "markdown" and ("**" in text.key or "__" in text.key)
    key = _EMPHASIS.sub("  ", text.key) if emphasised else text.key
    out, end = [], 0
    for block in document.blocks:
        if block.kind != "table":
            line = _line(block, document.text, key, end)
            if line:
                out.append(line)
        end = block.span.end
    return out


def _line(block: Block, original: str, key: str, end: int) -> Line | None:
    span = block.span
    printed = key[span.start : span.end]
    said = printed.strip()
    if not said:
        return None
    if len(said) < len(printed):
        start = span.start + len(printed) - len(printed.lstrip())
        span = Span(start, start + len(said))
    gap = original[end : block.span.start]
    indent, breaks = _PLAIN.get(gap) or _gap(gap)
    if not breaks and end:
        indent = 0
    text = original[span.start : span.end]
    return Line(block.kind, span, text, said, block.level, indent, breaks > 1, block.label, block.frame)


_PLAIN = {"": (0, 0), "\n": (0, 1), "\n\n": (0, 2)}
"""What ``_gap`` says of what nearly every line stands behind."""


def _gap(gap: str) -> tuple[int, int]:
    """The columns by which a line stands in, and how many breaks are before it."""
    breaks = gap.count("\n") or gap.count("\r")
    inner = gap[max(gap.rfind("\n"), gap.rfind("\r")) + 1 :]
    return len(inner) + inner.count("\u3000"), breaks


def cut(line: Line, start: int, end: int | None = None) -> Line | None:
    """A part of a line, white space at its ends left out; None if nothing is there."""
    part = line.key[start:end]
    key = part.strip()
    if not key:
        return None
    offset = start + len(part) - len(part.lstrip())
    text, at = line.text[offset : offset + len(key)], line.span.start + offset
    indent = line.indent + columns(line.text[:offset])
    return Line(line.kind, Span(at, at + len(key)), text, key, line.level, indent, line.blank_before)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text was set: ``width`` in columns; ``indented``: a paragraph's first line stands in, the others do not."""

    width: int
    indented: bool

    def full(self, line: Line) -> bool:
        slack = LATIN_SLACK if line.key[-1:].isascii() and line.key[-1:].isalpha() else SLACK
        return self.width - slack <= line.width <= self.width + 2


def measure(lines: Sequence[Line]) -> Layout | None:
    """How the text is wrapped, None where it is not.

    Evidence: lines that break off inside a sentence pile up just below one width, and few lines are longer.
    """
    wide = Counter(
        line.width
        for line, after in pairwise(lines)
        if line.kind == after.kind == "line"
        and not line.ends_sentence
        and line.wider(MINIMUM_WIDTH - 1)
        and not labels(after.key)
        and not line.drawn
    )
    if sum(wide.values()) < 3:
        return None
    best = max(wide, key=lambda w: (_near(wide, w), w))
    longer = sum(line.kind == "line" and line.wider(best + 2) and not line.drawn for line in lines)
    if _near(wide, best) < max(3, 0.5 * sum(wide.values()), 0.5 * longer):
        return None
    return Layout(best, _indented(lines, Layout(best, indented=False)))


def _near(widths: Counter[int], width: int) -> int:
    return sum(n for w, n in widths.items() if width - SLACK <= w <= width)


def _indented(lines: Sequence[Line], layout: Layout) -> bool:
    """Whether what follows a full line inside a sentence stands out, and what follows a short last line stands in."""
    inner = [after.indent for line, after in pairwise(lines) if layout.full(line) and not line.ends_sentence]
    first = [after.indent for line, after in pairwise(lines) if not layout.full(line) and line.ends_sentence]
    return _share(i < FIRST_LINE for i in inner) > 0.8 and _share(i >= FIRST_LINE for i in first) > 0.8


def _share(votes: Iterable[bool]) -> float:
    found = list(votes)
    return sum(found) / len(found) if found else 0.0


def spaced(lines: Sequence[Line]) -> bool:
    """Whether the text is set with a blank line after every line, which then says nothing."""
    return _share(line.blank_before for line in lines[1:] if line.kind == "line") > 0.7


def continues(line: Line, after: Line, layout: Layout | None) -> bool:
    """Whether ``after`` is the rest of ``line``: a layout wrap, not the end of a paragraph."""
    if line.kind != "line" or after.kind != "line" or after.blank_before:
        return False
    if after.drawn:
        return True
    if layout is None or line.drawn:
        return not line.drawn and _in_words(line, after)
    if layout.indented and layout.full(line):
        return after.indent < FIRST_LINE
    if line.ends_sentence:
        return line.key[-1] == ";" and layout.full(line)
    return layout.full(line) or after.key.startswith(NEVER_FIRST)


def _in_words(line: Line, after: Line) -> bool:
    """Whether English breaks off and goes on in small letters: no title and no item does so."""
    open_ = line.key[-1].isascii() and (line.text[-1].islower() or line.key[-1] == ",")
    return open_ and after.text[0].isascii() and after.text[0].islower() and not labels(after.key)


def joined(text: str, spans: Sequence[Span]) -> str:
    """The reading text of lines: wraps closed, with a space between two Latin words; drawn tables keep their lines."""
    if len(spans) == 1:
        return spans[0].of(text)
    out = ""
    for span in spans:
        piece = span.of(text)
        out += _between(out, piece) + piece
    return out


def _between(left: str, right: str) -> str:
    if not left or not right or left[-1].isspace():
        return ""
    if DRAWN.match(right):
        return "\n"
    return " " if left[-1] < "\u2e80" and right[0] < "\u2e80" else ""
