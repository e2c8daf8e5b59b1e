"""From units to records and passages: ids, sections, and what belongs to which."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tongwen.model import Document, Json, Passage, Problem, Record, RecordKind, Span, Structure, Text, hull
from tongwen.structure.drawn_tables import beside
from tongwen.structure.ids import Ids
from tongwen.structure.naming import unspaced
from tongwen.structure.notes import Marker, NoteBody
from tongwen.structure.report.layout import Laid
from tongwen.structure.report.lists import Item, announced, item_of, lists
from tongwen.structure.report.mentions import with_mentions
from tongwen.structure.report.pages import paged
from tongwen.structure.report.reading_text import ReadingText
from tongwen.structure.report.runs import in_order, runs
from tongwen.structure.report.sections import Sections
from tongwen.structure.report.tabular import content_of_unit
from tongwen.structure.report.unit import Unit
from tongwen.structure.tables import fields_of, passages_of, problems_of

HEARD = 3
"""Paragraphs before a list that may say how many items it has."""


def records(document: Document, text: Text, laid: Laid) -> Structure:
    """Records in reading order with parents before children, their passages, and the problems of the structure."""
    emitter = _Emitter(document, text, laid)
    for units in runs(laid.units):
        before = len(emitter.records)
        if units[0].kind == "item":
            emitter.lists([unit for unit in units if unit.kind == "item"])
        for unit in units:
            if unit.kind != "item":
                emitter.unit(unit)
        if units[0].kind == "item":
            emitter.records[before:] = in_order(emitter.records[before:])
    return emitter.structure()


def edges(spans: Sequence[Span]) -> list[Json]:
    return [[span.start, span.end] for span in spans]


def _start(marker: Marker) -> int:
    return marker.span.start


@dataclass(slots=True)
class _Emitter:
    document: Document
    source: Text
    laid: Laid
    reading: ReadingText = field(init=False)
    ids: Ids = field(default_factory=Ids)
    sections: Sections = field(init=False)
    records: list[Record] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    places: dict[NoteBody, int] = field(init=False)
    first: dict[int, Marker] = field(init=False)
    dangling: list[Marker] = field(init=False)
    answered: set[Span] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        markers = self.laid.notes.markers
        self.reading = ReadingText(self.document.text, (m.span for m in markers))
        self.sections = Sections(self.ids)
        self.sections.survey([u.title for u in self.laid.units if u.title])
        self.places = {body: n for n, body in enumerate(self.laid.notes.bodies)}
        self.first = {m.body: m for m in reversed(markers) if m.body is not None}
        again = (m for m in markers if m.body is None or self.first[m.body] is not m)
        self.dangling = sorted(again, key=_start)
        self.notes = [self.ids.unique(f"fn_{body.number}") for body in self.laid.notes.bodies]

    def structure(self) -> Structure:
        found = with_mentions(self.source, self.sections.close(self.records))
        problems = (*self.laid.problems, *self.problems, *self.sections.problems)
        return paged(self.document, Structure(tuple(found), tuple(self.passages), problems), self.laid)

    def unit(self, unit: Unit) -> None:
        match unit.kind:
            case "heading":
                self._heading(unit)
            case "box":
                self._box(unit)
            case "table":
                self._table(unit)
            case "figure":
                self._figure(unit)
            case "note":
                self._note(unit)
            case _:
                self._paragraph(unit)

    def _add(self, record: Record, *texts: Sequence[Span]) -> None:
        """A record with its passages, and behind it the notes that it marks and that have no text."""
        self.records.append(record)
        self.passages += (Passage(record.id, cut) for pieces in texts if (cut := self._pieces(pieces)))
        for marker in self._unanswered([piece for pieces in texts for piece in pieces]):
            held = record.span.holds(marker.span)
            fields = self._note_fields(marker.number, marker, self._note_text(marker))
            id_ = self.ids.unique(f"fn_{marker.number}")
            parent = record.id if held else record.parent
            self.records.append(Record(id_, "footnote", marker.span, parent, marker.number, record.headings, fields))

    def _unanswered(self, pieces: Sequence[Span]) -> Iterator[Marker]:
        for piece in pieces if self.dangling else ():
            first = bisect_left(self.dangling, piece.start, key=_start)
            for marker in self.dangling[first : bisect_left(self.dangling, piece.end, key=_start)]:
                if marker.span not in self.answered:
                    self.answered.add(marker.span)
                    yield marker

    def _pieces(self, pieces: Sequence[Span]) -> tuple[Span, ...]:
        """Without note markers; put together where nothing but white space parts them."""
        out: list[Span] = []
        for span in self.reading.cut(pieces):
            if out and out[-1].end <= span.start and not self.document.text[out[-1].end : span.start].strip():
                out[-1] = Span(out[-1].start, span.end)
            else:
                out.append(span)
        return tuple(out)

    def _record(
        self, id_: str, kind: RecordKind, pieces: Sequence[Span], label: str, fields: dict[str, Json]
    ) -> Record:
        """Its parent is the text that it interrupts, else the section."""
        span = self._span(pieces)
        around = self._interrupted(span)
        return Record(id_, kind, span, around or self.sections.parent, label, self.sections.above, fields)

    def _interrupted(self, span: Span) -> str | None:
        for record in reversed(self.records[-2 * HEARD :]):
            if record.kind in ("paragraph", "list") and record.span.holds(span):
                return record.id
        return None

    def _span(self, pieces: Sequence[Span]) -> Span:
        """All of the pieces; the first run of them where they go backwards, since others stand between them."""
        run = [pieces[0]]
        for piece in pieces[1:]:
            if piece.start < run[-1].end:
                break
            run.append(piece)
        return hull(run)

    def _key(self, pieces: Sequence[Span]) -> str:
        return "".join(span.of(self.source.key) for span in self.reading.cut(pieces))

    def _behind(self, unit: Unit, length: int) -> tuple[Span, ...]:
        """The pieces without the first ``length`` characters."""
        first = unit.pieces[0]
        return Span(min(first.start + length, first.end), first.end), *unit.pieces[1:]

    def _heading(self, unit: Unit) -> None:
        assert unit.title is not None
        mark = unspaced(unit.pieces[0].of(self.document.text)[: unit.title.mark])
        title = unspaced(self.reading.read(self._behind(unit, unit.title.mark)))
        *chapter, record = self.sections.begin(unit.title, mark, title, hull(unit.pieces), unit.moved)
        self.records += chapter
        self._add(record, unit.pieces)
        self.heard.clear()

    def _paragraph(self, unit: Unit) -> None:
        fields: dict[str, Json] = {
            "text": self.reading.read(unit.pieces),
            "spans": edges(self._pieces(unit.pieces)),
            "part": unit.part,
        }
        self._add(self._record(self.ids.next("p"), "paragraph", unit.pieces, "", fields), unit.pieces)
        self.heard = [*self.heard, self._key(unit.pieces)][-HEARD:]

    def lists(self, units: Sequence[Unit]) -> None:
        items: list[Item] = []
        for unit in units:
            items.append(item_of(unit, self._key(unit.pieces), items[-1] if items else None))
        for listed in lists(items, [unit.indent for unit in units]):
            self._list(listed)
        self.heard.clear()

    def _list(self, items: Sequence[Item]) -> None:
        pieces = [span for item in items for span in item.unit.pieces]
        top = sum(item.level == 1 for item in items)
        said = announced(self.heard[-1]) if self.heard else None
        if said is None:
            said = next((top for key in self.heard if announced(key, anywhere=True) == top), None)
        elif said != top and self.heard[-1].endswith(":"):
            message = f"The text announces {said} items, and {top} follow."
            self.problems.append(Problem("list-count", message, "Compare with the original.", self._span(pieces)))
        fields: dict[str, Json] = {"items": [self._item(item) for item in items], "announced": said}
        self._add(self._record(self.ids.next("list"), "list", pieces, "", fields), *(i.unit.pieces for i in items))

    def _item(self, item: Item) -> Json:
        unit = item.unit
        span = self._span(unit.pieces)
        return {
            "label": unit.pieces[0].of(self.document.text)[: unit.mark].strip(),
            "text": self.reading.read(self._behind(unit, unit.mark)),
            "span": [span.start, span.end],
            "spans": edges(self._pieces(unit.pieces)),
            "level": item.level,
        }

    def _named(self, unit: Unit) -> tuple[str | None, str | None, str]:
        """Number, title and label (文本1) of a box or a figure."""
        if not unit.pieces:
            return None, None, ""
        length = unit.caption.length if unit.caption else 0
        label = unspaced(unit.pieces[0].of(self.document.text)[:length].rstrip(" .:：。-—–"))
        title = unspaced(self.reading.read(self._behind(unit, length)))
        return (unit.caption.number or None) if unit.caption else None, title or None, label

    def _box(self, unit: Unit) -> None:
        number, title, label = self._named(unit)
        texts = [inner.pieces for inner in unit.inside]
        fields: dict[str, Json] = {
            "number": number,
            "title": title,
            "text": "\n".join(map(self.reading.read, texts)),
        }
        pieces = [*unit.pieces, *(span for text in texts for span in text)]
        self._add(self._record(self.ids.numbered("box", number), "box", pieces, label, fields), unit.pieces, *texts)
        if not unit.sure:
            message = "Where this box ends is not printed."
            hint = "It was ended with its first paragraph."
            self.problems.append(Problem("box-end-unclear", message, hint, self._span(pieces)))

    def _figure(self, unit: Unit) -> None:
        number, title, label = self._named(unit)
        fields: dict[str, Json] = {"number": number, "caption": title}
        pieces = [*unit.pieces, *(span for note in unit.notes for span in note)]
        record = self._record(self.ids.numbered("fig", number), "figure", pieces, label, fields)
        self._add(record, unit.pieces, *unit.notes)

    def _table(self, unit: Unit) -> None:
        assert unit.span is not None
        content = content_of_unit(self.document, self.reading, unit)
        around = (*unit.pieces, *(span for note in unit.notes for span in note))
        fields: dict[str, Json] = {**fields_of(content), "bound": edges(around)}
        record = self._record(self.ids.numbered("table", content.number), "table", (unit.span,), content.label, fields)
        self._add(record, unit.pieces, *unit.notes)
        cells = passages_of(record.id, content)
        self.passages += cells
        self.problems += problems_of(content, unit.span)
        inside = [piece for cell in cells for piece in cell.pieces]
        self._unmarked(record, [*inside, *self._printed(unit)])
        self.passages += (Passage(record.id, (span,)) for span in self._beside(unit, [*inside, *around]))

    def _beside(self, unit: Unit, taken: Sequence[Span]) -> list[Span]:
        """Text on the lines of a table that is in none of its cells, such as a caption printed again."""
        return beside(self.document.text, self._printed(unit), [*taken, *(self.reading.markers)])

    def _printed(self, unit: Unit) -> list[Span]:
        """The lines of a flattened or drawn table."""
        flat = unit.flat
        return [self.laid.lines[i].span for i in sorted({*flat.lines, *flat.again})] if flat else []

    def _unmarked(self, record: Record, pieces: Sequence[Span]) -> None:
        """The notes that a table's cells mark: the cells are cut already, so the markers stand right behind them."""
        for marker in self._unanswered([Span(piece.start, piece.end + 2) for piece in pieces]):
            fields = self._note_fields(marker.number, marker, self._note_text(marker))
            id_ = self.ids.unique(f"fn_{marker.number}")
            self.records.append(Record(id_, "footnote", marker.span, record.id, marker.number, record.headings, fields))

    def _note_text(self, marker: Marker) -> str | None:
        """The note that is cited here once more, None where the file has none."""
        return None if marker.body is None else self.reading.read(self.laid.notes.bodies[marker.body].pieces)

    def _note(self, unit: Unit) -> None:
        assert unit.body is not None
        place = self.places[unit.body]
        marker = self.first.get(place)
        fields = self._note_fields(unit.body.number, marker, self.reading.read(unit.body.pieces))
        self._add(self._record(self.notes[place], "footnote", unit.pieces, unit.body.number, fields), unit.pieces)

    def _note_fields(self, number: str, marker: Marker | None, text: str | None) -> dict[str, Json]:
        printed = self.reading.printed(marker.span) if marker else None
        return {
            "number": number,
            "anchor": marker.span.start if marker else None,
            "text": text,
            "marker": [printed.start, printed.end] if printed else None,
        }
