"""One page: from its characters to its lines and tables in the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tongwen.decode.pdf.aligned import with_tables
from tongwen.decode.pdf.banded import Rule, with_banded
from tongwen.decode.pdf.chunks import chunks_of
from tongwen.decode.pdf.columns import Columns, lines_of
from tongwen.decode.pdf.ruled import regions
from tongwen.decode.pdf.shapes import Chunk, Frame, Item, Piece, Sheet


def items_of(sheet: Sheet, spaced: bool) -> list[Item]:
    """The chunks of a page, with those in ruled tables and frames in these. ``spaced``: see ``chunks_of``."""
    return regions(chunks_of(sheet.glyphs, sheet.drawn, spaced), sheet.drawn, sheet.seen)


def pieces_of(items: Sequence[Item], columns: Columns, rules: Sequence[Rule]) -> Iterator[Piece]:
    """``items`` in the order of reading. Frames are read as pages of their own, where they stand. ``rules``: the lines
    drawn across the page."""
    em = usual_size(items)
    lines = [rule.box for rule in rules]
    for flow in columns.in_order(with_banded(items, rules, em), em):
        begun: list[Item] = []
        for item in flow:
            if isinstance(item, Frame):
                yield from lines_of(with_tables(begun, lines, em))
                begun = []
                for inner in columns.in_order(item.items, em):
                    yield from lines_of(with_tables(inner, lines, em), frame=item)
            else:
                begun.append(item)
        yield from lines_of(with_tables(begun, lines, em))


def usual_size(items: Sequence[Item]) -> float:
    """The type in which most of the text is set, 10 points where there is none."""
    sizes: Counter[float] = Counter({10.0: 0})
    for item in items:
        if isinstance(item, Chunk):
            sizes[round(2 * item.size) / 2] += len(item.text)
        elif isinstance(item, Frame):
            sizes.update({usual_size(item.items): sum(len(c.text) for c in item.items if isinstance(c, Chunk))})
    return max(sizes.most_common(1)[0][0], 1.0)
