"""A text as a reader wants it, in reading order: what its records hold, and between them what its blocks hold."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tongwen.cli import report, shown
from tongwen.cli.article import Printed, heading, provisions
from tongwen.cli.healing import closed_up, paragraphs
from tongwen.model import BlockKind, Document, Record, Span, Structure

APART = ("article", "table", "box")
"""Kinds that stand between blank lines."""


class Gap(NamedTuple):
    """Text that belongs to none of the records inside its place; ``heading``: that of the division that it begins."""

    span: Span
    heading: str = ""


Part = Record | Gap
"""What is printed next."""


def show(document: Document, structure: Structure, printed: Printed, within: Record | None = None) -> None:
    """Print all of ``document``, or of its record ``within``: what has articles as it stands in the file."""
    if not any(record.kind == "article" for record in structure.parts):
        report.show(document, structure.parts, printed, within)
        return
    if within and not any(record.parent == within.id for record in structure.parts):
        show_record(within, document.text, printed)
        return
    body = _Body(document, printed)
    for part in parts(structure.parts, within or Span(0, len(document.text))):
        body.print(part)


def parts(records: tuple[Record, ...], place: Record | Span) -> Iterator[Part]:
    """``place`` in reading order, without a gap: articles and whatever holds no other record in whole, and the text
    between them."""
    inside: dict[str | None, list[Record]] = defaultdict(list)
    for record in records:
        inside[record.parent].append(record)
    yield from _parts(inside, place)


def _parts(inside: Mapping[str | None, list[Record]], place: Record | Span) -> Iterator[Part]:
    span, parent = (place.span, place.id) if isinstance(place, Record) else (place, None)
    head = place.label if isinstance(place, Record) and place.kind == "section" else ""
    at = span.start
    for record in inside.get(parent, ()):
        if record.span.start > at:
            yield Gap(Span(at, record.span.start), head)
        whole = record.kind == "article" or not (inside.get(record.id) or record.kind == "section")
        yield from (record,) if whole else _parts(inside, record)
        at, head = max(at, record.span.end), ""
    if at < span.end:
        yield Gap(Span(at, span.end), head)


class _Body:
    """What was printed last decides where a blank line is due."""

    def __init__(self, document: Document, printed: Printed) -> None:
        self._document, self._printed = document, printed
        self._starts = [block.span.start for block in document.blocks]
        self._begun = self._due = False

    def print(self, part: Part) -> None:
        if isinstance(part, Gap):
            self._gap(part)
        else:
            self._part_off(part.kind in APART, part.kind in APART)
            show_record(part, self._document.text, self._printed)

    def _part_off(self, before: bool, after: bool = False) -> None:
        if self._begun and (before or self._due):
            self._printed.page.line()
        self._begun, self._due = True, after

    def _gap(self, gap: Gap) -> None:
        head = gap.heading
        for text, is_heading in self._texts(gap.span):
            for paragraph in paragraphs(text):
                self._part_off(bool(head) or is_heading)
                if head or is_heading:
                    # its number and its title may be printed on lines of their own
                    self._printed.heading(head if closed_up(head) == closed_up(paragraph) else paragraph)
                else:
                    self._printed.page.folded(self._printed.reading(paragraph))
                head = ""

    def _texts(self, place: Span) -> Iterator[tuple[str, bool]]:
        """What the blocks hold of ``place``, lines that follow each other as one, and whether it is a heading."""
        text, merged = self._document.text, list[tuple[Span, BlockKind]]()
        for span, kind in self._pieces(place):
            last, before = merged[-1] if merged else (span, None)
            if kind == before == "line" and not text[last.end : span.start].strip():
                merged[-1] = Span(last.start, span.end), kind
            else:
                merged.append((span, kind))
        return ((span.of(text), kind == "heading") for span, kind in merged)

    def _pieces(self, place: Span) -> Iterator[tuple[Span, BlockKind]]:
        """The parts of blocks that lie in ``place``, but for rules and bare mark-up."""
        for block in self._document.blocks[max(0, bisect_right(self._starts, place.start) - 1) :]:
            if block.span.start >= place.end:
                return
            start, end = max(place.start, block.span.start), min(place.end, block.span.end)
            if start < end and any(character.isalnum() for character in self._document.text[start:end]):
                yield Span(start, end), block.kind


def show_record(record: Record, text: str, printed: Printed) -> None:
    """Print a record of the document ``text`` without what stands around it."""
    if record.kind == "article":
        printed.heading(heading(record), "no heading is printed; inferred" if record.fields.get("inferred") else "")
        printed.provisions(provisions(record))
    elif record.kind == "table":
        shown.show_table({**record.fields, "label": record.label}, printed)
    elif record.kind == "box":
        shown.show_box(record, text, printed)
    elif record.kind == "list":
        shown.show_list(shown.items(record), printed)
    elif record.kind == "figure":
        shown.show_figure(record, printed)
    else:
        for paragraph in paragraphs(str(record.fields.get("text") or record.span.of(text))):
            printed.page.folded(printed.reading(paragraph))
