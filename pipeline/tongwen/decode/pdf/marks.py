"""The raised numbers of a text, bound to the notes to which they lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from tongwen.decode.pdf.notes import RAISED
from tongwen.decode.pdf.writing import Written
from tongwen.model import Block, Mark, Span

_Note = tuple[Block, int]
"""A note and the page on which it stands."""


def marks_of(written: Written) -> tuple[Mark, ...]:
    """The raised numbers, each with its note where one is known; raised signs only with their note."""
    signs = list(_signs(written))
    notes = [(block, page) for block, page in zip(written.blocks, written.on, strict=True) if block.kind == "note"]
    series = _Series(notes) if _at_ends(notes, {(span.of(written.text), page) for span, page in signs}) else None
    found = []
    for span, page in signs:
        label = span.of(written.text)
        note = series.due(label) if series else _nearest(notes, label, page)
        if note or label.isdecimal():
            found.append(Mark(span, note))
    return tuple(found)


def _signs(written: Written) -> Iterator[tuple[Span, int]]:
    """Each that may be a marker, without the spaces around it, with its page."""
    for raised in written.raised:
        printed = raised.span.of(written.text)
        inner = printed.strip()
        if RAISED.fullmatch(inner):
            start = raised.span.start + printed.index(inner)
            yield Span(start, start + len(inner)), raised.page


def _at_ends(notes: Sequence[_Note], signs: Set[tuple[str, int]]) -> bool:
    """Whether notes stand behind chapters or the text: most on no page of their markers, or two of one number on one
    page."""
    places = [(block.label, page) for block, page in notes]
    numbers = [place for place in places if place[0].isdecimal()]
    return len(set(numbers)) < len(numbers) or sum(place not in signs for place in places) > 0.5 * len(places)


def _nearest(notes: Sequence[_Note], label: str, page: int) -> Span | None:
    """The note of the same page, or the next after it."""
    named = [(block.span, on) for block, on in notes if block.label == label and on >= page]
    return min(named, key=lambda note: note[1], default=(None, page))[0]


class _Series:
    """Notes at the end of chapters or of the document, which may count anew: the series in which a marker's note is
    due goes on where the markers begin again."""

    def __init__(self, notes: Sequence[_Note]) -> None:
        self._series: list[dict[str, Span]] = []
        self._at = self._last = 0
        last = 0
        for block, _ in notes:
            number = int(block.label) if block.label.isdecimal() else last
            if not self._series or number < last or block.label in self._series[-1]:
                self._series.append({})
            self._series[-1][block.label] = block.span
            last = number

    def due(self, label: str) -> Span | None:
        number = int(label) if label.isdecimal() else 0
        if 0 < number <= self._last and number < 3 and label in self._next():
            self._at += 1
        self._last = number or self._last
        return next((series[label] for series in self._series[self._at :] if label in series), None)

    def _next(self) -> dict[str, Span]:
        return self._series[self._at + 1] if self._at + 1 < len(self._series) else {}
