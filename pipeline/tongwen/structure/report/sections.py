"""The sections of a report: which heading stands below which, and what each takes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tongwen.model import Json, Problem, Record, Span, hull
from tongwen.structure.ids import Ids
from tongwen.structure.naming import dotted
from tongwen.structure.report.title import Title


@dataclass(frozen=True, slots=True)
class _Open:
    rank: float
    id: str
    path: str
    heading: str
    number: tuple[int, ...] | None


@dataclass(slots=True)
class Sections:
    """``open``: the sections around the place that has been reached, the outermost first."""

    ids: Ids
    open: list[_Open] = field(default_factory=list)
    chapters: frozenset[int] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    annexes: int = 0

    def survey(self, titles: Sequence[Title]) -> None:
        """Which chapters only their sections show: 2.1 and 3.1 stand where no chapter 2 or 3 is headed."""
        first = {t.number[0] for t in titles if t.decimal and t.number and len(t.number) > 1}
        named = {t.number[0] for t in titles if t.number and len(t.number) == 1 and t.kind != "annex"}
        self.chapters = frozenset(first - named) if len(first) > 1 else frozenset()

    @property
    def parent(self) -> str | None:
        return self.open[-1].id if self.open else None

    @property
    def above(self) -> tuple[str, ...]:
        return tuple(o.heading for o in self.open if o.heading)

    def begin(self, title: Title, mark: str, text: str, span: Span, moved: bool) -> list[Record]:
        """The record of a section that a heading opens, behind that of its untitled chapter where it needs one."""
        while self.open and self.open[-1].rank >= title.rank:
            self.open.pop()
        out = [self._chapter(title, span)] if self._lacks_chapter(title) else []
        apart = mark and text and (mark[-1].isalnum() or (mark[-1] == "." and text[0] < "\u2e80"))
        label = f"{mark} {text}" if apart else mark + text
        heading = label if title.number is not None or title.kind == "annex" else text
        number, path = self._number(title, mark)
        id_ = self.ids.unique(path if path.startswith("annex_") else f"sec_{path}")
        printed: Json = [span.start, span.end] if moved else None
        fields: dict[str, Json] = {
            "number": number,
            "title": text or mark,
            "level": len(self.open) + 1,
            "parent": self.parent,
            "printed": printed,
            "inferred": False,
        }
        out.append(Record(id_, "section", span, self.parent, heading, self.above, fields))
        self.open.append(_Open(title.rank, id_, path, heading, title.number))
        return out

    def _lacks_chapter(self, title: Title) -> bool:
        if not title.decimal or not title.number or len(title.number) < 2 or title.number[0] not in self.chapters:
            return False
        return not any(o.number == title.number[:1] for o in self.open)

    def _chapter(self, title: Title, span: Span) -> Record:
        """A chapter whose title is lost."""
        assert title.number is not None
        while self.open and self.open[-1].rank >= title.rank - 0.5:
            self.open.pop()
        number = str(title.number[0])
        id_ = self.ids.unique(f"sec_{number}")
        level = len(self.open) + 1
        fields: dict[str, Json] = {
            "number": number,
            "title": None,
            "level": level,
            "parent": self.parent,
            "printed": None,
            "inferred": True,
        }
        record = Record(id_, "section", span, self.parent, number, self.above, fields)
        message = f"Chapter {number} has sections and no heading."
        self.problems.append(Problem("heading-missing", message, "Its title may be lost, or stand elsewhere.", span))
        self.open.append(_Open(title.rank - 0.5, id_, number, "", title.number[:1]))
        return record

    def _number(self, title: Title, mark: str) -> tuple[str | None, str]:
        """The section's number and the path that its id is made of."""
        if title.kind == "annex":
            self.annexes += 1
            number = dotted(title.number) if title.number else f"n{self.annexes}"
            return mark.rstrip(" .:：。-–—"), f"annex_{number}"
        if title.decimal and title.number and (len(title.number) > 1 or not self.open):
            number = ".".join(map(str, title.number))
            return number, number
        above = f"{self.open[-1].path}." if self.open else ""
        if title.number is None:
            return None, above + self.ids.next("n").replace("_", "")
        path = above + dotted(title.number)
        return path, path

    def close(self, records: Sequence[Record]) -> list[Record]:
        """The records, each section with the span of all that is read in it."""
        inside: dict[str, list[Span]] = {}
        out = []
        for record in reversed(records):
            whole = _whole(record, inside.get(record.id, []))
            if record.parent is not None:
                inside.setdefault(record.parent, []).append(whole)
            out.append(_displaced(record, whole)._replace(span=whole))
        return out[::-1]


def _whole(record: Record, inside: Sequence[Span]) -> Span:
    """What a record takes up with all that is read in it; not a heading that interrupts the section before."""
    if record.kind != "section" or not inside:
        return record.span
    text = hull(inside)
    early = record.fields["printed"] is not None and record.span.start < text.start
    return text if record.fields["inferred"] or early else hull([record.span, text])


def _displaced(record: Record, whole: Span) -> Record:
    """A heading that is printed behind the text that it heads says where it stands."""
    if record.kind != "section" or record.fields["inferred"] or whole.start == record.span.start:
        return record
    return record._replace(fields={**record.fields, "printed": [record.span.start, record.span.end]})
