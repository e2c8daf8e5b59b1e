"""The text of a document and its blocks, written from pieces in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tongwen.decode.pdf.celltext import between, cell_text
from tongwen.decode.pdf.kinds import Body
from tongwen.decode.pdf.shapes import Chunk, Frame, Grid, Line, Piece, Slot
from tongwen.model import Block, Cell, Span

EDGE = "page"
"""The label of blocks that are running heads and page numbers."""


@dataclass(slots=True)
class Raised:
    """A raised sign in the text, on its page."""

    span: Span
    page: int


@dataclass(slots=True)
class Written:
    """``raised`` leaves out the numbers with which notes begin; ``on`` is the page of each block, from 0."""

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...]
    raised: tuple[Raised, ...]
    on: tuple[int, ...]


class Writer:
    def __init__(self, body: Body, words: frozenset[str]) -> None:
        self._body = body
        self._words = words
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._on: list[int] = []
        self._frames: dict[int, int] = {}
        self.raised: list[Raised] = []
        self.pages: list[int] = []
        self._above: Piece | None = None

    def page(self, pieces: Iterable[Piece]) -> None:
        self._break(1 if self._parts else 0)
        self.pages.append(self._length)
        self._above = None
        for piece in pieces:
            self._separate(piece)
            if isinstance(piece, Line):
                self._line(piece)
            else:
                self._grid(piece)
            self._above = piece

    def written(self) -> Written:
        return Written(
            "".join(self._parts),
            tuple(self._blocks),
            tuple(self.pages),
            tuple(self.raised),
            tuple(self._on),
        )

    def _put(self, text: str) -> Span:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def _break(self, lines: int) -> None:
        self._put("\n" * lines)

    def _separate(self, piece: Piece) -> None:
        above = self._above
        if above is None:
            return
        if isinstance(above, Line) and isinstance(piece, Line):
            far = above.edge != piece.edge or above.frame is not piece.frame or self._body.apart(above, piece)
            self._break(2 if far else 1)
        else:
            self._break(2)

    def _frame(self, frame: Frame | None) -> int:
        return 0 if frame is None else self._frames.setdefault(id(frame.first or frame), len(self._frames) + 1)

    def _line(self, line: Line) -> None:
        start = self._length
        for chunk, following in zip(line.chunks, [*line.chunks[1:], None], strict=True):
            self._chunk(chunk, line, following)
        span = Span(start, self._length)
        if line.joins:
            self._blocks[-1] = self._blocks[-1]._replace(span=Span(self._blocks[-1].span.start, span.end))
            return
        label = EDGE if line.edge else line.label
        self._block(Block(line.kind, span, line.level, label=label, frame=self._frame(line.frame)), line.page)

    def _block(self, block: Block, page: int) -> None:
        self._blocks.append(block)
        self._on.append(page)

    def _chunk(self, chunk: Chunk, line: Line, following: Chunk | None) -> None:
        begins_note = line.kind == "note" and not line.joins and chunk is line.chunks[0]
        for start, end in chunk.raised:
            if not (begins_note and start == 0):
                self.raised.append(Raised(Span(self._length + start, self._length + end), line.page))
        text = chunk.text.rstrip()
        self._put(text if following is None else text + between(chunk, following))

    def _grid(self, grid: Grid) -> None:
        start = self._length
        rows: list[tuple[Cell, ...]] = []
        for number, row in enumerate(grid.table.rows):
            if number:
                self._break(1)
            rows.append(tuple(self._cell(slot, column, grid.page) for column, slot in enumerate(row)))
        span = Span(start, self._length)
        self._block(Block("table", span, grid=tuple(rows), frame=self._frame(grid.frame)), grid.page)

    def _cell(self, slot: Slot, column: int, page: int) -> Cell:
        if column:
            self._put("\t")
        text, raised = cell_text(slot, self._words)
        if not slot.own:
            return Cell(text, None, slot.header)
        self.raised += [Raised(Span(self._length + start, self._length + end), page) for start, end in raised]
        return Cell(text, self._put(text), slot.header)
