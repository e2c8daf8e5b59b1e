"""The lines of one column of a page, cut out of the rows that both columns share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low

from tongwen.model import Span
from tongwen.structure.lines import SLACK, Line, columns, ends_sentence
from tongwen.structure.report.rows import Piece, Row

AROUND = 3
"""Rows of a column on either side that show how it is spaced: it need not share the other column's grid."""

Cut = tuple[Row, Sequence[Piece]]

_MARKER = re.compile(r"\d{1,3}$")


def column(cut: Sequence[Cut], margin: int, first: int) -> Iterator[Line]:
    """The lines of the rows' ``pieces`` in a column that begins at place ``margin``, ``first`` empty rows above it."""
    gaps = [first, *(b.number - a.number - 1 for (a, _), (b, _) in pairwise(cut))]
    for n, (row, pieces) in enumerate(cut):
        usual = [median_low(near) for near in (gaps[max(1, n - AROUND) : n], gaps[n + 1 : n + 1 + AROUND]) if near]
        inside = n > 0 and goes_on(cut, n - 1)
        blank = gaps[n] > (max([1, *usual]) if inside else min(usual, default=0))
        yield _line(row, pieces, max(0, pieces[0].at - margin), blank)


def goes_on(cut: Sequence[Cut], n: int) -> bool:
    """Whether line ``n`` is full and ends inside a sentence: a single row without text below it parts nothing."""
    row, pieces = cut[n]
    text = _MARKER.sub("", _text(pieces, row))
    near = cut[max(0, n - AROUND) : n + 1 + AROUND]
    widest = max(columns(_text(pieces, row)) for row, pieces in near)
    return columns(text) >= widest - SLACK and not ends_sentence(text)


def _text(pieces: Sequence[Piece], row: Row) -> str:
    start = row.line.span.start
    return row.line.key[pieces[0].span.start - start : pieces[-1].span.end - start]


def _line(row: Row, pieces: Sequence[Piece], indent: int, blank: bool) -> Line:
    line = row.line
    span = Span(pieces[0].span.start, pieces[-1].span.end)
    if (span, indent, blank) == (line.span, line.indent, line.blank_before):
        return line
    start, end = span.start - line.span.start, span.end - line.span.start
    text, key = line.text[start:end], line.key[start:end]
    return line._replace(span=span, text=text, key=key, indent=indent, blank_before=blank)
