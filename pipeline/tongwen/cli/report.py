"""A text without articles as its authors meant it: record by record in reading order, whatever the order in print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tongwen.cli import shown
from tongwen.cli.article import INDENT, Printed, titled
from tongwen.cli.healing import paragraphs
from tongwen.cli.markers import Markers
from tongwen.model import Document, Json, Record

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
    walk.below(None) if within is None else walk.record(within)
    walk.notes()


class _Walk:
    """What was printed last decides where a blank line is due."""

    def __init__(self, document: Document, records: Sequence[Record], printed: Printed) -> None:
        self._text, self._title, self._printed = document.text, _closed_up(document.title), printed
        self._inside: dict[str | None, list[Record]] = defaultdict(list)
        for record in records:
            self._inside[record.parent].append(record)
        self._markers = Markers(document.text, [record for record in records if record.kind == "footnote"])
        self._notes: list[Record] = []
        self._last, self._part, self._apart = "", "", False

    def below(self, parent: str | None) -> None:
        for record in self._inside[parent]:
            self.record(record)

    def record(self, record: Record) -> None:
        if record.kind == "footnote":
            self._notes.append(record)
        elif record.fields.get("part") != FURNITURE and not self._is_title(record):
            self._part_off(record)
            self._print(record)

    def _is_title(self, record: Record) -> bool:
        """Whether it says no more than the title above all."""
        return record.fields.get("part") == "title" and _closed_up(record.fields.get("text")) == self._title

    def notes(self) -> None:
        """Those whose text the file has, behind a rule."""
        told = [note for note in self._notes if note.fields.get("text")]
        page = self._printed.page
        if told:
            page.line()
            page.line(page.paint("─" * 12, "faint"))
        for note in told:
            shown.show_note(note, self._printed)

    def _print(self, record: Record) -> None:
        if record.kind == "box":
            self._box(record)
            return
        if record.kind == "list":
            shown.show_list([self._marked(item) for item in shown.items(record)], self._printed)
        elif record.kind == "table":
            shown.show_table({**record.fields, "label": record.label}, self._printed)
        elif record.kind == "figure":
            shown.show_figure(record, self._printed)
        else:
            self._heading(record) if record.kind == "section" else self._paragraph(record)
        self.below(record.id)

    def _marked(self, item: shown.Item) -> shown.Item:
        text = self._markers.restored(item["label"] + item["text"], item.get("spans"))
        return {**item, "text": text[len(item["label"]) :]}

    def _part_off(self, record: Record) -> None:
        """A blank line where one is due, and the name of a part that begins."""
        page, part = self._printed.page, str(record.fields.get("part") or "")
        long = len(str(record.fields.get("text") or "")) > LONG
        if self._last and (self._apart or record.kind in APART or long or part != self._part):
            page.line()
        if part not in (*PLAIN, self._part):
            page.line(page.paint(f"[{part}]", "faint"))
        self._last, self._part, self._apart = record.kind, part, long or record.kind in APART

    def _heading(self, record: Record) -> None:
        self._printed.heading(titled(record.label or record.fields.get("number"), record.fields.get("title")))

    def _paragraph(self, record: Record) -> None:
        indent = INDENT if record.fields.get("part") == "quotation" else 0
        text = str(record.fields.get("text") or record.span.of(self._text))
        for paragraph in paragraphs(self._markers.restored(text, record.fields.get("spans"))):
            self._printed.page.folded(self._printed.reading(paragraph), indent)

    def _box(self, record: Record) -> None:
        held = [r for r in self._inside[record.id] if r.kind != "footnote" and r.fields.get("part") != FURNITURE]
        shown.show_box(
            record, self._text, self._printed, (lambda printed: self._framed(record, printed)) if held else None
        )

    def _framed(self, box: Record, printed: Printed) -> None:
        outside, self._printed, self._last = self._printed, printed, ""
        self.below(box.id)
        self._printed, self._last, self._apart = outside, box.kind, True


def _closed_up(text: Json) -> str:
    return "".join(str(text or "").split())
