"""Which columns of a table a query of several words means: those whose header holds most of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import cast

from tongwen.model import Json, Span

Words = Set[str]


def columns(table: Mapping[str, Json], marks: Sequence[Span]) -> list[int]:
    """Columns in whose header one of ``marks`` stands, but for those of which another holds all words and more.

    ``table``: the record's fields. A header cell that is merged over several columns is in each of them.
    """
    words: dict[int, set[str]] = defaultdict(set)
    for column, text, place in _cells(table):
        words[column] |= {_word(mark, text, place) for mark in marks if place.start <= mark.start < place.end}
    held = {column: found for column, found in words.items() if found}
    return [column for column in held if not any(_outdone(held[column], other) for other in held.values())]


def _cells(table: Mapping[str, Json]) -> Iterator[tuple[int, str, Span]]:
    """Every column with the cells of its header: what is printed there, and a piece in which it stands."""
    rows = cast(list[list[str]], table.get("head_rows") or ([table["header"]] if table.get("header") else []))
    places = cast(list[list[list[list[int]]]], table.get("cells") or [])
    for row, pieces in zip(rows, places, strict=False):
        source = 0
        for column, printed in enumerate(pieces):
            source = source if not printed and row[column] == row[source] else column
            yield from ((column, row[column], Span(*edges)) for edges in pieces[source])


def _word(mark: Span, text: str, place: Span) -> str:
    """What is marked; all of the cell where it is not printed as it stands."""
    word = text[mark.start - place.start : mark.end - place.start] if len(text) == len(place) else text
    return word.casefold()


def _outdone(words: Words, others: Words) -> bool:
    """Whether each of ``words`` is in ``others``, or part of one, and these are more."""
    held = all(any(word in other for other in others) for word in words)
    return held and not all(any(other in word for word in words) for other in others)
