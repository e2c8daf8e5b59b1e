"""Tables drawn with box characters inside articles, as Taiwan's statutes print them: records of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from tongwen.model import Document, Passage, Record, Span, hull
from tongwen.structure.flat import drawn
from tongwen.structure.lines import DRAWN, Line
from tongwen.structure.tables import TableContent, content_of_flat, fields_of, passages_of, smallest

_TEXT = re.compile(r"[^\s\u2500-\u257f|+=-](?:[^\n\u2500-\u257f|]*[^\s\u2500-\u257f|+=-])?")


def drawn_tables(
    document: Document, key: str, lines: Sequence[Line], records: Sequence[Record], new_id: Callable[[str], str]
) -> tuple[list[Record], list[Passage], list[Span]]:
    """The tables in ``lines``, the passages of their cells, and the spans of the lines that now belong to them."""
    out, passages, spans = [], [], []
    for table in drawn(lines, key) if DRAWN.search(key) and any(line.drawn for line in lines) else ():
        content = content_of_flat(table, document.text, None)
        own = [lines[i].span for i in table.lines]
        record = _record(content, hull(own), records, new_id)
        cells = passages_of(record.id, content)
        inside = [piece for cell in cells for piece in cell.pieces]
        out.append(record)
        passages += cells
        passages += [Passage(record.id, (span,)) for span in beside(document.text, own, inside)]
        spans += own
    return out, passages, spans


def _record(content: TableContent, span: Span, records: Sequence[Record], new_id: Callable[[str], str]) -> Record:
    around = smallest(span, records)
    above = (*around.headings, around.label) if around and around.label else around.headings if around else ()
    id_ = new_id(f"table_{content.number}" if content.number else "table")
    return Record(id_, "table", span, around.id if around else None, content.label, above, fields_of(content))


def beside(text: str, lines: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """What stands on a table's lines in none of the pieces that are ``taken``, rules and blanks aside."""
    apart = _apart(taken)
    rest = [part for line in sorted(lines) for part in _rest(line, apart)]
    return [Span(part.start + m.start(), part.start + m.end()) for part in rest for m in _TEXT.finditer(part.of(text))]


def without(passages: Iterable[Passage], spans: Sequence[Span]) -> list[Passage]:
    """The passages without the text in ``spans``; those that are nothing else are gone."""
    if not spans:
        return list(passages)
    out, apart = [], _apart(spans)
    for passage in passages:
        pieces = tuple(rest for piece in passage.pieces for rest in _rest(piece, apart))
        if pieces:
            out.append(Passage(passage.record, pieces))
    return out


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that share text as one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _rest(piece: Span, apart: Sequence[Span]) -> Iterator[Span]:
    start = piece.start
    for at in range(bisect_right(apart, start, key=lambda span: span.end), len(apart)):
        span = apart[at]
        if span.start >= piece.end:
            break
        if span.start > start:
            yield Span(start, span.start)
        start = span.end
    if start < piece.end:
        yield Span(start, piece.end)
