"""Printed lines as rows of a page: where on the row each piece of text stands, pieces being parted by blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tongwen.model import Span
from tongwen.structure.lines import Line, columns

Measure = Callable[[str], int]
"""How far a text reaches: dumps count each character once, or Chinese ones twice."""

MEASURES: tuple[Measure, ...] = (len, columns)

_PIECE = re.compile(r"\S+(?:[ \u3000\xa0]\S+)*")
_BREAK = re.compile(r"\r\n|[\r\n\f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Piece:
    """``at`` and ``end``: places on the row; ``span``: in the document; ``width``: columns in print."""

    at: int
    end: int
    width: int
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line; ``number`` counts empty rows too, ``feed``: a form feed stands before it."""

    line: Line
    number: int
    feed: bool
    pieces: tuple[Piece, ...]


def rows(lines: Sequence[Line], text: str, measure: Measure) -> list[Row]:
    out, number, end = [], 0, 0
    for line in lines:
        gap = text[end : line.span.start]
        breaks = list(_BREAK.finditer(gap))
        number += len(breaks)
        start = breaks[-1].end() if breaks else 0
        at = measure(gap[start:]) if breaks or not end else 0
        out.append(Row(line, number, "\f" in gap, tuple(_pieces(line, at, measure))))
        end = line.span.end
    return out


def _pieces(line: Line, at: int, measure: Measure) -> Iterator[Piece]:
    end = 0
    for match in _PIECE.finditer(line.text):
        at += measure(line.text[end : match.start()])
        width = measure(match[0])
        yield Piece(
            at, at + width, columns(match[0]), Span(line.span.start + match.start(), line.span.start + match.end())
        )
        at, end = at + width, match.end()
