"""A document's lines as one looks for tables among them: which could belong to one, which are running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from tongwen.labels import article_label, division_label
from tongwen.structure.captions import is_note, is_of_figure
from tongwen.structure.flat.cells import parts
from tongwen.structure.flat.names import named
from tongwen.structure.flat.table import FlatCell
from tongwen.structure.flat.words import STRONG, Word, words
from tongwen.structure.lines import MINIMUM_WIDTH, SLACK, Line, columns

NARROW = 0.72
"""Share of the measure that a line of a wrapped cell takes at most."""

_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})+ +[^\d\s%.(-]")
_END = re.compile(r"[。;!?]|\. ")
_SENTENCE = re.compile(r"[。;!?]|[^0-9],|\. ")


def _is_heading(key: str) -> bool:
    """Whether a number at the start of a line is a heading's: a blank stands behind it, which cells have not. 附表
    names a table as well."""
    if _DECIMAL.match(key):
        return True
    label = article_label(key) or division_label(key)
    return label is not None and not key.startswith("附表") and key[label.length : label.length + 1] in ("", " ")


class Sheet:
    """``lines`` of a document without those that are ``taken``, behind which a table may go on.

    ``places``: the numbers that the lines have in the document.
    """

    def __init__(self, lines: Sequence[Line], key: str, taken: Collection[int] = ()) -> None:
        self.places = [i for i in range(len(lines)) if i not in taken]
        self.lines = [lines[i] for i in self.places]
        self.key = key
        self._words: dict[int, list[Word]] = {}

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def measure(self) -> int:
        """Columns of a full line: the width just below which most long lines end."""
        widths = Counter(line.width for line in self.lines if line.kind == "line" and line.width >= MINIMUM_WIDTH)
        near = {w: sum(widths[v] for v in range(w - SLACK, w + 1)) for w in widths}
        return max(near, key=lambda w: (near[w], w), default=MINIMUM_WIDTH)

    def words(self, i: int) -> list[Word]:
        if i not in self._words:
            self._words[i] = words(self.lines[i])
        return self._words[i]

    def parts(self, i: int) -> int:
        return parts(self.words(i))

    def text(self, cell: FlatCell) -> str:
        """A cell's search key."""
        return "".join(piece.of(self.key) for piece in cell.pieces)

    def columns(self, cell: FlatCell) -> int:
        """How wide a cell on one line stands in print."""
        return sum(columns(piece.of(self.key)) for piece in cell.pieces)

    def line_at(self, offset: int) -> int:
        """The line in which a code point of the text stands."""
        return next(i for i, line in enumerate(self.lines) if line.span.start <= offset < line.span.end)

    def usable(self, i: int) -> bool:
        """Whether line ``i`` may be part of a table's text."""
        line = self.lines[i]
        free = line.kind == "line" and not line.drawn and not _is_heading(line.key)
        name = named(line)
        row = name is None or (name.bare and line.key.startswith("附")) or self.labels_row(i)
        return free and row and not is_of_figure(line.text)

    def labels_row(self, i: int) -> bool:
        """Whether 附表一 is no caption but the first cell of a row: others stand beside it."""
        return self.lines[i].key.startswith("附") and sum(word.border == STRONG for word in self.words(i)) > 1

    def breaks(self, i: int) -> bool:
        """Whether line ``i`` stands apart from the one before: a blank line, or a page that begins with a space."""
        line = self.lines[i]
        return i == 0 or line.blank_before or self.turns(i)

    def turns(self, i: int) -> bool:
        """Whether a page begins with line ``i``: it is set in by a space, or what is no text stands before it."""
        space = i > 0 and self.lines[i].indent == 1 and self.lines[i - 1].indent == 0
        return space or (i > 0 and self.places[i] - self.places[i - 1] > 1)

    def narrow(self, i: int) -> bool:
        line = self.lines[i]
        return line.width - line.indent <= NARROW * self.measure

    def row_like(self, i: int) -> bool:
        """Whether a line has several cells: wide blanks, or blanks where no sentence has them."""
        found = self.words(i)
        if any(word.border == STRONG for word in found):
            return True
        count = parts(found)
        plain = count > 1 and not (_SENTENCE if count == 2 else _END).search(self.lines[i].key)
        return plain and (count > 2 or found[-1].value or self.narrow(i) or self._alone(i))

    def _alone(self, i: int) -> bool:
        """Whether a line has blank lines around it, or is the first below a caption."""
        above = i > 0 and named(self.lines[i - 1]) is not None
        return above or (self.breaks(i) and (i + 1 == len(self) or self.breaks(i + 1)))

    def _over_rows(self, i: int) -> bool:
        """Whether a line of any width may be the header of rows below it, of which the first may name a group."""
        if i >= len(self) or not self.usable(i):
            return False
        line = self.lines[i]
        if line.ends_sentence or _SENTENCE.search(line.key):
            return False
        rows = [n for n in (i + 1, i + 2) if n < len(self) and self.usable(n) and self.row_like(n)]
        return i + 1 < len(self) and self.tabular(i + 1) and (bool(rows) or self.breaks(i + 1))

    def tabular(self, i: int) -> bool:
        return self.usable(i) and (self.narrow(i) or self.row_like(i))

    def _holds(self, i: int) -> bool:
        """Whether a table that has line ``i`` above it or below may go on with it: also a line of any width that stands
        apart among cells, as the name of a group does."""
        if self.tabular(i):
            return True
        apart = self.usable(i) and 0 < i < len(self) - 1 and self.breaks(i)
        plain = apart and not self.lines[i].ends_sentence and not _SENTENCE.search(self.lines[i].key)
        return plain and self.tabular(i - 1) and self.tabular(i + 1)

    def below(self, start: int) -> int:
        """The end of the lines from ``start`` on that could be a table's; a heading right above prose is none, but the
        cells above a note are."""
        end = start + self._over_rows(start)
        while end < len(self) and self._holds(end):
            end += 1
        if end < len(self) and self.usable(end) and not is_note(self.lines[end].text):
            while end > start and not self.breaks(end) and not self.row_like(end - 1):
                end -= 1
        return end

    def above(self, end: int) -> int:
        """The start of the lines up to ``end`` that could be a table's; the last line of a paragraph is none."""
        start = end
        while start > 0 and self._holds(start - 1):
            start -= 1
        start -= start > 0 and start < end and self._over_rows(start - 1) and self.breaks(start - 1)
        while start + 1 < end and self.lines[start].key.endswith("。") and not self.breaks(start + 1):
            start += 1
        if start > 0 and self.usable(start - 1):
            while start < end and not self.breaks(start) and self._ends_prose(start):
                start += 1
        return start

    def _ends_prose(self, i: int) -> bool:
        """Whether a narrow line right below running text is its last."""
        return (self.lines[i].ends_sentence or not self.row_like(i)) and not self.lines[i - 1].ends_sentence

    def blocks(self, start: int, end: int) -> list[list[int]]:
        """Lines that no blank line parts, together."""
        out: list[list[int]] = []
        for i in range(start, end):
            if not out or self.breaks(i):
                out.append([])
            out[-1].append(i)
        return out
