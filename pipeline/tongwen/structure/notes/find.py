"""From lines to markers and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongwen.model import Mark, Problem, Span
from tongwen.structure.lines import Line
from tongwen.structure.notes.bodies import body, extents
from tongwen.structure.notes.candidates import Candidate, candidates
from tongwen.structure.notes.groups import counts, title_above
from tongwen.structure.notes.kinds import Marker, NoteBody, Notes
from tongwen.structure.notes.labels import Label, label_of, labels_of
from tongwen.structure.notes.readings import ANSWERED, SHARE, Series, one, several
from tongwen.structure.notes.stream import Stream, cover, stream


def find(lines: Sequence[Line], key: str, marks: Sequence[Mark] = (), excluded: Sequence[Span] = ()) -> Notes:
    """Markers and notes of a document.

    ``lines`` in printed order, without page furniture; ``key`` the document's search key; ``marks`` what the format
    itself tells; ``excluded`` stretches in which no marker stands (cells).
    """
    page = stream(lines)
    found = candidates(page, cover([m.span for m in marks]), cover(excluded))
    if not found:
        return Notes()
    answered = max(_answered(page, found), key=_worth, default=[])
    return _notes(page, answered or [s for s in several(found) if s.believed])


def _worth(reading: Sequence[Series]) -> float:
    return sum(len(s.numbers & {label.number for label in s.labels}) for s in reading)


def _answered(page: Stream, found: Sequence[Candidate]) -> Iterator[list[Series]]:
    """The readings in which lines with numbers answer to markers."""
    given = [label for i, line in enumerate(page.lines) if line.kind == "note" and (label := label_of(line, i))]
    styles = {"given": _restarts(given)} if given else counts(labels_of(page.lines))
    for style_runs in styles.values():
        for run in style_runs:
            yield from _checked(page, found, [run])
        if len(style_runs) > 1:
            yield from _checked(page, found, style_runs)


def _restarts(given: Sequence[Label]) -> list[list[Label]]:
    out: list[list[Label]] = []
    for label in given:
        if out and label.number > out[-1][-1].number:
            out[-1].append(label)
        else:
            out.append([label])
    return out


def _checked(page: Stream, found: Sequence[Candidate], groups: Sequence[list[Label]]) -> Iterator[list[Series]]:
    """The reading in which each group is the notes of the text before it, where they fit each other."""
    out, start = [], 0
    for group in groups:
        held = (
            {i for lines in extents(page.lines, group, set()) for i in lines}
            if len(groups) > 1
            else {label.line for label in group}
        )
        end = page.starts[group[0 if len(groups) > 1 else -1].line]
        part = [c for c in found if start <= c.start < end and page.line(c.start) not in held]
        start = page.starts[group[-1].line] if len(groups) > 1 else 0
        series = one(_inside(page, part, group), group)
        if series and _fits(page, series):
            out.append(series)
        elif len(groups) > 1:
            continue
    if out and len(out) >= SHARE * len(groups):
        yield out


def _inside(page: Stream, part: Sequence[Candidate], group: Sequence[Label]) -> list[Candidate]:
    """Without what stands in the group itself: digits behind the label that has their number."""
    at = {label.number: page.starts[label.line] for label in group}
    first, last = page.starts[group[0].line], group[-1].number
    return [c for c in part if c.start < first or (c.start < at.get(c.number, -1) and c.number <= last)]


def _fits(page: Stream, series: Series) -> bool:
    numbers = {label.number for label in series.labels}
    both = len(numbers & series.numbers)
    return both >= SHARE * max(len(numbers), len(series.numbers)) and series.evidence >= ANSWERED


def _notes(page: Stream, reading: Sequence[Series]) -> Notes:
    bodies: list[NoteBody] = []
    markers: list[Marker] = []
    problems: list[Problem] = []
    for k, series in enumerate(reading):
        at = {label.number: len(bodies) + i for i, label in enumerate(series.labels)}
        texts = {page.line(c.start) for c in series.markers}
        held = extents(page.lines, series.labels, texts) if series.labels else []
        bodies += [body(page.lines, label, lines, k) for label, lines in zip(series.labels, held, strict=True)]
        markers += [Marker(page.span(c.start, c.end), str(c.number), k, at.get(c.number)) for c in series.markers]
        problems += [_missing(n) for n in series.missing]
    taken = frozenset(i for b in bodies for i in b.lines)
    title = next((t for s in reading if s.labels and (t := title_above(page.lines, s.labels)) is not None), None)
    markers.sort(key=lambda m: m.span)
    return Notes(tuple(markers), tuple(bodies), taken, tuple(problems), title)


def _missing(number: int) -> Problem:
    return Problem(
        "note-marker-missing",
        f"No marker for note {number} was found, though the notes before and after it have one.",
        "The marker may have been lost, or run together with another figure.",
    )
