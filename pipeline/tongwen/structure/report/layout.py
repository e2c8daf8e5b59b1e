"""From a report's lines to its units: what is no running text is lifted out, the rest put in order and together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

from tongwen.model import Document, Problem, Span, Text, hull
from tongwen.structure.flat import drawn, flat
from tongwen.structure.lines import Line, columns, read_lines
from tongwen.structure.notes import Notes
from tongwen.structure.notes import find as find_notes
from tongwen.structure.report import sheets
from tongwen.structure.report.bare import bare
from tongwen.structure.report.boxes import Box, boxes, inside
from tongwen.structure.report.captions import caption, caption_lines
from tongwen.structure.report.contents import contents
from tongwen.structure.report.evidence import Evidence
from tongwen.structure.report.groups import Group, groups, units
from tongwen.structure.report.gutters import unwoven
from tongwen.structure.report.lacunae import lacunae
from tongwen.structure.report.order import Ordered, reading_order
from tongwen.structure.report.parts import parted
from tongwen.structure.report.printed import NARROWEST, Column, Printed, spaced, wrapped
from tongwen.structure.report.raised import lowered
from tongwen.structure.report.reading_text import ReadingText
from tongwen.structure.report.title import BARE, NOTES, Title
from tongwen.structure.report.titles import titles
from tongwen.structure.report.unit import Unit
from tongwen.structure.table_context import contexts


@dataclass(frozen=True, slots=True)
class Laid:
    """``units`` in reading order; ``lines``: all but the pages' furniture, to which ``notes`` refer."""

    units: tuple[Unit, ...]
    furniture: tuple[Line, ...]
    lines: tuple[Line, ...]
    notes: Notes
    problems: tuple[Problem, ...]


NEAR = 3
"""Lines between a table and its caption: a running head, a note."""


def lay_out(document: Document, text: Text) -> Laid:
    return _Setter(document, text).run()


@dataclass(slots=True)
class _Lifted:
    """A unit that stands in print before the line with the number ``before``."""

    before: int
    unit: Unit


