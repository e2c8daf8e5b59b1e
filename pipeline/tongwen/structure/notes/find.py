"""From lines to markers and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongwen.model import Mark
from tongwen.structure.lines import Line
from tongwen.structure.notes.answers import answered
from tongwen.structure.notes.asterisks import signed
from tongwen.structure.notes.bodies import extents
from tongwen.structure.notes.candidates import Candidate, candidates
from tongwen.structure.notes.forms import again, alone, formed
from tongwen.structure.notes.groups import counts, given, title_above
from tongwen.structure.notes.kinds import Marker, NoteBody, Notes
from tongwen.structure.notes.labels import labels_of
from tongwen.structure.notes.linked import linked
from tongwen.structure.notes.readings import Series, several
from tongwen.structure.notes.report import notes
from tongwen.structure.notes.stream import Stream, cover, stream

PLAIN = "plain"

STRAY = 0.5
"""Share of a text's markers up to which those that lists seem to answer are strays beside them."""


def find(lines: Sequence[Line], marks: Sequence[Mark] = ()) -> Notes:
    """Markers and notes of a document.

    ``lines`` in reading order, without page furniture; ``marks``: what the format itself tells.
    """
    page = stream(lines)
    if any(mark.note for mark in marks):
        return linked(page, marks)
    told = [mark.span for mark in marks]
    found = formed(page, cover(told))
    plain = candidates(page, told)
    counted = notes(page, _reading(page, found, plain)) if plain or found else Notes()
    return _with_signs(counted, *signed(page, len(counted.bodies)))


def _with_signs(counted: Notes, markers: Sequence[Marker], bodies: Sequence[NoteBody]) -> Notes:
    """Notes that are marked by a sign beside those that are counted; the order of ``bodies`` is made good."""
    if not markers:
        return counted
    every = [*counted.bodies, *bodies]
    order = sorted(range(len(every)), key=lambda i: every[i].label)
    place = {old: new for new, old in enumerate(order)}
    bound = [replace(m, body=place.get(m.body) if m.body is not None else None) for m in (*counted.markers, *markers)]
    return replace(
        counted,
        markers=tuple(sorted(bound, key=lambda m: m.span)),
        bodies=tuple(every[i] for i in order),
        taken=counted.taken | {i for note in bodies for i in note.lines},
    )


def _cited_again(page: Stream, read: Sequence[Series], found: Sequence[Candidate]) -> Iterator[Series]:
    """Each series with the places that cite its notes once more: in its own stretch of the text, and in no note, where
    volumes and issues of journals are numbered too."""
    held = {i for series in read for i in _held(page, series)}
    free = [c for c in found if page.line(c.start) not in held]
    lower = 0
    for n, series in enumerate(read):
        upper = next((after.markers[0].start for after in read[n + 1 :] if after.markers), len(page.key))
        below = max((page.starts[i] for i in _held(page, series) if page.starts[i] < upper), default=0)
        yield series.repeated([c for c in free if lower <= c.start < upper])
        lower = max(below, *(c.end for c in series.markers[-1:]), lower)


def _held(page: Stream, series: Series) -> set[int]:
    """The lines of its notes."""
    bodies = extents(page.lines, series.labels, series.lines(page)) if series.labels else []
    return {i for lines in bodies for i in lines}


def _reading(page: Stream, found: dict[str, list[Candidate]], plain: list[Candidate]) -> list[Series]:
    """The series of each form; where another form is used, plain digits must have notes to be believed."""
    runs = given(page.lines) or counts(page.lines, labels_of(page.lines))
    out: list[Series] = []
    for form, these in [*found.items(), (PLAIN, plain)]:
        taken = {label for series in out for label in series.labels}
        listed = not alone(form)
        free = {
            style: [run for run in of if not (taken & set(run) or (listed and title_above(page.lines, run) is None))]
            for style, of in runs.items()
        }
        clear = (form != PLAIN or not out) and not listed
        unlisted = [series for series in several(these) if series.believed] if clear else []
        few = STRAY * sum(len(series.markers) for series in unlisted)
        read = answered(page, these, free, few) or unlisted
        out += _cited_again(page, read, these) if again(form) else read
    return out
