"""Notes at the ends of pages and of the document, and the raised numbers that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tongwen.decode.pdf.kinds import Body
from tongwen.decode.pdf.shapes import Line, Piece
from tongwen.decode.pdf.writing import Raised, Written
from tongwen.model import Block, Mark, Span

_SMALLER = 0.94  # of the body's type
_MUCH_SMALLER = 0.8
_NUMBER = re.compile(r"[\[［(（【]?(?P<n>\d{1,3})[\]］)）】.．、]?(?=\s*\S)")
_SIGN = re.compile(r"(?P<n>\*{1,3}|†|‡|§)(?=\s*\S)")
_RAISED = re.compile(r"\d{1,3}|\*{1,3}|†|‡|§")


def mark_foot_notes(pieces: Sequence[Piece], body: Body) -> None:
    """The lines of smaller type at a column's end that begin with numbers, each with the lines that go on with it."""
    signs = {(line.page, sign) for line in pieces if isinstance(line, Line) for sign in _raised_in(line)}
    for flow in _flows(pieces):
        begun = False
        for line in _foot(flow, body):
            number = _number(line)
            if number and not number.isdecimal() and (line.page, number) not in signs:
                number = ""
            begun = begun or bool(number)
            if begun:
                line.kind, line.label, line.joins = "note", number, not number


def _flows(pieces: Iterable[Piece]) -> Iterator[list[Line]]:
    """The lines of each column of each page."""
    flow: list[Line] = []
    for piece in pieces:
        if not isinstance(piece, Line) or piece.edge or piece.gap is None:
            yield flow
            flow = []
        if isinstance(piece, Line) and not piece.edge:
            flow.append(piece)
    yield flow


def _foot(flow: Sequence[Line], body: Body) -> list[Line]:
    small: list[Line] = []
    for line in reversed(flow):
        if line.size > _SMALLER * body.size or line.frame is not None or line.kind != "line":
            break
        small.insert(0, line)
    return small


def _raised_in(line: Line) -> Iterator[str]:
    """The raised signs inside a line; what begins it may be the number of a note."""
    for chunk in line.chunks:
        yield from (chunk.text[start:end].strip() for start, end in chunk.raised if start > 0)


def _number(line: Line) -> str:
    """The number or sign with which a note begins: raised, or before its text."""
    first = line.chunks[0]
    if first.raised and first.raised[0][0] == 0:
        found = first.text[: first.raised[0][1]].strip()
        return found if _RAISED.fullmatch(found) and found != line.text else ""
    match = _NUMBER.match(line.text) or _SIGN.match(line.text)
    return match["n"] if match else ""


def raise_lone_numbers(pieces: Iterable[Piece], body: Body) -> None:
    """A raised number that a wrap has left alone at the head of the next line."""
    for line in pieces:
        if isinstance(line, Line) and not line.edge and line.size <= _MUCH_SMALLER * body.size:
            chunk, text = line.chunks[0], line.text
            if len(line.chunks) == 1 and _RAISED.fullmatch(text) and not chunk.raised:
                line.chunks = [replace(chunk, raised=((0, len(text)),))]


def marks_of(written: Written) -> tuple[Mark, ...]:
    """The raised numbers, each with its note where one is known; raised signs only with their note."""
    notes = [(block, page) for block, page in zip(written.blocks, written.on, strict=True) if block.kind == "note"]
    return tuple(mark for raised in written.raised if (mark := _mark(raised, written.text, notes)))


def _mark(raised: Raised, text: str, notes: Sequence[tuple[Block, int]]) -> Mark | None:
    printed = raised.span.of(text)
    inner = printed.strip()
    if not _RAISED.fullmatch(inner):
        return None
    start = raised.span.start + printed.index(inner)
    named = [(block, page) for block, page in notes if block.label == inner]
    note = next((block.span for block, page in named if page == raised.page), None)
    note = note or next((block.span for block, page in named if page > raised.page), None)
    return Mark(Span(start, start + len(inner)), note) if note or inner.isdecimal() else None
