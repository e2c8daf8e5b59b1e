"""From a report's lines to its units: what is no running text is lifted out, the rest put in order and together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from tongwen.model import Document, Problem, Span, Text
from tongwen.structure.lines import Line, columns, read_lines
from tongwen.structure.notes import Marker, Notes
from tongwen.structure.notes import find as find_notes
from tongwen.structure.report import sheets
from tongwen.structure.report.bare import bare
from tongwen.structure.report.column import NARROWEST, Column
from tongwen.structure.report.evidence import Evidence
from tongwen.structure.report.group import Group
from tongwen.structure.report.groups import groups, units
from tongwen.structure.report.gutters import unwoven
from tongwen.structure.report.lacunae import lacunae, lost
from tongwen.structure.report.lifting import Lifted, Lifting, kept
from tongwen.structure.report.order import Ordered, reading_order
from tongwen.structure.report.parts import parted
from tongwen.structure.report.printed import Printed, spaced, wrapped
from tongwen.structure.report.raised import lowered
from tongwen.structure.report.reading_text import ReadingText
from tongwen.structure.report.title import BARE, NOTES, Title
from tongwen.structure.report.titles import titles
from tongwen.structure.report.unit import Unit

_BRACKETS = "[]()〔〕［］（） \u3000"
"""What may stand around a note's marker."""


@dataclass(frozen=True, slots=True)
class Laid:
    """``units`` in reading order; ``lines``: all but the pages' furniture, to which ``notes`` refer."""

    units: tuple[Unit, ...]
    furniture: tuple[Line, ...]
    lines: tuple[Line, ...]
    notes: Notes
    problems: tuple[Problem, ...]


def lay_out(document: Document, text: Text) -> Laid:
    return _Setter(document, text).run()


@dataclass(slots=True)
class _Setter:
    document: Document
    text: Text
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> Laid:
        every = unwoven(lowered(read_lines(self.document, self.text), self.text), self.document.text)
        removed = sheets.running(self.document, every)
        starts = sheets.starts(self.document, every, removed)
        text = [i for i in range(len(every)) if i not in removed]
        self.lines = [every[i] for i in text]
        pages = _pages(text, starts)
        notes = find_notes(self.lines, self.document.marks)
        lifting = Lifting(self.document, self.text, self.lines, set(notes.taken))
        lifting.marked_out(notes)
        printed = self._printed(notes, pages)
        evidence = Evidence(_runs(printed))
        set_in_lines = wrapped(every)
        marked = sum(line.kind == "heading" for line in self.lines) >= 3
        column = lifting.boxes(Column(kept(printed, lifting.gone), evidence, set_in_lines))
        heads = titles(column, self.document.title, marked) | self._notes_title(column, notes)
        ordered = (
            reading_order(column, heads, _numbers(notes, self.lines), self.document.title)
            if set_in_lines
            else Ordered(tuple(column.lines))
        )
        placed = _placed(column, heads, ordered, None if marked else self.document.title)
        units_ = list(self._units(Column(ordered.lines, evidence, set_in_lines), placed, ordered, lifting.lifted))
        self._tell(ordered)
        furniture = tuple(every[i] for i in sorted(removed))
        units_ = parted(units_, self._reader(notes))
        self.problems += lacunae(units_, self._reader(notes)) if set_in_lines else []
        return Laid(
            tuple(units_),
            furniture,
            tuple(self.lines),
            notes,
            (*notes.problems, *lost(notes), *lifting.problems, *self.problems),
        )

    def _printed(self, notes: Notes, pages: frozenset[int]) -> list[Printed]:
        out = []
        marked = list(_markers(self.lines, notes))
        places = [[_within(m.span, line.span) for m in at] for line, at in zip(self.lines, marked, strict=True)]
        bodies = [_blanked(line.key, at, " ").strip() for line, at in zip(self.lines, places, strict=True)]
        double = spaced(self.lines, bodies, pages)
        for n, (line, body, markers) in enumerate(zip(self.lines, bodies, marked, strict=True)):
            text = _blanked(line.text, places[n], "").rstrip()
            parted = line.blank_before and not double[n] and n not in pages
            indent = 0 if n in pages else line.indent
            source = self._source(line, markers, notes)
            begins = bool(places[n]) and not places[n][0].start
            out.append(Printed(line, body, n, n in pages, indent + columns(text), parted, source, begins))
        return out

    def _source(self, line: Line, markers: Sequence[Marker], notes: Notes) -> str | None:
        """The key of the note whose marker the line ends in."""
        if not markers or self.document.text[markers[-1].span.end : line.span.end].strip(_BRACKETS):
            return None
        body = markers[-1].body
        return "" if body is None else "".join(piece.of(self.text.key) for piece in notes.bodies[body].pieces)

    def _notes_title(self, column: Column, notes: Notes) -> dict[int, Title]:
        """The headings above the notes, which nothing but notes follows."""
        places = (i for i, p in enumerate(column.lines) if p.number in notes.titles and p.line.kind == "line")
        return {i: Title(1, NOTES, "section", None, 0) for i in places}

    def _units(
        self, order: Column, heads: Mapping[int, Title], ordered: Ordered, lifted: Sequence[Lifted]
    ) -> Iterator[Unit]:
        """Units of the running text, each lifted one behind what stands before it in print."""
        moved = {m.printed: m.sure for m in ordered.moved}
        found = groups(order, heads, self.document.title)
        home = _homes(found, lifted)
        yield from home.get(-1, [])
        for n, unit in enumerate(units(found, moved, self.document.title)):
            yield unit
            yield from home.get(n, [])

    def _reader(self, notes: Notes) -> Callable[[Unit], str]:
        """Reads a unit's key without note markers."""
        reading = ReadingText(self.document.text, (m.span for m in notes.markers))
        return lambda unit: "".join(span.of(self.text.key) for span in reading.cut(unit.pieces)).strip()

    def _tell(self, ordered: Ordered) -> None:
        for move in ordered.moved:
            line = self.lines[move.printed]
            code, what = "heading-displaced", "This heading is printed after the text that it heads"
            place = "where its page begins" if move.first else "before the first heading with a greater number"
            hint = f"It is read {place}." if move.sure else "Its place on the page is a guess."
            self.problems.append(Problem(code, f"{what}.", hint, line.span))
        for first, last in ordered.turned:
            span = Span(self.lines[first].span.start, self.lines[last].span.end)
            message = "The two columns of this page are printed in the wrong order."
            self.problems.append(
                Problem("columns-swapped", message, "They are read so that the sentences close.", span)
            )


