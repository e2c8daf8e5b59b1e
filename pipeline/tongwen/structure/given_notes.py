"""Notes of a text with articles: those that its format tells from the text, and those printed among its lines.

The markers stay in the text of the provisions, which is given as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tongwen.model import Block, Document, Json, Passage, Record, Span, hull
from tongwen.structure.around import around
from tongwen.structure.ids import Ids
from tongwen.structure.lines import joined
from tongwen.structure.printed_notes import Note


class _Told(NamedTuple):
    """A note: ``pieces`` are its spans, its number's sign and all."""

    number: str
    anchor: int | None
    text: str
    pieces: tuple[Span, ...]


def given_notes(
    document: Document, notes: Sequence[Note], records: Sequence[Record], ids: Ids
) -> tuple[list[Record], list[Passage]]:
    told = [_given(document, block) for block in document.blocks if block.kind == "note"]
    told += [_printed(document, note) for note in notes]
    parents = around([hull(note.pieces) for note in told], records)
    out = [_record(note, parent, ids) for note, parent in zip(told, parents, strict=True)]
    return out, [Passage(record.id, note.pieces) for record, note in zip(out, told, strict=True)]


def _given(document: Document, block: Block) -> _Told:
    printed = block.span.of(document.text)
    text = printed[len(block.label) :] if printed.startswith(block.label) else printed
    anchor = next((mark.span.start for mark in document.marks if mark.note == block.span), None)
    return _Told(block.label, anchor, text.lstrip(" .、\t\u3000])）】"), (block.span,))


def _printed(document: Document, note: Note) -> _Told:
    first, *rest = pieces = tuple(line.span for line in note.lines)
    text = joined(document.text, [Span(first.start + note.text, first.end), *rest])
    return _Told(note.number, note.anchor, text, pieces)


def _record(note: _Told, parent: Record | None, ids: Ids) -> Record:
    fields: dict[str, Json] = {"number": note.number, "anchor": note.anchor, "text": note.text, "marker": None}
    above, id_ = parent.headings if parent else (), ids.unique(f"fn_{note.number}")
    return Record(id_, "footnote", hull(note.pieces), parent.id if parent else None, note.number, above, fields)
