"""What a report of the set is made of. Text is ``Rich``: its characters, and where note markers stand among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """``number`` as printed (it may begin again in each chapter), ``order`` its place among all notes, from 1."""

    number: str
    order: int
    text: str


@dataclass(frozen=True, slots=True)
class Rich:
    text: str
    notes: tuple[tuple[int, Note], ...] = ()

    def pieces(self) -> Iterator[tuple[str, Note | None]]:
        """The text cut at its markers: each piece, and the note whose marker follows it."""
        done = 0
        for offset, note in self.notes:
            yield self.text[done:offset], note
            done = offset
        if done < len(self.text) or not self.notes:
            yield self.text[done:], None

    def printed(self) -> str:
        """As on the page: the markers are digits among the text."""
        return "".join(piece + (note.number if note else "") for piece, note in self.pieces())


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    label: str
    title: Rich


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Rich


@dataclass(frozen=True, slots=True)
class Quote:
    text: Rich


@dataclass(frozen=True, slots=True)
class Item:
    level: int
    label: str
    text: Rich


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    caption: Rich


@dataclass(frozen=True, slots=True)
class Cell:
    """``left`` and ``up``: merged with the cell on that side, whose text it repeats."""

    text: str
    left: bool = False
    up: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``header`` counts the rows that are one; a row in ``groups`` is one cell across the table."""

    label: str
    caption: Rich
    rows: tuple[tuple[Cell, ...], ...]
    header: int = 0
    groups: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Front or back matter: ``imprint``, ``contents``, ``signature`` or ``contact``."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    label: str
    title: Rich
    blocks: tuple[Paragraph | Items | Quote, ...]


Block = Heading | Paragraph | Quote | Items | Figure | Table | Part | Box


@dataclass(frozen=True, slots=True)
class Report:
    """``options``: how it is set, see tests/reports/README.md."""

    name: str
    options: dict[str, str]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = field(default=())

    @property
    def title(self) -> str:
        return self.options["title"]

    @property
    def english(self) -> bool:
        return self.options["language"] == "en"

    @property
    def seed(self) -> int:
        return sum(map(ord, self.name))

    def chapters(self) -> Iterator[tuple[Block, ...]]:
        """The blocks from each heading of the first level to the next."""
        chapter: list[Block] = []
        for block in self.blocks:
            if isinstance(block, Heading) and block.level == 1 and chapter:
                yield tuple(chapter)
                chapter = []
            chapter.append(block)
        yield tuple(chapter)


def texts(block: Block) -> Iterator[Rich]:
    """Every text of a block that can hold note markers, in reading order."""
    match block:
        case Heading(title=text) | Paragraph(text=text) | Quote(text=text) | Figure(caption=text) | Table(caption=text):
            yield text
        case Items(items=items):
            yield from (item.text for item in items)
        case Box(title=title, blocks=blocks):
            yield title
            for inner in blocks:
                yield from texts(inner)


def notes_of(blocks: tuple[Block, ...]) -> tuple[Note, ...]:
    return tuple(note for block in blocks for text in texts(block) for _, note in text.notes)
