"""A story (the body, a text box) in reading order: its paragraphs and tables, written one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tongwen import numerals
from tongwen.decode.docx.borders import signature
from tongwen.decode.docx.changes import Changes
from tongwen.decode.docx.counters import Counters, Label
from tongwen.decode.docx.elements import child, is_on, name, number, value
from tongwen.decode.docx.grid import is_box, lay_out, read_rows, with_header
from tongwen.decode.docx.inline import Inline
from tongwen.decode.docx.layout import is_layout, printed_in
from tongwen.decode.docx.notes import Notes
from tongwen.decode.docx.runs import Runs, alternative
from tongwen.decode.docx.styles import PLAIN, Part, Styles, outlined
from tongwen.decode.docx.writer import Writer
from tongwen.model import BlockKind

_TYPED = re.compile(rf"\s*[（(]?\s*(\d+|[{numerals.CHINESE}]+)\s*[）)、.．](?!\d)", re.ASCII)
_GONE = frozenset(("del", "moveFrom"))
_KINDS: dict[str, BlockKind] = {"title": "heading", "heading": "heading", "caption": "caption", "quote": "quote"}
_UNREAD = {"altChunk": "inserted file", "subDoc": "sub-document"}


@dataclass(slots=True)
class Story:
    """``carried`` is what goes on in the next paragraph: a deleted paragraph end, a dropped capital.

    ``titles``: the paragraphs of the title style; ``tops``: the headings of the first level.
    """

    styles: Styles
    counters: Counters
    notes: Notes
    changes: Changes
    writer: Writer = field(default_factory=Writer)
    runs: Runs = field(init=False)
    carried: Inline | None = None
    frames: int = 0
    border: str = ""  # of the paragraph before
    titles: list[str] = field(default_factory=list)
    tops: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.runs = Runs(self.styles, self.notes, self.changes)

    def read(self, elements: Iterable[Element], frame: int = 0) -> None:
        """Paragraphs, tables and what may stand around them: ``frame`` is the text box in which they stand."""
        for element in elements:
            tag = name(element)
            if tag == "p":
                self._paragraph(element, frame)
            elif tag == "tbl":
                self._flush(frame)
                self._table(element, frame)
            elif tag in _GONE:
                self.changes.accept()
            elif tag in _UNREAD:
                self.changes.leave(_UNREAD[tag])
            elif tag == "AlternateContent":
                self.read([] if (chosen := alternative(element)) is None else chosen, frame)
            elif not tag.endswith("Pr"):
                self.read(element, frame)

    def box(self, elements: Iterable[Element], frame: int) -> None:
        """What stands in a box that is drawn, in ``frame`` itself where that is one."""
        if not frame:
            self.frames += 1
        self.read(elements, frame or self.frames)
        self._flush(frame or self.frames)

    def finish(self) -> None:
        self._flush(0)

    def _paragraph(self, element: Element, frame: int) -> None:
        if not len(element) and self.carried is None:
            self.border = ""
            return
        properties = child(element, "pPr")
        style = self._style(properties)
        inline, self.carried = self.carried or Inline(), None
        self.runs.read(element, self.styles.of(style), inline)
        if self._goes_on(properties):
            self.carried = inline
        else:
            self._write(
                inline,
                self._label(properties, style, inline),
                self._part(properties, style),
                frame or self._drawn(properties, style),
            )
        if child(properties, "sectPr") is not None:
            self.notes.end_section()

    def _write(self, inline: Inline, label: Label | None, part: Part, frame: int) -> None:
        boxes, inline.boxes = inline.boxes, []
        kind = _KINDS.get(part.role) or ("item" if label and not label.worded else "paragraph")
        if part.role == "quote" and label:
            kind = "item"
        whole, outside = _labelled(label, inline)
        level = part.level or (1 if part.role == "title" else label.depth if label and kind == "item" else 0)
        self._offer(whole.text[outside:].replace("\n", " ").strip(), part)
        self.writer.paragraph(whole, kind, level, frame, outside)
        self.boxes(boxes)

    def boxes(self, boxes: Iterable[Element]) -> None:
        """Text boxes, one after the other, each in a frame of its own."""
        fields, self.runs.fields = self.runs.fields, []
        for box in boxes:
            self.box(box, 0)
        self.runs.fields = fields

    def _offer(self, printed: str, part: Part) -> None:
        if printed and part.role == "title":
            self.titles.append(printed)
        elif printed and part.role == "heading" and part.level == 1:
            self.tops.append(printed)

    def _flush(self, frame: int) -> None:
        self.border = ""
        if self.carried is not None:
            inline, self.carried = self.carried, None
            self._write(inline, None, PLAIN, frame)

    def _style(self, properties: Element | None) -> str:
        named = value(child(properties, "pStyle"))
        return named if named in self.styles.styles else self.styles.default

    def _part(self, properties: Element | None, style: str) -> Part:
        """An outline level of the paragraph's own makes it a heading, or none; it makes no title or caption one."""
        part = self.styles.part(style)
        own = number(child(properties, "outlineLvl"))
        return part if own is None or part.role in ("title", "caption", "quote") else outlined(own)

    def _goes_on(self, properties: Element | None) -> bool:
        """Whether the next paragraph goes on in the same line: its end is deleted, or it is a dropped capital."""
        mark = child(properties, "rPr")
        if child(mark, "ins") is not None or child(mark, "moveTo") is not None:
            self.changes.accept()
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self.changes.accept()
            return True
        return value(child(properties, "framePr"), "dropCap") in ("drop", "margin")

    def _label(self, properties: Element | None, style: str, inline: Inline) -> Label | None:
        """The automatic number before a paragraph; a paragraph that is hidden does not count."""
        own = child(properties, "numPr")
        num_id = value(child(own, "numId")) or self.styles.of(style).num_id or ""
        hidden = is_on(child(properties, "rPr", "vanish")) and not inline.length
        if not self.counters.knows(num_id) or hidden:
            return None
        level = number(child(own, "ilvl"))
        if level is None and child(own, "numId") is None:
            level = self.styles.of(style).level
        return self.counters.count(num_id, self.counters.level_of(num_id, style) if level is None else level)

    def _drawn(self, properties: Element | None, style: str) -> int:
        """The number of the frame that is drawn around the paragraph and those beside it; 0 where there is none."""
        border = self._border(properties, style)
        if border and border != self.border:
            self.frames += 1
        self.border = border
        return self.frames if border else 0

    def _border(self, properties: Element | None, style: str) -> str:
        if (placed := child(properties, "framePr")) is not None:
            return " ".join(f"{key}={said}" for key, said in sorted(placed.items()))
        own = signature(child(properties, "pBdr"))
        return (self.styles.of(style).border or "") if own is None else own

    def _table(self, table: Element, frame: int) -> None:
        rows = [row for row in read_rows(table, self.changes) if row.cells]
        if not rows:
            return
        lined = is_box(table, rows, self.styles)
        if is_layout(rows, printed_in, lined):
            drawn = lined and max(len(row.cells) for row in rows) == 1
            cells = (element for row in rows for cell in row.cells for element in (*cell, _END))
            self.box(cells, frame) if drawn else self.read(cells, frame)
            return
        boxes: list[Element] = []
        grid = with_header(lay_out(rows, lambda cell: self._cell(cell, boxes)), table, self.styles)
        self.writer.table(grid, frame)
        self.boxes(boxes)

    def _cell(self, cell: Element, boxes: list[Element]) -> Inline:
        inline = self.flat(cell, " ")
        boxes += inline.boxes
        return inline

    def flat(self, container: Element, joint: str) -> Inline:
        """What is printed of all paragraphs in a cell or a note, in one piece, with ``joint`` between two of them."""
        whole, goes_on = Inline(), True
        for paragraph in paragraphs(container):
            properties = child(paragraph, "pPr")
            style, inline = self._style(properties), Inline()
            self.runs.read(paragraph, self.styles.of(style), inline)
            inline, _ = _labelled(self._label(properties, style, inline), inline)
            whole.write("" if goes_on or not inline.text.strip() else joint)
            whole.add(inline)
            goes_on = self._goes_on(properties) or not whole.text.strip()
        return whole


_END = Element("tcPr")  # between two cells


def _labelled(label: Label | None, inline: Inline) -> tuple[Inline, int]:
    """What is printed with its number before it, and how much of it is a bullet or a mere repetition."""
    if label is None or (label.bullet and not inline.text.strip()):
        return inline, 0
    whole = Inline()
    whole.write(label.text)
    whole.add(inline)
    return whole, len(label.text) if label.bullet or _repeats(inline.text, label.value) else 0


def _repeats(printed: str, value: int) -> bool:
    """Whether the author has typed the same number, as in 1. (1), which converters make of lists without numbers."""
    match = _TYPED.match(printed)
    return match is not None and numerals.number(match[1]) == value


def paragraphs(container: Element) -> Iterator[Element]:
    """All paragraphs in a cell or a note, those of tables in it too."""
    for element in container:
        tag = name(element)
        if tag == "p":
            yield element
        elif tag not in _GONE and not tag.endswith("Pr"):
            yield from paragraphs(element)
