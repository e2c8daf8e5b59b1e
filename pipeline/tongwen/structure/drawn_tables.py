"""Tables drawn with box characters inside articles, as Taiwan's statutes print them: records of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tongwen.model import Document, Passage, Record, Span, hull
from tongwen.structure.flat import FlatTable, drawn
from tongwen.structure.lines import Line
from tongwen.structure.tables import content_of_flat, fields_of, passages_of, smallest

_TEXT = re.compile(r"[^\s\u2500-\u257f|+=-](?:[^\n\u2500-\u257f|]*[^\s\u2500-\u257f|+=-])?")


def drawn_tables(
    document: Document, key: str, lines: Sequence[Line], records: Sequence[Record], new_id: Callable[[str], str]
) -> tuple[list[Record], list[Passage], list[Span]]:
    """The tables in ``lines``, the passages of their cells, and the spans of the lines that now belong to them."""
    out, passages, spans = [], [], []
    for table in drawn(lines, key) if any(line.drawn for line in lines) else ():
        record = _record(document, table, lines, records, new_id)
        content = content_of_flat(table, document.text, None)
        out.append(record)
        passages += passages_of(record.id, content)
        cells = [piece for passage in passages_of(record.id, content) for piece in passage.pieces]
        own = [lines[i].span for i in table.lines]
        passages += [Passage(record.id, (span,)) for span in beside(document.text, own, cells)]
        spans += own
    return out, passages, spans


def _record(
    document: Document,
    table: FlatTable,
    lines: Sequence[Line],
    records: Sequence[Record],
    new_id: Callable[[str], str],
) -> Record:
    content = content_of_flat(table, document.text, None)
    span = hull(lines[i].span for i in table.lines)
    around = smallest(span, records)
    above = (*around.headings, around.label) if around and around.label else around.headings if around else ()
    id_ = new_id(f"table_{content.number}" if content.number else "table")
    return Record(id_, "table", span, around.id if around else None, content.label, above, fields_of(content))


def beside(text: str, lines: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """What stands on a table's lines in none of the pieces that are ``taken``, rules and blanks aside."""
    rest = [part for line in sorted(lines) for part in _rest(line, sorted(taken))]
    return [Span(part.start + m.start(), part.start + m.end()) for part in rest for m in _TEXT.finditer(part.of(text))]


def without(passages: Iterable[Passage], spans: Sequence[Span]) -> list[Passage]:
    """The passages without the text in ``spans``; those that are nothing else are gone."""
    if not spans:
        return list(passages)
    out = []
    for passage in passages:
        pieces = tuple(rest for piece in passage.pieces for rest in _rest(piece, spans))
        if pieces:
            out.append(Passage(passage.record, pieces))
    return out


def _rest(piece: Span, spans: Sequence[Span]) -> Iterable[Span]:
    start = piece.start
    for span in spans:
        if span.start >= piece.end or span.end <= start:
            continue
        if span.start > start:
            yield Span(start, span.start)
        start = max(start, span.end)
    if start < piece.end:
        yield Span(start, piece.end)
