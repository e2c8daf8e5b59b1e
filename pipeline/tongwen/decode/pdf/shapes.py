"""What stands on a page, measured in points: x in the direction of reading, y from line to line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tongwen.model import BlockKind


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the middle of ``other`` lies inside."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of ``boxes`` (at least one)."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


class Style(NamedTuple):
    """``font`` tells typefaces apart and is empty where the file names none."""

    font: str = ""
    bold: bool = False
    italic: bool = False


class Glyph(NamedTuple):
    """A character as it is set: ``base`` is its line, ``size`` the height of its type, ``run`` the file's own run of
    characters in which it stands."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    style: Style
    run: int

    @property
    def box(self) -> Box:
        return Box(self.x0, self.base - 0.85 * self.size, self.x1, self.base + 0.15 * self.size)


@dataclass(slots=True)
class Drawn:
    """``across`` and ``down``: thin lines; ``fills``: areas with an outline or a ground; ``images``; ``dots``: small
    round or square marks, such as bullets that are drawn and not set."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)


class Sheet(NamedTuple):
    """What a page shows of one direction of reading; ``seen`` is the part of the page that is shown."""

    seen: Box
    glyphs: Sequence[Glyph]
    drawn: Drawn


@dataclass(slots=True)
class Chunk:
    """A piece of a printed line without a wide gap. ``raised``: where small raised signs stand in ``text``;
    ``breaks``: the offsets after white that may part two columns, with where the white begins and ends."""

    text: str
    box: Box
    base: float
    size: float
    bold: bool
    italic: bool
    raised: tuple[tuple[int, int], ...] = ()
    breaks: tuple[tuple[int, float, float], ...] = ()


@dataclass(slots=True)
class Slot:
    """A table's cell at its place, its chunks in the order of reading. ``own``: it stands here itself and is no
    repetition of a merged cell; ``left`` and ``right``: its borders."""

    chunks: list[Chunk] = field(default_factory=list)
    own: bool = True
    header: bool = False
    left: float = 0.0
    right: float = float("inf")


@dataclass(slots=True)
class Table:
    """``edges``: where its columns begin and end, to know it again on the next page."""

    box: Box
    rows: list[list[Slot]]
    edges: tuple[float, ...]


@dataclass(slots=True)
class Frame:
    """A drawn or filled rectangle with several lines in it. ``first``: the one that this goes on with."""

    box: Box
    items: list[Item]
    first: Frame | None = None


Item = Chunk | Table | Frame
"""What is put in order on a page."""


@dataclass(slots=True)
class Line:
    """A printed line: the chunks of one row of one column. ``column``: the extent of the column in which it stands;
    ``gap``: the white above it in that column, None for the first; ``frame``: the rectangle in which it stands;
    ``edge``: a running head or page number. ``kind``, ``level`` and ``label`` are its block's, to which it is added
    where it ``joins`` the line before."""

    chunks: list[Chunk]
    column: Box
    gap: float | None = None
    frame: Frame | None = None
    edge: bool = False
    page: int = 0
    kind: BlockKind = "line"
    level: int = 0
    label: str = ""
    joins: bool = False

    @property
    def box(self) -> Box:
        return around(chunk.box for chunk in self.chunks) if len(self.chunks) > 1 else self.chunks[0].box

    @property
    def text(self) -> str:
        """As printed, without the spaces that stand for wide gaps."""
        return " ".join(chunk.text.strip() for chunk in self.chunks)

    @property
    def size(self) -> float:
        return max(self.chunks, key=lambda chunk: len(chunk.text)).size if len(self.chunks) > 1 else self.chunks[0].size

    @property
    def bold(self) -> bool:
        return all(chunk.bold for chunk in self.chunks)

    @property
    def italic(self) -> bool:
        return all(chunk.italic for chunk in self.chunks)


@dataclass(slots=True)
class Grid:
    """A table in the flow of the lines."""

    table: Table
    gap: float | None = None
    frame: Frame | None = None
    page: int = 0


Piece = Line | Grid
"""What has been put in order."""
