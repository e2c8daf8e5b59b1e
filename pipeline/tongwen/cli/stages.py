"""``show --stage``: what each stage of the flow makes of a document, one thing a line, with its span."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tongwen.model import Document, Json, Record, Span, Structure

Rows = Iterator[dict[str, Json]]


def blocks(document: Document, structure: Structure, place: Span) -> Rows:
    """decode: the text as its format delimits it."""
    for block in document.blocks:
        if place.holds(block.span):
            more: dict[str, Json] = {"level": block.level, "language": block.language}
            yield {"kind": block.kind, "span": _edges(block.span), **more, "text": block.span.of(document.text)}


def key(document: Document, structure: Structure, place: Span) -> Rows:
    """normalise: the search key, character for character."""
    from tongwen.normalise import normalise  # noqa: PLC0415

    yield {"span": _edges(place), "key": place.of(normalise(document.text).key)}


def tokens(document: Document, structure: Structure, place: Span) -> Rows:
    """segment: the words of the key, which tile the text."""
    from tongwen.normalise import normalise  # noqa: PLC0415
    from tongwen.segment import segment  # noqa: PLC0415  loads its dictionary

    for token in segment(normalise(place.of(document.text))):
        yield {"span": [place.start + token.span.start, place.start + token.span.end], "word": token.word}


def records(document: Document, structure: Structure, place: Span) -> Rows:
    """structure: what was found, parents before their children."""
    for record in structure.parts:
        if place.holds(record.span):
            yield described(record)


def described(record: Record) -> dict[str, Json]:
    """A record with all it has."""
    head: dict[str, Json] = {"id": record.id, "kind": record.kind, "span": _edges(record.span)}
    around: dict[str, Json] = {"parent": record.parent, "label": record.label, "path": list(record.headings)}
    return {**head, **around, **{name: value for name, value in record.fields.items() if name not in (*head, *around)}}


def _edges(span: Span) -> list[Json]:
    return [span.start, span.end]


STAGES: dict[str, Callable[[Document, Structure, Span], Rows]] = {
    "blocks": blocks,
    "key": key,
    "tokens": tokens,
    "records": records,
}
