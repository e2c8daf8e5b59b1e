"""A text without articles as its authors meant it: record by record in reading order, whatever the order in print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from tongwen.cli import shown, table_rows
from tongwen.cli.article import INDENT, Printed, titled
from tongwen.cli.healing import closed_up, paragraphs
from tongwen.cli.markers import Markers
from tongwen.model import Document, Json, Record, Span

APART = ("section", "table", "box", "figure", "list")
"""Kinds that stand between blank lines."""

LONG = 60
"""Code points: so do paragraphs of more than a line or two."""

PLAIN = ("", "body", "quotation", "title")
"""Parts of a document that need no name before them; others are told, such as imprint, contents and contact."""

FURNITURE = "page"
"""The part of page numbers and running heads."""


def show(document: Document, records: Sequence[Record], printed: Printed, within: Record | None = None) -> None:
    """Print all of ``document``, or of its record ``within``; then the notes that are marked in it."""
    walk = _Walk(document, records, printed)
    walk.all() if within is None else walk.only(within)


class _Walk:
    """What was printed last decides where a blank line is due."""

    def __init__(self, document: Document, records: Sequence[Record], printed: Printed) -> None:
        self._text, self._title, self._printed = document.text, _closed_up(document.title), printed
        self._inside: dict[str | None, list[Record]] = defaultdict(list)
        for record in records:
            self._inside[record.parent].append(record)
        self._notes = [record for record in records if record.kind == "footnote"]
        self._markers = Markers(document.text, self._notes)
        self._last, self._part, self._apart = "", "", False

    def all(self) -> None:
        self._below(None)
        self._list_notes(self._notes)

    def only(self, record: Record) -> None:
        """``record``, whatever part it is of, and the notes whose markers stand in what is printed of it."""
        self._begin(record)
        self._print(record)
        self._list_notes([note for note in self._notes if note.fields.get("anchor") in self._markers.raised])

    def _below(self, parent: str | None) -> None:
        for record in self._inside[parent]:
            furniture = record.kind == "footnote" or record.fields.get("part") == FURNITURE
            if not furniture and not self._is_title(record):
                self._part_off(record)
                self._print(record)

    def _is_title(self, record: Record) -> bool:
        """Whether it says no more than the title above all."""
        return record.fields.get("part") == "title" and _closed_up(record.fields.get("text")) == self._title

    def _list_notes(self, notes: Sequence[Record]) -> None:
        """Those whose text the file has, behind a rule."""
        told = [note for note in notes if note.fields.get("text")]
        page = self._printed.page
        if told:
            page.line()
            page.line(page.paint("─" * 12, "faint"))
        for note in told:
            shown.show_note(note, self._printed)
        lost = len(notes) - len(told)
        if lost:
            page.line()
            said = "the text of one note is" if lost == 1 else f"the texts of {lost:,} notes are"
            page.line(page.paint(f"[{said} not in the file]", "faint"))

    def _print(self, record: Record) -> None:
        if record.kind == "box":
            self._box(record)
            return
        if record.kind == "list":
            shown.show_list([self._marked(item) for item in shown.items(record)], self._printed)
        elif record.kind == "table":
            shown.show_table({**self._table(record), "label": record.label}, self._printed)
        elif record.kind == "figure":
            shown.show_figure(self._raised(record, "caption"), self._printed)
        else:
            self._heading(record) if record.kind == "section" else self._paragraph(record)
        self._below(record.id)

    def _marked(self, item: shown.Item) -> shown.Item:
        text = self._markers.restored(item["label"] + item["text"], item.get("spans"))
        return {**item, "text": text[len(item["label"]) :]}

    def _raised(self, record: Record, *names: str) -> Record:
        """With the markers raised in the texts ``names``, whose pieces the record does not tell."""
        texts = {name: self._markers.found(text, record.span) for name in names if (text := _text(record, name))}
        return record._replace(fields={**record.fields, **texts})

    def _table(self, table: Record) -> table_rows.Fields:
        """Its fields, with the markers raised in the caption and in the cells."""
        fields = self._raised(table, "caption").fields
        printed = [*table_rows.heads(fields), *table_rows.rows(fields)]
        places = cast(list[list[Json]], fields.get("cells") or [])
        if [len(row) for row in places] != [len(row) for row in printed]:
            return fields
        marked = [list(map(self._markers.restored, row, edges)) for row, edges in zip(printed, places, strict=True)]
        heads = len(table_rows.heads(fields))
        return {**fields, "head_rows": cast(Json, marked[:heads]), "rows": cast(Json, marked[heads:])}

    def _part_off(self, record: Record) -> None:
        """A blank line where one is due, and the name of a part that begins."""
        page, part = self._printed.page, _text(record, "part")
        long = len(_text(record, "text")) > LONG
        if self._last and (self._apart or record.kind in APART or long or part != self._part):
            page.line()
        if part not in (*PLAIN, self._part):
            page.line(page.paint(f"[{part}]", "faint"))
        self._begin(record)

    def _begin(self, record: Record) -> None:
        long = len(_text(record, "text")) > LONG
        self._last, self._part = record.kind, _text(record, "part")
        self._apart = long or record.kind in APART

    def _heading(self, record: Record) -> None:
        name = titled(record.label or record.fields.get("number"), record.fields.get("title"))
        self._printed.heading(self._markers.found(name, self._head(record)))

    def _head(self, section: Record) -> Span:
        """Where its heading is printed: at its beginning, before what it holds, or elsewhere."""
        edges = cast(list[int] | None, section.fields.get("printed"))
        begins, ends = section.span.start, section.span.end
        starts = [record.span.start for record in self._inside[section.id] if record.kind != "footnote"]
        return (
            Span(*edges) if edges else Span(begins, min((start for start in starts if start >= begins), default=ends))
        )

    def _paragraph(self, record: Record) -> None:
        indent = INDENT if record.fields.get("part") == "quotation" else 0
        text = str(record.fields.get("text") or record.span.of(self._text))
        for paragraph in paragraphs(self._markers.restored(text, record.fields.get("spans"))):
            self._printed.page.folded(self._printed.reading(paragraph), indent)

    def _box(self, record: Record) -> None:
        held = [r for r in self._inside[record.id] if r.kind != "footnote" and r.fields.get("part") != FURNITURE]
        box = self._raised(record, "title") if held else self._raised(record, "title", "text")
        shown.show_box(
            box, self._text, self._printed, (lambda printed: self._framed(record, printed)) if held else None
        )

    def _framed(self, box: Record, printed: Printed) -> None:
        outside, self._printed, self._last = self._printed, printed, ""
        self._below(box.id)
        self._printed, self._last, self._apart = outside, box.kind, True


def _text(record: Record, name: str) -> str:
    return str(record.fields.get(name) or "")


def _closed_up(text: Json) -> str:
    return closed_up(str(text or ""))
