"""The lines of a report as they are judged: without their note markers, and whether they are set as lines at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from tongwen.labels import BULLET, labels
from tongwen.structure.lines import FIRST_LINE, MINIMUM_WIDTH, Line, ends_sentence, measure

PAGE = 130
"""Columns that a printed line has at most."""

AROUND = 3
"""Lines on either side by which a line is judged."""

SPACED = 0.7
"""Share of the lines around that stand after a blank line where double spacing is set."""

DASHED = "--"
"""The key of ——, with which paragraphs in a row begin: ——1949年. Inside a sentence it is a dash."""


@dataclass(frozen=True, slots=True)
class Printed:
    """``body``: the line's key without note markers; ``number``: its place in print; ``page``: a page begins here;
    ``width``: columns up to its last character, without note markers, which are set small; ``parted``: a blank line
    stands before it that means something, as none does where double spacing is set; ``source``: the key of the note
    whose marker ends the line, "" where the document has no such note, None without a marker there; ``marked``: it
    begins with a marker, which belongs to the text above."""

    line: Line
    body: str
    number: int
    page: bool
    width: int
    parted: bool
    source: str | None = None
    marked: bool = False

    @property
    def closed(self) -> bool:
        """Ends a sentence or an introduction, by a mark that its note marker may hide."""
        return not self.body or ends_sentence(self.body)

    @property
    def introduces(self) -> bool:
        return self.body.endswith(":")

    @property
    def bullet(self) -> int:
        """Length of the bullet glyph and the space behind it, 0 without one."""
        found = BULLET.match(self.body)
        return found.end() if found and found.end() < len(self.body) else 0

    @property
    def style(self) -> str:
        """What the line begins with, if it opens an item: the bullet glyph, or the style of its number."""
        found = next(iter(labels(self.body)), None)
        return self.body[0] if self.bullet else found.style if found else ""

    @property
    def opens_item(self) -> bool:
        return bool(self.style)


def wrapped(lines: Sequence[Line]) -> bool:
    """Whether a text was set in lines: they pile up at a measure; or at least two break off inside a sentence and the
    next stands right below, where none is longer than a page is wide. Not where the format tells most paragraphs: an
    address keeps its lines there."""
    plain = [line for line in lines if line.kind == "line" and not line.drawn]
    if sum(line.width for line in lines if line.kind == "paragraph") > sum(line.width for line in plain):
        return False
    if measure(lines) is not None:
        return True
    broken = sum(
        not left.ends_sentence and left.width >= MINIMUM_WIDTH and not right.blank_before
        for left, right in pairwise(plain)
    )
    return broken > 1 and max(line.width for line in plain) <= PAGE


def spaced(lines: Sequence[Line], bodies: Sequence[str], pages: Collection[int]) -> list[bool]:
    """Whether double spacing is set around each line: blank lines part them, and some inside a sentence. Blocks that
    the format gives whole say nothing of it. ``bodies``: the lines without note markers."""
    plain = [line.kind == "line" for line in lines]
    parted = [plain[i] and (line.blank_before or i in pages) for i, line in enumerate(lines)]
    inside = [i > 0 and parted[i] and _breaks_off(lines[i - 1], bodies[i - 1], lines[i]) for i in range(len(lines))]
    blanks, broken, count = ([0, *accumulate(counted)] for counted in (parted, inside, plain))
    ends = ((max(0, i - AROUND), min(len(lines), i + AROUND + 1)) for i in range(len(lines)))
    return [
        broken[end] > broken[start] and blanks[end] - blanks[start] > SPACED * (count[end] - count[start])
        for start, end in ends
    ]


def _breaks_off(line: Line, body: str, after: Line) -> bool:
    """Whether running text goes on behind the line: it is no heading and no row of a table, and ends no sentence, and
    no paragraph is set in below it."""
    open_ = line.width >= MINIMUM_WIDTH and not ends_sentence(body) and "    " not in line.text
    return open_ and after.indent < line.indent + FIRST_LINE
