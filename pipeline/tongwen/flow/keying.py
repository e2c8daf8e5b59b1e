"""What a search engine gets of a passage; apart from reading, as an engine is filled and emptied without any stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tongwen.model import Passage, Span, Text
from tongwen.search.highlight import Reading


def key_text(text: str, pieces: Sequence[Span]) -> str:
    """What the search engine gets of a passage: exactly what its matches are later looked up in."""
    return Reading.of("", pieces, lambda _, span: span.of(text)).key


def key_texts(text: Text, passages: Iterable[Passage]) -> list[str]:
    """The key text of each passage. A piece has the key that it has inside its text, which is folded already."""
    return [p.pieces[0].of(text.key) if len(p.pieces) == 1 else key_text(text.original, p.pieces) for p in passages]
