"""What is read between the pieces of a hit's text, where nothing is left out between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from tongwen.model import Span

_NEAR = 40  # code points: more white space than that is not looked for between two passages
_ENDS_OPEN = re.compile(r"[!-'*-,.:;?)\]A-Za-z0-9]$")
_BEGINS_WORD = re.compile(r"[A-Za-z0-9(\[\"']")


class Piece(NamedTuple):
    """``passage``: which of a hit's passages it is of, counted from 0."""

    passage: int
    span: Span
    text: str


def joints(pieces: Iterable[Piece], cut: Callable[[Span], str]) -> Iterator[str | None]:
    """What is read before each piece but the first; None where text is left out there.

    Between the pieces of one passage stands what is no part of it, such as a note's marker. ``cut`` gives a stretch of
    the document's text.
    """
    for before, after in pairwise(pieces):
        if before.passage == after.passage:
            latin = _ENDS_OPEN.search(before.text) and _BEGINS_WORD.match(after.text)
            yield " " if latin else ""
        else:
            yield " " if _adjacent(before.span, after.span, cut) else None


def _adjacent(before: Span, after: Span, cut: Callable[[Span], str]) -> bool:
    """Whether nothing but white space stands between them."""
    return 0 <= after.start - before.end <= _NEAR and not cut(Span(before.end, after.start)).strip()
