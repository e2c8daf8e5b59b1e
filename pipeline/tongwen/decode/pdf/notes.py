"""Notes at the ends of pages and of the document, and below tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise

from tongwen.decode.pdf.kinds import Body, has_room
from tongwen.decode.pdf.shapes import Grid, Line, Piece

_SMALLER = 0.94  # of the body's type
_MUCH_SMALLER = 0.8
_LINES = 8  # below a table that are its notes, at most
_NUMBER = re.compile(r"[\[［(（【]?(?P<n>\d{1,3})[\]］)）】.．、]?(?=\s*\S)")
_SIGN = re.compile(r"(?P<n>\*{1,3}|†|‡|§)(?=\s*\S)")
RAISED = re.compile(r"\d{1,3}|\*{1,3}|†|‡|§")


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
        return found if RAISED.fullmatch(found) and found != line.text else ""
    match = _NUMBER.match(line.text) or _SIGN.match(line.text)
    return match["n"] if match else ""


def raise_lone_numbers(pieces: Iterable[Piece], body: Body) -> None:
    """A raised number that a wrap has left alone at the head of the next line."""
    for line in pieces:
        if isinstance(line, Line) and not line.edge and line.size <= _MUCH_SMALLER * body.size:
            chunk, text = line.chunks[0], line.text
            if len(line.chunks) == 1 and RAISED.fullmatch(text) and not chunk.raised:
                line.chunks = [replace(chunk, raised=((0, len(text)),))]


def mark_table_notes(pieces: Sequence[Piece], body: Body) -> None:
    """Notes of several lines in smaller type right below a table, or its caption: each is one paragraph."""
    for number, grid in enumerate(pieces):
        near = pieces[number + 1 : number + 1 + _LINES] if isinstance(grid, Grid) else ()
        run = _below(list(dropwhile(lambda piece: isinstance(piece, Line) and piece.kind == "caption", near)), body)
        for above, line in pairwise(run):
            if not has_room(above, line, max(row.box.x1 for row in run)) and not _number(line):
                above.kind, line.kind, line.joins = "paragraph", "paragraph", True


def _below(pieces: Sequence[Piece], body: Body) -> list[Line]:
    """The lines that follow each other in smaller type from the first on."""
    run: list[Line] = []
    for line in pieces:
        if not isinstance(line, Line) or line.edge or line.kind != "line" or line.size > _SMALLER * body.size:
            break
        if run and (line.gap is None or body.apart(run[-1], line)):
            break
        run.append(line)
    return run
