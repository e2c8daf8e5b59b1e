"""Notes of a format that says which marker belongs to which note: nothing is guessed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tongwen.model import Mark, Span
from tongwen.structure.notes.bodies import body
from tongwen.structure.notes.kinds import Marker, NoteBody, Notes
from tongwen.structure.notes.labels import Label, label_of
from tongwen.structure.notes.signs import value
from tongwen.structure.notes.stream import Stream

_SIGN = re.compile(r"[0-9]+|[^\s\[\](){}【】〔〕0-9注]+")
_BEHIND = re.compile(r"[\])}】〕.:、]? *")


def linked(page: Stream, marks: Sequence[Mark]) -> Notes:
    """Markers as the format sets them, bound to the lines of their notes' blocks."""
    ordered = sorted(marks, key=lambda mark: mark.span)
    bodies = _bodies(page, ordered)
    at = {span: i for i, (span, _) in enumerate(bodies)}
    told = [found for _, found in bodies]
    markers = [marker for mark in ordered if (marker := _marker(page, mark, at, told))]
    return Notes(tuple(markers), tuple(told), frozenset(i for found in told for i in found.lines))


def _bodies(page: Stream, marks: Sequence[Mark]) -> list[tuple[Span, NoteBody]]:
    """The notes in printed order, each with the span that marks name it by; a number that returns begins a series."""
    out: list[tuple[Span, NoteBody]] = []
    series, used = 0, set[str]()
    signs = {mark.note: sign for mark in marks if mark.note and (sign := _sign(page, mark.span))}
    for span, (at, length) in sorted(signs.items()):
        held = tuple(_lines(page, span))
        if held:
            found = _body(page, held, page.key[at : at + length], series)
            if found.number in used:
                series, used = series + 1, set()
                found = _body(page, held, page.key[at : at + length], series)
            used.add(found.number)
            out.append((span, found))
    return out


def _lines(page: Stream, span: Span) -> Iterator[int]:
    for i in page.order[bisect_left(page.begins, span.start) :]:
        if page.lines[i].span.start >= span.end:
            return
        yield i


def _body(page: Stream, held: tuple[int, ...], sign: str, series: int) -> NoteBody:
    """The note's own number is what it begins with, else that of its marker."""
    line = page.lines[held[0]]
    label = label_of(line, held[0])
    if label is None or (value(sign) and label.number != value(sign)):
        at = line.key.find(sign, 0, len(sign) + 2)
        end = at + len(sign) if at >= 0 else 0
        behind = _BEHIND.match(line.key, end) if at >= 0 else None
        label = Label(held[0], "given", value(sign), max(at, 0), end, behind.end() if behind else 0)
    found = body(page.lines, label, held, series)
    return found if label.number else NoteBody(sign, series, found.label, held, found.pieces)


def _sign(page: Stream, span: Span) -> tuple[int, int] | None:
    """Where the marker's number or sign stands in the stream, without brackets: offset and length."""
    at = page.at(span.start)
    match = _SIGN.search(page.key, at, at + len(span)) if at is not None else None
    return (match.start(), len(match[0])) if match else None


def _marker(page: Stream, mark: Mark, at: dict[Span, int], bodies: Sequence[NoteBody]) -> Marker | None:
    sign = _sign(page, mark.span)
    if sign is None:
        return None
    printed = page.key[sign[0] : sign[0] + sign[1]]
    number = str(value(printed) or printed)
    index = at.get(mark.note) if mark.note else None
    series = bodies[index].series if index is not None else 0
    return Marker(page.span(sign[0], sign[0] + sign[1]), number, series, index)
