"""Notes of a text with articles: those that its format tells from the text.

The markers stay in the text of the provisions, which is given as printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tongwen.model import Block, Document, Json, Passage, Record
from tongwen.structure.ids import Ids
from tongwen.structure.tables import smallest


def given_notes(document: Document, records: Sequence[Record]) -> tuple[list[Record], list[Passage]]:
    ids = Ids()
    out = [_note(document, block, records, ids) for block in document.blocks if block.kind == "note"]
    return out, [Passage(record.id, (record.span,)) for record in out]


def _note(document: Document, block: Block, records: Sequence[Record], ids: Ids) -> Record:
    printed = block.span.of(document.text)
    text = printed[len(block.label) :] if printed.startswith(block.label) else printed
    anchor = next((mark.span.start for mark in document.marks if mark.note == block.span), None)
    fields: dict[str, Json] = {
        "number": block.label,
        "anchor": anchor,
        "text": text.lstrip(" .、\t\u3000])）】"),
        "marker": None,
    }
    around = smallest(block.span, records)
    above = around.headings if around else ()
    id_ = ids.unique(f"fn_{block.label}")
    return Record(id_, "footnote", block.span, around.id if around else None, block.label, above, fields)
