"""The printed lines of a document, and the paragraphs that layout has cut them from.

A line that is full and ends inside a sentence goes on in the next one: the width at which a text was wrapped is
learnt from its own lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongwen.model import Block, BlockKind, Document, Span, Text

TERMINAL = "。!?:;！？：；"
_CLOSERS = "\"'”’」』)）】〕》>"
_NEVER_FIRST = "。,、;:!?)】〕》"
_WIDE = re.compile(r"[\u1100-\u11ff\u2500-\u257f\u2e80-\uffef\U00020000-\U0003ffff]")
_DRAWN = re.compile(r"[│┃├┌└┬┴┼─━┤┐┘╔╚║═|]")

MINIMUM_WIDTH = 36
"""Columns: below this no text is set in lines, and equal short lines are a list."""

SLACK = 6
"""Columns that a full line may be short of the measure: a mark that may not begin a line takes a character along."""

LATIN_SLACK = 14
"""Columns for text in words: the next word did not fit."""


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the document with its search key; ``indent`` and ``blank_before`` are what stood before it."""

    kind: BlockKind
    span: Span
    text: str
    key: str
    level: int
    indent: int
    blank_before: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.key) + len(_WIDE.findall(self.key))

    @property
    def drawn(self) -> bool:
        """Part of a table drawn with box characters: such lines keep their breaks."""
        return bool(_DRAWN.match(self.key)) or len(_DRAWN.findall(self.key)) > 2

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.key)


def ends_sentence(key: str) -> bool:
    """Whether a text closes with a mark that ends a sentence, an introduction or a list item."""
    stripped = key.rstrip(_CLOSERS)
    return bool(stripped) and (stripped[-1] in TERMINAL or (stripped[-1] == "." and not stripped[-2:-1].isdigit()))


def read_lines(document: Document, text: Text) -> list[Line]:
    """The document's blocks but its tables, in order."""
    out, end = [], 0
    for block in document.blocks:
        if block.kind != "table":
            out.append(_line(block, document.text, text.key, end))
        end = block.span.end
    return out


def _line(block: Block, original: str, key: str, end: int) -> Line:
    span, gap = block.span, original[end : block.span.start]
    indent = sum(2 if c == "\u3000" else 1 for c in re.split(r"[\r\n]", gap)[-1])
    breaks = gap.count("\n") or gap.count("\r")
    indent = indent if breaks or not end else 0
    return Line(block.kind, span, span.of(original), span.of(key), block.level, indent, breaks > 1)


def measure(lines: Sequence[Line]) -> int | None:
    """The width in columns at which the text is wrapped, None where it is not.

    Evidence: lines that break off inside a sentence pile up just below one width.
    """
    widths = Counter(
        line.width
        for line, after in pairwise(lines)
        if line.kind == "line" and after.kind == "line" and not line.ends_sentence and not line.drawn
    )
    wide = Counter({w: n for w, n in widths.items() if w >= MINIMUM_WIDTH})
    if sum(wide.values()) < 3:
        return None
    best = max(wide, key=lambda w: (_near(wide, w), w))
    return best if _near(wide, best) >= max(3, 0.5 * sum(wide.values())) else None


def _near(widths: Counter[int], width: int) -> int:
    return sum(n for w, n in widths.items() if width - SLACK <= w <= width)


def continues(line: Line, after: Line, width: int | None) -> bool:
    """Whether ``after`` is the rest of ``line``: a layout wrap, not the end of a paragraph."""
    if line.kind != "line" or after.kind != "line" or after.blank_before:
        return False
    if after.drawn:
        return True
    if line.drawn or width is None or line.ends_sentence:
        return False
    return _full(line, width) or after.key[:1] in _NEVER_FIRST


def _full(line: Line, width: int) -> bool:
    slack = LATIN_SLACK if line.key[-1:].isascii() and line.key[-1:].isalpha() else SLACK
    return width - slack <= line.width <= width + 2


def joined(text: str, spans: Sequence[Span]) -> str:
    """The reading text of lines: wraps closed, with a space between two Latin words; drawn tables keep their lines."""
    out = ""
    for span in spans:
        piece = span.of(text)
        out += _between(out, piece) + piece
    return out


def _between(left: str, right: str) -> str:
    if not left or not right or left[-1].isspace():
        return ""
    if _DRAWN.match(right):
        return "\n"
    return " " if left[-1] < "\u2e80" and right[0] < "\u2e80" else ""
