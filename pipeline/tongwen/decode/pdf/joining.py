"""Tables and frames that go on over the end of a column or a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongwen.decode.pdf.celltext import cell_text, in_cell_order
from tongwen.decode.pdf.columns import lines_of
from tongwen.decode.pdf.shapes import Chunk, Grid, Line, Piece, Slot

_SAME = 4.0  # points: so little do the widths of both parts differ

Rows = list[list[Slot]]


def join_tables(pages: Sequence[list[Piece]]) -> None:
    """Puts the second part of a table into the first, where nothing stands between them but a column's or page's end
    and both have the same columns. A header that is repeated stays on its page, as a line of its edge."""
    before: Grid | None = None
    for page in pages:
        for piece in list(page):
            if _is_aside(piece):
                continue
            if isinstance(piece, Grid) and before and piece.gap is None and _same_columns(before, piece):
                page[page.index(piece) : page.index(piece) + 1] = _take_over(before, piece)
            else:
                before = piece if isinstance(piece, Grid) else None


def _is_aside(piece: Piece) -> bool:
    """Whether it stands between the parts on a page without parting them."""
    return isinstance(piece, Line) and (piece.edge or piece.kind == "note")


def _same_columns(one: Grid, other: Grid) -> bool:
    left, right = one.table.edges, other.table.edges
    if len(left) != len(right) or one.frame is not other.frame:
        return False
    return all(abs((a - left[0]) - (b - right[0])) <= _SAME for a, b in zip(left, right, strict=True))


def _take_over(table: Grid, part: Grid) -> list[Piece]:
    """Adds the rows of ``part`` to ``table``; gives what stays in its place: the header that is repeated."""
    repeated = _repeated(table.table.rows, part.table.rows)
    rows = part.table.rows[repeated:]
    if rows and _goes_on(rows[0]):
        for slot, more in zip(table.table.rows[-1], rows.pop(0), strict=True):
            if slot.own and more.own:
                slot.chunks += more.chunks
    table.table.rows += rows
    chunks = [chunk for row in part.table.rows[:repeated] for slot in row if slot.own for chunk in slot.chunks]
    return list(_as_edge(chunks, part.page))


def _repeated(rows: Rows, part: Rows) -> int:
    """How many rows at the head of ``part`` say what the head of ``rows`` says."""
    count = 0
    for one, other in zip(rows, part, strict=False):
        texts = [cell_text(slot)[0] for slot in one]
        if not any(texts) or texts != [cell_text(slot)[0] for slot in other]:
            break
        count += 1
    return count


def _goes_on(row: Sequence[Slot]) -> bool:
    """Whether a row is the rest of one that was cut: without a first cell, or all in the middle of sentences."""
    texts = [cell_text(slot)[0] for slot in row]
    return not texts[0] or all(text[0].islower() for text in texts if text)


def _as_edge(chunks: Sequence[Chunk], page: int) -> Iterator[Piece]:
    for line in lines_of(in_cell_order(chunks)):
        if isinstance(line, Line):
            line.edge, line.page = True, page
            yield line


def join_frames(pages: Sequence[Sequence[Piece]]) -> None:
    """Frames of one width that follow each other over a column's or a page's end, the second without a heading."""
    before: Piece | None = None
    for piece in (piece for page in pages for piece in page if not _is_aside(piece)):
        last, frame = before.frame if before else None, piece.frame
        if before and last and frame and frame is not last and frame.first is None and _continues(before, piece):
            frame.first = last.first or last
        before = piece


def _continues(before: Piece, piece: Piece) -> bool:
    last, frame = before.frame, piece.frame
    if last is None or frame is None or (isinstance(piece, Line) and piece.kind == "heading"):
        return False
    turned = before.page < piece.page or frame.box.top < last.box.top
    return turned and abs(frame.box.width - last.box.width) <= _SAME
