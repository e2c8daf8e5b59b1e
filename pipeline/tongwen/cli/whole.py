"""A whole document: what it is, what is in it, and all of its text in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from tongwen.cli import body
from tongwen.cli.article import Printed, heading, titled
from tongwen.cli.healing import healed
from tongwen.cli.width import shorten, width
from tongwen.model import Document, Json, Record, Structure

OUTLINED = ("section", "article", "table", "box", "figure")
FIRST = ("language", "date")
"""What a reader wants to know of a document before its text; the rest stands after it."""


def show(document: Document, structure: Structure, printed: Printed) -> None:
    """Print ``document``: title, outline, text, and what else is known of it."""
    known = described(document)
    printed.heading(document.title)
    if printed.reading.converts:
        printed.page.line(printed.reading.mark(document.id))
    _facts({name: known[name] for name in FIRST if name in known}, printed)
    printed.page.line()
    _outline([record for record in structure.parts if record.kind in OUTLINED], document.text, printed)
    body.show(document, structure, printed)
    printed.page.line()
    _facts({name: value for name, value in known.items() if name not in FIRST}, printed)


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


def _facts(known: Mapping[str, Json], printed: Printed) -> None:
    for name, value in known.items():
        printed.page.folded(f"{name:<15} {value}", 0, 16)


def _outline(records: Iterable[Record], text: str, printed: Printed) -> None:
    records = list(records)
    for record in records:
        title = printed.page.safe("  " * len(record.headings) + printed.reading(outlined(record, text)))
        column = max(16, width(record.id) + 2)
        room = printed.page.columns - column if printed.page.columns else width(title)
        printed.page.line(f"{record.id:<{column}}" + shorten(title, room))
    if records:
        printed.page.line()


def outlined(record: Record, text: str) -> str:
    """The record's own heading, or the beginning of its text."""
    if record.kind == "article":
        return heading(record)
    header = [label or "" for label in cast(list[str | None], record.fields.get("header") or [])]
    title = record.fields.get("title") or record.fields.get("caption") or " | ".join(header)
    return titled(record.label or record.fields.get("number"), title) or healed(record.span.of(text)[:80])
