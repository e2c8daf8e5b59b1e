"""What the package found in a file, in the terms of the truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tongwen.flow.processing import Processed
from tongwen.model import Record

Fields = dict[str, Any]

_WITHIN = ("box", "table", "list", "footnote", "figure")


@dataclass(slots=True)
class Found:
    """The records of a document by kind; ``paragraphs`` are those that stand in no other record but sections."""

    text: str
    headings: list[tuple[Fields, int]] = field(default_factory=list)
    paragraphs: list[Fields] = field(default_factory=list)
    items: list[tuple[Fields, int]] = field(default_factory=list)
    notes: list[Fields] = field(default_factory=list)
    boxes: list[Fields] = field(default_factory=list)
    tables: list[Fields] = field(default_factory=list)
    figures: list[Fields] = field(default_factory=list)


def found(processed: Processed) -> Found:
    out = Found(processed.document.text)
    within: dict[str, str | None] = {}
    for record in processed.structure.records:
        fields: Fields = dict(record.fields)
        frame = _frame(record, within)
        within[record.id] = record.kind if record.kind in _WITHIN else frame
        if record.kind == "section":
            out.headings.append((fields, fields.get("level") or 0))
        elif record.kind == "paragraph" and frame is None:
            out.paragraphs.append(fields)
        elif record.kind == "list" and frame is None:
            out.items += _items(fields.get("items") or [], 1)
        elif record.kind == "footnote":
            out.notes.append(fields)
        elif record.kind == "box":
            out.boxes.append(fields)
        elif record.kind == "table":
            out.tables.append(fields)
        elif record.kind == "figure":
            out.figures.append(fields)
    return out


def _frame(record: Record, within: dict[str, str | None]) -> str | None:
    """The kind of record around this one that keeps it from standing in the body."""
    return within.get(record.parent) if record.parent else None


def _items(items: list[Fields], level: int) -> list[tuple[Fields, int]]:
    """Items with their depth, whether they are nested or say their ``level``."""
    out: list[tuple[Fields, int]] = []
    for item in items:
        out.append((item, item.get("level") or level))
        out += _items(item.get("items") or [], level + 1)
    return out
