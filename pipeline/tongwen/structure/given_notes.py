"""Notes of a text with articles: those that its format tells from the text.

The markers stay in the text of the provisions, which is given as printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tongwen.model import Block, Document, Json, Passage, Record
from tongwen.structure.around import around
from tongwen.structure.ids import Ids


def given_notes(document: Document, records: Sequence[Record], ids: Ids) -> tuple[list[Record], list[Passage]]:
    blocks = [block for block in document.blocks if block.kind == "note"]
    parents = around([block.span for block in blocks], records)
    out = [_note(document, block, parent, ids) for block, parent in zip(blocks, parents, strict=True)]
    return out, [Passage(record.id, (record.span,)) for record in out]


def _note(document: Document, block: Block, parent: Record | None, ids: Ids) -> Record:
    printed = block.span.of(document.text)
    text = printed[len(block.label) :] if printed.startswith(block.label) else printed
    anchor = next((mark.span.start for mark in document.marks if mark.note == block.span), None)
    fields: dict[str, Json] = {
        "number": block.label,
        "anchor": anchor,
        "text": text.lstrip(" .、\t\u3000])）】"),
        "marker": None,
    }
    above = parent.headings if parent else ()
    id_ = ids.unique(f"fn_{block.label}")
    return Record(id_, "footnote", block.span, parent.id if parent else None, block.label, above, fields)