@dataclass(slots=True)
class _Setter:
    document: Document
    text: Text
    lines: list[Line] = field(default_factory=list)
    lifted: list[_Lifted] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> Laid:
        every = unwoven(lowered(read_lines(self.document, self.text), self.text), self.document.text)
        removed = sheets.running(self.document, every)
        starts = sheets.starts(self.document, every, removed)
        kept = [i for i in range(len(every)) if i not in removed]
        self.lines = [every[i] for i in kept]
        pages = _pages(kept, starts)
        notes = find_notes(self.lines, self.text.key, self.document.marks)
        self.gone = set(notes.taken)
        self._notes(notes)
        self._contents()
        self._tables()
        self._grids()
        self._figures()
        printed = self._printed(notes, pages)
        evidence = Evidence(_runs(printed))
        set_in_lines = wrapped(every)
        marked = sum(line.kind == "heading" for line in self.lines) >= 3
        column = Column(_kept(printed, self.gone), evidence, set_in_lines)
        column = self._boxes(column, marked)
        heads = titles(column, self.document.title, marked) | self._notes_title(column, notes)
        ordered = (
            reading_order(column, heads, _numbers(notes, self.lines)) if set_in_lines else Ordered(tuple(column.lines))
        )
        placed = _placed(column, heads, ordered, None if marked else self.document.title)
        units_ = list(self._units(Column(ordered.lines, evidence, set_in_lines), placed, ordered))
        self._tell(ordered)
        furniture = tuple(every[i] for i in sorted(removed))
        units_ = parted(units_, self._reader(notes))
        self.problems += lacunae(units_, self._reader(notes)) if set_in_lines else []
        return Laid(tuple(units_), furniture, tuple(self.lines), notes, (*notes.problems, *self.problems))

    def _printed(self, notes: Notes, pages: frozenset[int]) -> list[Printed]:
        out = []
        double = spaced(self.lines, pages)
        for n, (line, blanks) in enumerate(zip(self.lines, _markers(self.lines, notes), strict=True)):
            text = _blanked(line.text, blanks, "").rstrip()
            body = _blanked(line.key, blanks, " ").strip()
            parted = line.blank_before and not double[n] and n not in pages
            indent = 0 if n in pages else line.indent
            out.append(Printed(line, body, n, n in pages, indent + columns(text), parted))
        return out

    def _notes(self, notes: Notes) -> None:
        """The notes' texts, where they are printed."""
        begun = {self.lines[body.lines[0]].span.start for body in notes.bodies}
        for body in notes.bodies:
            first = self.lines[body.lines[0]].span
            label = Span(min(first.start, body.label.start), first.end)
            rest = (piece for piece in body.pieces if piece.start >= first.end and piece.start not in begun)
            pieces = (label, *rest)
            self.lifted.append(_Lifted(min(body.lines), Unit("note", pieces, body=body, span=hull(pieces))))

    def _notes_title(self, column: Column, notes: Notes) -> dict[int, Title]:
        """The heading above the notes, which nothing but notes follows."""
        places = (i for i, p in enumerate(column.lines) if p.number == notes.title and p.line.kind == "line")
        return {i: Title(1, NOTES, "section", None, 0) for i in places}

    def _contents(self) -> None:
        for i in sorted(contents(self.lines) - self.gone):
            self._lift(Unit("paragraph", (self.lines[i].span,), part="contents"), {i})

    def _tables(self) -> None:
        frames = drawn(self.lines, self.text.key)
        taken = {*self.gone, *(i for table in frames for i in table.lines)}
        for table in (*frames, *flat(self.lines, self.text.key, taken)):
            places = {*table.lines, *table.caption, *table.again}
            whole = places if max(places) - min(places) < len(places) else set(table.lines)
            named = caption(self.lines[table.caption[0]].key) if table.caption else None
            unit = Unit(
                "table",
                tuple(self.lines[i].span for i in table.caption),
                caption=named,
                flat=table,
                span=hull(self.lines[i].span for i in whole),
                notes=tuple(tuple(self.lines[i].span for i in note) for note in table.notes),
            )
            self._lift(unit, places)
            self.problems += table.problems

    def _lift(self, unit: Unit, places: set[int]) -> None:
        self.lifted.append(_Lifted(min(places), unit))
        self.gone |= places

    def _grids(self) -> None:
        """Tables that the format gives, with the captions and notes around them."""
        for context in contexts(self.document):
            bound = {i for i, line in enumerate(self.lines) if any(part.holds(line.span) for part in context.bound)}
            block = context.table
            before = sum(line.span.start < block.span.start for line in self.lines)
            head = context.bound[: context.printed is not None]
            notes = tuple((note,) for note in context.bound[len(head) :])
            if not head and (near := self._caption_near(before, bound)) is not None:
                bound.add(near)
                head = (self.lines[near].span,)
            span = hull(
                [block.span, *(part for part in (*head, *context.bound) if _beside(part, block.span, self.document))]
            )
            unit = Unit("table", head, grid=block.grid, span=span, notes=notes)
            self.lifted.append(_Lifted(min([before, *bound]), unit))
            self.gone |= bound

    def _caption_near(self, before: int, bound: Collection[int]) -> int | None:
        """The nearest line around a table in front of line ``before`` that names a table, and is nobody's yet."""
        free = [i for i in range(len(self.lines)) if i not in self.gone]
        at = bisect_left(free, before)
        near = free[max(0, at - NEAR) : at + NEAR]
        named = [i for i in near if i not in bound and (c := caption(self.lines[i].key)) and c.kind == "table"]
        return min(named, key=lambda i: abs(2 * (i - before) + 1), default=None)

    def _figures(self) -> None:
        """Captions of figures; and what mark-up calls a caption and names nothing that is here."""
        for i, line in enumerate(self.lines):
            named = caption(line.key)
            if i in self.gone or line.kind not in ("line", "paragraph", "caption") or line.ends_sentence:
                continue
            if (named and named.kind == "figure") or (line.kind == "caption" and not named):
                places = range(i, i + caption_lines(self.lines, i))
                pieces = tuple(self.lines[n].span for n in places)
                self._lift(Unit("figure", pieces, caption=named, span=hull(pieces)), set(places))

    def _boxes(self, column: Column, marked: bool) -> Column:
        """The column without its boxes, which are lifted out."""
        column = self._frames(column)
        heads = {i for i, t in titles(column, self.document.title, True).items() if t.number is not None}
        stops = {i for i, p in enumerate(column.lines) if self._stop(column, i)}
        found = boxes(column, heads, stops) if column.wrapped else []
        for box in found:
            self._box(column, box)
        return replace(column, lines=_kept(column.lines, {column.lines[i].number for i in inside(found)}))

    def _stop(self, column: Column, i: int) -> bool:
        """Whether a table or a figure stands before place ``i``."""
        low = column.lines[i - 1].number if i else -1
        return any(low < lifted.before <= column.lines[i].number for lifted in self.lifted)

    def _frames(self, column: Column) -> Column:
        """Text boxes, asides and drawn frames, as the format gives them."""
        for frame, group in groupby(column.lines, key=lambda p: p.line.frame):
            if frame:
                self._frame(list(group), column)
        return replace(column, lines=_kept(column.lines, {p.number for p in column.lines if p.line.frame}))

    def _frame(self, lines: list[Printed], column: Column) -> None:
        named = caption(lines[0].body)
        titled = len(lines) > 1 and (named is not None or lines[0].line.kind == "heading" or not lines[0].closed)
        rest = replace(column, lines=lines[1:] if titled else lines)
        inner = list(units(groups(rest, {}), {}))
        pieces = (lines[0].line.span,) if titled else ()
        span = hull(p.line.span for p in lines)
        self._lift_box(Unit("box", pieces, caption=named, span=span, inside=tuple(inner)), lines)

    def _box(self, column: Column, box: Box) -> None:
        lines = column.lines[box.start : box.end]
        inner = list(units(groups(replace(column, lines=column.lines[box.title : box.end]), {}), {}))
        pieces = tuple(p.line.span for p in column.lines[box.start : box.title])
        span = hull(p.line.span for p in lines)
        self._lift_box(Unit("box", pieces, caption=box.caption, span=span, inside=tuple(inner), sure=box.sure), lines)

    def _lift_box(self, unit: Unit, lines: Sequence[Printed]) -> None:
        self._lift(unit, {p.number for p in lines})

    def _units(self, order: Column, heads: Mapping[int, Title], ordered: Ordered) -> Iterator[Unit]:
        """Units of the running text, each lifted one behind what stands before it in print."""
        moved = {m.printed: m.sure for m in ordered.moved}
        found = groups(order, heads, self.document.title)
        home = self._homes(found)
        yield from home.get(-1, [])
        for n, unit in enumerate(units(found, moved, self.document.title)):
            yield unit
            yield from home.get(n, [])

    def _homes(self, found: Sequence[Group]) -> dict[int, list[Unit]]:
        """By group: what was lifted out from inside it or from behind it."""
        holder = {p.number: n for n, group in enumerate(found) for p in group.lines}
        numbers = sorted(holder)
        out: dict[int, list[Unit]] = {}
        for lifted in sorted(self.lifted, key=lambda x: x.before):
            at = bisect_left(numbers, lifted.before)
            out.setdefault(holder[numbers[at - 1]] if at else -1, []).append(lifted.unit)
        return out

    def _reader(self, notes: Notes) -> Callable[[Unit], str]:
        """Reads a unit's key without note markers."""
        reading = ReadingText(self.document.text, (m.span for m in notes.markers))
        return lambda unit: "".join(span.of(self.text.key) for span in reading.cut(unit.pieces)).strip()

    def _tell(self, ordered: Ordered) -> None:
        for move in ordered.moved:
            line = self.lines[move.printed]
            code, what = "heading-displaced", "This heading is printed after the text that it heads"
            hint = "It is read where its page begins." if move.sure else "Its place on the page is a guess."
            self.problems.append(Problem(code, f"{what}.", hint, line.span))
        for first, last in ordered.turned:
            span = Span(self.lines[first].span.start, self.lines[last].span.end)
            message = "The two columns of this page are printed in the wrong order."
            self.problems.append(
                Problem("columns-swapped", message, "They are read so that the sentences close.", span)
            )


