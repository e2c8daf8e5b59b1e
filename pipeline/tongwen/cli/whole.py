"""A whole document as a reader wants it: what it is, what is in it, and all of its text in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import cast

from tongwen.cli.article import Printed, heading, provisions, titled
from tongwen.cli.healing import healed, paragraphs
from tongwen.cli.width import shorten, width
from tongwen.model import Document, Json, Record, Span, Structure

OUTLINED = ("section", "article", "table", "box")

Part = Record | Span
"""What is printed next: a record, or text that belongs to none of the records inside its place."""


def show(document: Document, structure: Structure, printed: Printed) -> None:
    """Print ``document``: title, metadata, outline, then its text."""
    printed.heading(document.title)
    if printed.reading.converts:
        printed.page.line(printed.reading.mark(document.id))
    for name, value in described(document).items():
        printed.page.folded(f"{name:<15} {value}", 0, 16)
    printed.page.line()
    for record in structure.records:
        if record.kind in OUTLINED:
            _outlined(record, document.text, printed)
    printed.page.line()
    for part in parts(structure.records, Span(0, len(document.text))):
        if isinstance(part, Record) and part.kind == "article":
            printed.page.line()
        show_part(part, document.text, printed)


def described(document: Document) -> Mapping[str, Json]:
    """What is known of ``document`` besides its text."""
    own: dict[str, Json] = {
        "document": document.id,
        "language": document.language,
        "format": document.format,
        "path": document.path,
        "sha256": document.sha256,
        "characters": len(document.text),
    }
    return own | {name: value for name, value in document.metadata.items() if name not in (*own, "title")}


def _outlined(record: Record, text: str, printed: Printed) -> None:
    title = printed.page.safe("  " * len(record.headings) + printed.reading(outlined(record, text)))
    column = max(16, width(record.id) + 2)
    printed.page.line(f"{record.id:<{column}}" + shorten(title, (printed.page.columns or 100) - column))


def outlined(record: Record, text: str) -> str:
    """The record's own heading, or the beginning of its text."""
    if record.kind == "article":
        return heading(record)
    header = cast(list[str], record.fields.get("header") or [])
    title = record.fields.get("title") or record.fields.get("caption") or " | ".join(header)
    return titled(record.label or record.fields.get("number"), title) or healed(record.span.of(text)[:80])


def parts(records: tuple[Record, ...], place: Span) -> Iterator[Part]:
    """``place`` in reading order, without a gap: articles and whatever holds no other record in whole, and the text
    between them."""
    inside: dict[str | None, list[Record]] = defaultdict(list)
    for record in records:
        inside[record.parent].append(record)
    yield from _parts(inside, None, place)


def _parts(inside: Mapping[str | None, list[Record]], parent: str | None, place: Span) -> Iterator[Part]:
    at = place.start
    for record in inside.get(parent, ()):
        if record.span.start > at:
            yield Span(at, record.span.start)
        if record.kind == "article" or not inside.get(record.id):
            yield record
        else:
            yield from _parts(inside, record.id, record.span)
        at = max(at, record.span.end)
    if at < place.end:
        yield Span(at, place.end)


def show_part(part: Part, text: str, printed: Printed) -> None:
    """Print one part without what stands around it."""
    if isinstance(part, Span):
        if any(character.isalnum() for character in part.of(text)):  # else it is white space or bare mark-up
            _show_text(part.of(text), printed)
    elif part.kind == "article":
        printed.heading(heading(part), "no heading is printed; inferred" if part.fields.get("inferred") else "")
        printed.provisions(provisions(part))
    elif rows := part.fields.get("rows"):
        _show_rows(part, cast(list[list[str]], rows), printed)
    else:
        _show_text(str(part.fields.get("text") or part.span.of(text)), printed)


def _show_text(text: str, printed: Printed) -> None:
    for paragraph in paragraphs(text):
        printed.page.folded(printed.reading(paragraph))


def _show_rows(table: Record, rows: list[list[str]], printed: Printed) -> None:
    caption = table.fields.get("caption")
    if caption:
        printed.heading(str(caption))
    head = cast(list[str] | None, table.fields.get("header"))
    for row in [head, *rows] if head else rows:
        cells = row[:1] if len(set(row)) == 1 else row  # one cell that spans the whole row is repeated in it
        printed.page.folded(" | ".join(printed.reading(healed(cell)) for cell in cells), 2, 2)
