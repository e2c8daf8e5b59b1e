"""What is no running text is lifted out of a report's lines: notes, contents, tables, figures and boxes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, pairwise, takewhile

from tongwen.model import Document, Problem, Span, Text, hull
from tongwen.structure.flat import drawn, flat, named
from tongwen.structure.lines import Line
from tongwen.structure.notes import Notes
from tongwen.structure.report.boxes import Box, boxes, inside
from tongwen.structure.report.captions import caption, caption_lines
from tongwen.structure.report.column import Column
from tongwen.structure.report.contents import contents
from tongwen.structure.report.figures import remains
from tongwen.structure.report.groups import groups, units
from tongwen.structure.report.printed import Printed
from tongwen.structure.report.titles import titles
from tongwen.structure.report.unit import Unit
from tongwen.structure.table_context import contexts

NEAR = 3
"""Lines between a table and its caption: a running head, a note."""


@dataclass(slots=True)
class Lifted:
    """A unit that stands in print before the line with the number ``before``."""

    before: int
    unit: Unit


@dataclass(slots=True)
class Lifting:
    """``lifted``: the units so far; ``gone``: the lines that are theirs, or a note's; ``problems``: what they tell."""

    document: Document
    text: Text
    lines: Sequence[Line]
    gone: set[int]
    lifted: list[Lifted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def marked_out(self, notes: Notes) -> None:
        """What a line or a grid tells by itself; boxes need the column that is left."""
        self._notes(notes)
        self._contents()
        self._tables()
        self._grids()
        self._unread()
        self._figures()

    def _notes(self, notes: Notes) -> None:
        """The notes' texts, where they are printed."""
        begun = {self.lines[body.lines[0]].span.start for body in notes.bodies}
        for body in notes.bodies:
            first = self.lines[body.lines[0]].span
            label = Span(min(first.start, body.label.start), first.end)
            rest = (piece for piece in body.pieces if piece.start >= first.end and piece.start not in begun)
            self.lifted.append(Lifted(min(body.lines), Unit("note", (label, *rest), body=body)))

    def _contents(self) -> None:
        for i in sorted(contents(self.lines) - self.gone):
            self._lift(Unit("paragraph", (self.lines[i].span,), part="contents"), {i})

    def _tables(self) -> None:
        frames = drawn(self.lines, self.text.key)
        taken = {*self.gone, *(i for table in frames for i in (*table.lines, *table.caption))}
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
        self.lifted.append(Lifted(min(places), unit))
        self.gone |= places

    def _grids(self) -> None:
        """Tables that the format gives, with the captions and notes around them."""
        order = sorted(range(len(self.lines)), key=lambda i: self.lines[i].span)
        starts = [self.lines[i].span.start for i in order]
        for context in contexts(self.document):
            block = context.table
            before = bisect_left(starts, block.span.start)
            bound = {
                i
                for part in context.bound
                for i in order[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
                if part.holds(self.lines[i].span)
            }
            head = context.bound[: context.printed is not None]
            notes = tuple((note,) for note in context.bound[len(head) :])
            if not head and (near := self._caption_near(before, bound)) is not None:
                bound.add(near)
                head = (self.lines[near].span,)
            span = hull(
                [block.span, *(part for part in (*head, *context.bound) if _beside(part, block.span, self.document))]
            )
            unit = Unit("table", head, grid=block.grid, span=span, notes=notes)
            self.lifted.append(Lifted(min([before, *bound]), unit))
            self.gone |= bound

    def _unread(self) -> None:
        """Captions of tables whose cells were not found."""
        for i, line in enumerate(self.lines):
            free = i not in self.gone and line.kind in ("line", "caption") and (i == 0 or line.blank_before)
            if free and not line.ends_sentence and named(line):
                message = "No table was found beside this caption."
                self.problems.append(Problem("table-unread", message, "Its cells are read as text.", line.span))

    def _caption_near(self, before: int, bound: Collection[int]) -> int | None:
        """The nearest line around a table in front of line ``before`` that names a table, and is nobody's yet."""
        above = islice((i for i in reversed(range(before)) if i not in self.gone), NEAR)
        below = islice((i for i in range(before, len(self.lines)) if i not in self.gone), NEAR)
        near = (i for i in (*above, *below) if i not in bound)
        named = (i for i in near if (c := caption(self.lines[i].key)) and c.kind == "table")
        return min(named, key=lambda i: abs(2 * (i - before) + 1), default=None)

    def _figures(self) -> None:
        """Captions of figures; and what mark-up calls a caption and names nothing that is here."""
        for i, line in enumerate(self.lines):
            named = caption(line.key)
            if i in self.gone or line.kind not in ("line", "paragraph", "caption") or line.ends_sentence:
                continue
            if (named and named.kind == "figure") or (line.kind == "caption" and not named):
                lines = range(i, i + caption_lines(self.lines, i))
                places = list(takewhile(lambda n: n not in self.gone, lines))
                pieces = tuple(self.lines[n].span for n in places)
                inside = remains(self.lines, places[-1] + 1, self.gone) if named else []
                notes = tuple((self.lines[n].span,) for n in inside)
                self._lift(Unit("figure", pieces, caption=named, notes=notes), {*places, *inside})

    def boxes(self, column: Column) -> Column:
        """The column without its boxes, which are lifted out."""
        column = self._frames(column)
        if not column.wrapped:
            return column
        heads = {i for i, t in titles(column, self.document.title, True).items() if t.number is not None}
        found = boxes(column, heads, self._stops(column))
        for box in found:
            self._box(column, box)
        return replace(column, lines=kept(column.lines, {column.lines[i].number for i in inside(found)}))

    def _stops(self, column: Column) -> set[int]:
        """Places before which something lifted out stands, such as a table or a figure."""
        lifted = sorted(lifted.before for lifted in self.lifted)
        passed = [bisect_right(lifted, number) for number in (-1, *(p.number for p in column.lines))]
        return {i for i, (before, here) in enumerate(pairwise(passed)) if before < here}

    def _frames(self, column: Column) -> Column:
        """Text boxes, asides and drawn frames, as the format gives them."""
        for frame, group in groupby(column.lines, key=lambda p: p.line.frame):
            if frame:
                self._frame(list(group), column)
        return replace(column, lines=kept(column.lines, {p.number for p in column.lines if p.line.frame}))

    def _frame(self, lines: list[Printed], column: Column) -> None:
        named = caption(lines[0].body)
        titled = len(lines) > 1 and (named is not None or lines[0].line.kind == "heading" or not lines[0].closed)
        rest = replace(column, lines=lines[1:] if titled else lines)
        inner = list(units(groups(rest, {}), {}))
        pieces = (lines[0].line.span,) if titled else ()
        self._lift_box(Unit("box", pieces, caption=named, inside=tuple(inner)), lines)

    def _box(self, column: Column, box: Box) -> None:
        lines = column.lines[box.start : box.end]
        inner = list(units(groups(replace(column, lines=column.lines[box.title : box.end]), {}), {}))
        pieces = tuple(p.line.span for p in column.lines[box.start : box.title])
        self._lift_box(Unit("box", pieces, caption=box.caption, inside=tuple(inner), sure=box.sure), lines)

    def _lift_box(self, unit: Unit, lines: Sequence[Printed]) -> None:
        self._lift(unit, {p.number for p in lines})


def kept(lines: Sequence[Printed], dropped: Collection[int]) -> list[Printed]:
    """The lines but those with the numbers ``dropped``; a page that begins with one of these begins behind it."""
    out, page = [], False
    for printed in lines:
        page = page or printed.page
        if printed.number not in dropped:
            out.append(printed if printed.page == page else replace(printed, page=page))
            page = False
    return out


def _beside(part: Span, table: Span, document: Document) -> bool:
    """Whether nothing but white space stands between a table and what belongs to it."""
    low, high = min(part.end, table.end), max(part.start, table.start)
    return not document.text[low:high].strip()