def _kept(lines: Sequence[Printed], dropped: Collection[int]) -> list[Printed]:
    """The lines but those with the numbers ``dropped``; a page that begins with one of these begins behind it."""
    out, page = [], False
    for printed in lines:
        page = page or printed.page
        if printed.number not in dropped:
            out.append(replace(printed, page=page))
            page = False
    return out


def _placed(column: Column, heads: Mapping[int, Title], ordered: Ordered, name: str | None) -> dict[int, Title]:
    """Headings by their place in reading order; what looked like a bare one may have become the rest of a sentence.
    ``name``: the document's title; None where mark-up tells headings."""
    order = replace(column, lines=ordered.lines)
    sure = {column.lines[i].number: title for i, title in heads.items() if title.rank < BARE or name is None}
    placed = {i: sure[p.number] for i, p in enumerate(order.lines) if p.number in sure}
    return placed if name is None else placed | bare(order, placed, name)


def _pages(kept: Sequence[int], starts: frozenset[int]) -> frozenset[int]:
    """Places in ``kept`` at which a page begins: at or behind its first line."""
    out = set()
    for start in starts:
        place = next((n for n, i in enumerate(kept) if i >= start), None)
        out |= {place} if place else set()
    return frozenset(out)


def _runs(printed: Sequence[Printed]) -> Iterator[str]:
    """Text in which one line surely goes on in the next: what others meet in is what is to be found out."""
    run: list[str] = []
    for p in printed:
        if p.page or p.line.blank_before or not run or len(run[-1]) < NARROWEST // 2:
            yield "".join(run)
            run.clear()
        run.append(p.body)
    yield "".join(run)


def _markers(lines: Sequence[Line], notes: Notes) -> Iterator[list[Span]]:
    """The note markers on each line, as spans in the line."""
    spans = sorted(marker.span for marker in notes.markers)
    for line in lines:
        n = bisect_right(spans, line.span.start, key=lambda span: span.end)
        here = takewhile(lambda span: span.start < line.span.end, spans[n:])  # noqa: B023  # used up in this round
        yield [Span(max(0, s.start - line.span.start), s.end - line.span.start) for s in here]


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


def _beside(part: Span, table: Span, document: Document) -> bool:
    """Whether nothing but white space stands between a table and what belongs to it."""
    low, high = min(part.end, table.end), max(part.start, table.start)
    return not document.text[low:high].strip()
