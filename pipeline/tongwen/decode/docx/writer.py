"""Writing the text of a document, and where its blocks, note marks and pages stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tongwen.decode.docx.grid import Slot
from tongwen.decode.docx.inline import Inline
from tongwen.decode.docx.notes import NoteKey
from tongwen.decode.docx.typed import Typed
from tongwen.decode.grid import within
from tongwen.decode.plain import lines
from tongwen.model import Block, BlockKind, Cell, Mark, Span, hull

_WHOLE = frozenset(("heading", "caption"))  # kinds that a line break does not end


@dataclass(slots=True)
class Writer:
    """Every paragraph and every row of a table is a line of the text."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    marks: list[tuple[Span, NoteKey]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    notes: dict[NoteKey, Span] = field(default_factory=dict)
    raised: list[Span] = field(default_factory=list)
    links: list[tuple[Span, str]] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)

    def paragraph(self, inline: Inline, kind: BlockKind, level: int = 0, frame: int = 0, outside: int = 0) -> None:
        """``outside``: how many characters at the beginning are no part of the block: a bullet."""
        printed = inline.text.replace("\n", " ") if kind in _WHOLE else inline.text
        self._place(inline, 0)
        spans = [Span(span.start + self.length, span.end + self.length) for span in lines(printed, outside)]
        for number, span in enumerate(spans):
            sort = _kind(kind, number, len(spans))
            self.blocks.append(Block(sort, span, 0 if sort == "line" else level, frame=frame))
        if spans or printed.strip():
            self._write(printed + "\n")

    def table(self, grid: list[list[Slot]], frame: int) -> None:
        rows = [self._row(row) for row in grid]
        filled = [cell.span for row in rows for cell in row if cell.span]
        if any(map(len, filled)):
            span = hull(span for span in filled if len(span))
            self.blocks.append(Block("table", span, grid=within(rows, span), frame=frame))

    def _row(self, row: list[Slot]) -> list[Cell]:
        turned = max((slot for slot in row if slot.own), key=lambda slot: len(slot.inline.pages), default=None)
        cells = []
        for number, slot in enumerate(row):
            self._write("\t" if number else "")
            cells.append(self._cell(slot, slot is turned))
        self._write("\n")
        return cells

    def _cell(self, slot: Slot, turns: bool) -> Cell:
        """``turns``: whether its page beginnings count; a row that a page cuts has them in every cell."""
        if not slot.own:
            return Cell(slot.text, None, slot.header)
        text = slot.inline.text
        self._place(slot.inline, len(text.lstrip()) - len(text), turns)
        span = Span(self.length, self.length + len(slot.text))
        self._write(slot.text)
        return Cell(slot.text, span, slot.header)

    def note(self, key: NoteKey, printed: str, label: str) -> None:
        span = Span(self.length, self.length + len(printed))
        self.notes[key] = span
        self.blocks.append(Block("note", span, label=label))
        self._write(printed + "\n")

    def text(self) -> str:
        return "".join(self.pieces).removesuffix("\n")

    def bound_marks(self) -> tuple[Mark, ...]:
        """The marks of the format's own notes, and those that the author has typed, which makes blocks notes."""
        own = [Mark(span, self.notes.get(key)) for span, key in self.marks]
        typed = Typed(self.text(), self.blocks, {mark.span.start for mark in own})
        linked = typed.linked(self.links, self.anchors, self.raised)
        return tuple(sorted((*own, *linked, *typed.high(self.raised)), key=lambda mark: mark.span))

    def _place(self, inline: Inline, shift: int, turns: bool = True) -> None:
        """Note where the marks and pages of what is about to be written will stand."""
        base = self.length + shift
        self.marks += [(Span(base + start, base + end), key) for start, end, key in inline.marks]
        self.pages += [max(base + page, self.length) for page in inline.pages if turns]
        self.raised += [Span(base + start, base + end) for start, end in inline.raised if base + start >= 0]
        self.links += [(Span(base + start, base + end), anchor) for start, end, anchor in inline.links]
        self.anchors.update({anchor: base + place for place, anchor in inline.anchors})

    def _write(self, printed: str) -> None:
        self.pieces.append(printed)
        self.length += len(printed)


def _kind(kind: BlockKind, number: int, count: int) -> BlockKind:
    """The kind of one of the lines of a paragraph: an item's first line is the item."""
    if count == 1 or kind == "quote" or (kind == "item" and number == 0):
        return kind
    return "line"
