"""Which paragraphs around a table block are its caption and its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from tongwen.model import Block, Document, Span
from tongwen.structure.captions import is_caption, is_note, is_of_figure


@dataclass(frozen=True, slots=True)
class Context:
    """A table with what belongs to it; ``bound``: where that stands in the text."""

    table: Block
    printed: str | None
    notes: tuple[str, ...]
    bound: tuple[Span, ...]


def contexts(document: Document) -> list[Context]:
    """One for each table block. Where captions stand on both sides of a table, the document's habit decides."""
    blocks, text = document.blocks, document.text
    at = [i for i, block in enumerate(blocks) if block.kind == "table"]
    above = {i for i in at if i and _captions(blocks[i - 1], text)}
    below = {i for i in at if (after := _after(blocks, i, text)) < len(blocks) and _captions(blocks[after], text)}
    prefer_below = len(below - above) > len(above - below)
    found, taken = [], set[int]()
    for i in at:
        choices = [*([i - 1] if i in above else []), *([_after(blocks, i, text)] if i in below else [])]
        caption = next((c for c in (reversed(choices) if prefer_below else choices) if c not in taken), None)
        taken |= {caption} if caption is not None else set()
        found.append(_context(document, i, caption))
    return found


def _context(document: Document, i: int, caption: int | None) -> Context:
    blocks, text = document.blocks, document.text
    notes = blocks[i + 1 : _after(blocks, i, text)]
    if caption == i + 1 + len(notes):  # notes may stand below a caption that is itself below
        notes += blocks[caption + 1 : _after(blocks, caption, text)]
    head = [blocks[caption]] if caption is not None else []
    printed = head[0].span.of(text) if head else None
    return Context(blocks[i], printed, tuple(n.span.of(text) for n in notes), tuple(b.span for b in (*head, *notes)))


def _after(blocks: Sequence[Block], i: int, text: str) -> int:
    """The first block behind ``i`` that is no note of it."""
    notes = takewhile(lambda b: b.kind in ("paragraph", "line", "note") and is_note(b.span.of(text)), blocks[i + 1 :])
    return i + 1 + sum(1 for _ in notes)


def _captions(block: Block, text: str) -> bool:
    printed = block.span.of(text)
    if block.kind == "caption":
        return not is_of_figure(printed)
    return block.kind in ("paragraph", "line", "heading") and is_caption(printed)