def _placed(column: Column, heads: Mapping[int, Title], ordered: Ordered, name: str | None) -> dict[int, Title]:
    """Headings by their place in reading order; what looked like a bare one may have become the rest of a sentence.
    ``name``: the document's title; None where mark-up tells headings."""
    order = replace(column, lines=ordered.lines)
    sure = {column.lines[i].number: title for i, title in heads.items() if title.rank < BARE or name is None}
    placed = {i: sure[p.number] for i, p in enumerate(order.lines) if p.number in sure}
    return placed if name is None else placed | bare(order, placed, name)


def _pages(kept: Sequence[int], starts: frozenset[int]) -> frozenset[int]:
    """Places in ``kept`` at which a page begins: at or behind its first line."""
    return frozenset(bisect_left(kept, start) for start in starts) - {0, len(kept)}


def _runs(printed: Sequence[Printed]) -> Iterator[str]:
    """Text in which one line surely goes on in the next: what others meet in is what is to be found out."""
    run: list[str] = []
    for p in printed:
        if p.page or p.line.blank_before or not run or len(run[-1]) < NARROWEST // 2:
            yield "".join(run)
            run.clear()
        run.append(p.body)
    yield "".join(run)


def _markers(lines: Sequence[Line], notes: Notes) -> Iterator[list[Marker]]:
    """The note markers on each line, of which one may go on in the next."""
    markers = sorted(notes.markers, key=lambda marker: marker.span)
    for line in lines:
        n = bisect_right(markers, line.span.start, key=lambda marker: marker.span.end)
        yield list(takewhile(lambda marker: marker.span.start < line.span.end, markers[n:]))  # noqa: B023  # used up here


def _within(span: Span, line: Span) -> Span:
    """The part of a span that is in ``line``, counted from its start."""
    return Span(max(0, span.start - line.start), min(span.end, line.end) - line.start)


def _blanked(text: str, spans: Sequence[Span], by: str) -> str:
    """``text`` with each character of ``spans`` replaced."""
    for span in reversed(spans):
        text = text[: span.start] + by * len(span) + text[span.end :]
    return text


def _numbers(notes: Notes, lines: Sequence[Line]) -> dict[int, list[int]]:
    """Numbers of the markers on each line, where the notes count once."""
    counted = [marker for marker in notes.markers if marker.number.isdigit() and not marker.series]
    starts = [marker.span.start for marker in counted]
    cuts = ((bisect_left(starts, line.span.start), bisect_left(starts, line.span.end)) for line in lines)
    return {i: [int(m.number) for m in counted[a:b]] for i, (a, b) in enumerate(cuts) if a < b}


def _homes(found: Sequence[Group], lifted: Iterable[Lifted]) -> dict[int, list[Unit]]:
    """By group: what was lifted out from inside it or from behind it."""
    holder = {p.number: n for n, group in enumerate(found) for p in group.lines}
    numbers = sorted(holder)
    out: dict[int, list[Unit]] = {}
    for piece in sorted(lifted, key=lambda x: x.before):
        at = bisect_left(numbers, piece.before)
        out.setdefault(holder[numbers[at - 1]] if at else -1, []).append(piece.unit)
    return out
