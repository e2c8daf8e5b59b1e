"""The text of a page as it grows: each block on lines of its own, with the markers of notes that stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tongwen.decode.grid import within
from tongwen.decode.html_marks import Place, unmark
from tongwen.decode.html_table import Slot, write
from tongwen.model import Block, Span


@dataclass(slots=True)
class Ink:
    """``places`` are the markers in the text, by the keys with which they were put into what is printed."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces[:-1])

    def block(self, like: Block, printed: str) -> Span:
        """Write a block of the kind, level, label and frame of ``like``; its span in the text."""
        printed, places = unmark(printed)
        self.places += (Place(at.key, self.length + at.start, self.length + at.end) for at in places)
        start = self.length + len(printed) - len(printed.lstrip())
        span = Span(start, start + len(printed.strip()))
        self._write(printed)
        self.blocks.append(like._replace(span=span))
        return span

    def table(self, slots: list[list[Slot]], frame: int) -> None:
        text, grid, places = write(slots, self.length)
        self.places += places
        start = self.length + len(text) - len(text.lstrip())
        span = Span(start, start + len(text.strip()))
        self._write(text)
        self.blocks.append(Block("table", span, grid=within(grid, span), frame=frame))

    def _write(self, printed: str) -> None:
        self.pieces += (printed, "\n")
        self.length += len(printed) + 1
