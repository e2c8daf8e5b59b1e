"""What is found, told in the document's offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongwen.model import Problem, Span
from tongwen.structure.notes.bodies import body, extents
from tongwen.structure.notes.groups import title_above
from tongwen.structure.notes.kinds import Marker, NoteBody, Notes
from tongwen.structure.notes.readings import Series
from tongwen.structure.notes.stream import Stream


def notes(page: Stream, reading: Sequence[Series]) -> Notes:
    """Markers and notes of all series, each in printed order."""
    bodies = list(_disjoint(sorted((b for k, s in enumerate(reading) for b in _bodies(page, s, k)), key=_label)))
    at = {(b.series, b.number): i for i, b in enumerate(bodies)}
    markers = [_marker(page, c.start, c.end, c.number, k) for k, s in enumerate(reading) for c in s.markers]
    bound = [replace(m, body=at.get((m.series, m.number))) for m in sorted(markers, key=lambda m: m.span)]
    above = (title_above(page.lines, s.labels) for s in reading if s.labels)
    titles = frozenset(title for title in above if title is not None)
    problems = tuple(problem for s in reading for problem in _problems(page, s))
    bound = [m for n, m in enumerate(bound) if n == 0 or m.span != bound[n - 1].span]  # read in two forms
    return Notes(tuple(bound), tuple(bodies), frozenset(i for b in bodies for i in b.lines), problems, titles)


def _marker(page: Stream, start: int, end: int, number: int, series: int) -> Marker:
    return Marker(page.span(start, end), str(number), series, None)


def _bodies(page: Stream, series: Series, k: int) -> Iterator[NoteBody]:
    if series.labels:
        held = extents(page.lines, series.labels, series.lines(page))
        for label, lines in zip(series.labels, held, strict=True):
            yield body(page.lines, label, lines, k)


def _label(body: NoteBody) -> Span:
    return body.label


def _disjoint(bodies: Sequence[NoteBody]) -> Iterator[NoteBody]:
    """Notes of several series: none goes on in a line with which another begins."""
    for n, note in enumerate(bodies):
        after = bodies[n + 1] if n + 1 < len(bodies) else None
        if after is None or after.lines[0] not in note.lines[1:]:
            yield note
        else:
            pieces = tuple(piece for piece in note.pieces if piece.end <= after.label.start)
            yield replace(note, lines=tuple(i for i in note.lines if i < after.lines[0]), pieces=pieces)


def _problems(page: Stream, series: Series) -> Iterator[Problem]:
    for number in series.missing:
        yield Problem(
            "note-marker-missing",
            f"No marker for note {number} was found, though the notes before and after it have one.",
            "The marker may have been lost, or run together with another figure.",
        )
    for chosen, other in series.rivals:
        at = page.span(other.start, other.end)
        yield Problem(
            "note-marker-ambiguous",
            f"The marker of note {chosen.number} may also be the figure at character {at.start}.",
            "Both stand where a marker may stand; the likelier one was taken.",
            page.span(chosen.start, chosen.end),
        )
