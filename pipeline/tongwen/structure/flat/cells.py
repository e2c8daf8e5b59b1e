"""Words put together to a given number of cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tongwen.model import Span
from tongwen.structure.flat.table import FlatCell
from tongwen.structure.flat.words import WEAK, Word
from tongwen.structure.lines import Line


def cut(words: Sequence[Word], count: int) -> list[list[Word]]:
    """``words`` in at most ``count`` groups, parted at the strongest borders; of equal ones at those before values,
    then at those further right, since a label may have blanks and a number has none."""
    order = sorted(range(1, len(words)), key=lambda i: (-words[i].border, not words[i].value, -i))
    starts = [0, *sorted(order[: count - 1]), len(words)]
    return [list(words[a:b]) for a, b in itertools.pairwise(starts) if a < b]


def parts(words: Sequence[Word]) -> int:
    """How many cells a line has where every border but the faint ones is one."""
    return bool(words) + sum(word.border >= WEAK for word in words[1:])


def cell(words: Sequence[Word], line: Line) -> FlatCell:
    if not words:
        return FlatCell()
    return FlatCell((Span(line.span.start + words[0].start, line.span.start + words[-1].end),))


def joined(*cells: FlatCell) -> FlatCell:
    """One cell of several that stand one below the other."""
    return FlatCell(tuple(piece for each in cells for piece in each.pieces))
