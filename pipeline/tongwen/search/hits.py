"""A query's answer: the page of hits that is asked for, with what is shown of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import cast

from tongwen.model import Record, Span
from tongwen.search import ranking
from tongwen.search.cells import TableCell, cells
from tongwen.search.finding import Finding
from tongwen.search.highlight import Reading
from tongwen.search.joints import Piece, joints
from tongwen.search.library import Library
from tongwen.search.plan import Stage
from tongwen.search.query import parse
from tongwen.search.results import Hit, Results
from tongwen.search.retrieve import Retrieval
from tongwen.search.scope import Scope

SHOWN = 2000  # code points of a hit's text: a long passage is cut around its first highlight
BEFORE = 200  # of them stand before that


def search(  # noqa: PLR0913  the options of `tongwen search`
    library: Library,
    query: str,
    *,
    kind: str | None = None,
    doc: str | None = None,
    limit: int = 10,
    offset: int = 0,
    exact_script: bool = False,
) -> Results:
    """``kind``: hits are the records of this kind around what matches. ``doc``: a shell pattern of document ids.

    ``exact_script``: only what stands in the glyphs that were typed. Raises ``QueryError``, ``UsageError``.
    """
    began = perf_counter()
    parsed = parse(query)
    finding = Finding(library, exact_script)
    retrieval = Retrieval(library.engine, finding.nesting, finding.find, Scope.of(doc, kind))
    cited = ranking.named(parsed, library.store) if kind is None and doc is None else []
    tiers = ranking.tiers(parsed, retrieval, not exact_script, library.words, cited)
    stages = [tier.stage for tier in tiers]
    hits = [_hit(library, finding, retrieval, match, stages) for match in ranking.page(tiers, offset, limit)]
    records = ranking.records(tiers)
    spellings, sampled = finding.spellings([tier.stage for tier in tiers if tier.total], records)
    read_as = [tier.stage.read_as for tier in tiers if tier.total] or [
        stage.read_as for stage in stages if stage.why != "similar"
    ]
    return Results(
        query,
        sum(tier.total for tier in tiers),
        len(records),
        round(perf_counter() - began, 4),
        tuple(read_as),
        tuple(hits),
        spellings,
        sampled,
    )


def _hit(
    library: Library, finding: Finding, retrieval: Retrieval, match: ranking.Match, stages: Sequence[Stage]
) -> Hit:
    record = library.store.record_at(match.doc, match.record)
    keys = retrieval.inside(match.doc, match.record) if match.why == "citation" else None
    readings = finding.readings(match.doc, keys or retrieval.passages(match.doc, match.record, stages))
    marks = _marks(readings, stages)
    pieces = _shown(readings, marks)
    return Hit(
        match.doc,
        record.id,
        record.kind,
        library.store.title(match.doc),
        record.label,
        record.headings,
        record.span,
        "\n".join(piece.text for piece in pieces),
        tuple(piece.span for piece in pieces),
        tuple(marks),
        match.score,
        (match.why,),
        _cells(record, readings, match, stages) if record.kind == "table" else (),
        tuple(joints(pieces, lambda span: library.store.cut(match.doc, span))),
        cast(int | None, record.fields.get("page")),
    )


def _marks(readings: Sequence[Reading], stages: Sequence[Stage]) -> list[Span]:
    rows = [wanted.row for stage in stages for wanted in stage.wanted]
    return [mark for reading in readings for mark in reading.highlights(rows)]


def _cells(
    table: Record, readings: Sequence[Reading], match: ranking.Match, stages: Sequence[Stage]
) -> tuple[TableCell, ...]:
    """Those that hold what the way asked for by which the table was found."""
    ways = [stage for stage in stages if stage.why == match.why]
    return cells(table.fields, _marks(readings, ways or stages), match.why == "words")


def _shown(readings: Sequence[Reading], marks: Sequence[Span]) -> list[Piece]:
    """The stretches of all readings, from a little before the first mark on where they are long."""
    pieces = [Piece(number, span, text) for number, reading in enumerate(readings) for span, text in reading.texts()]
    if sum(len(piece.text) for piece in pieces) > SHOWN:
        first = max(0, marks[0].start - BEFORE) if marks else pieces[0].span.start
        pieces = list(_window(pieces, first))
    return pieces


def _window(pieces: Sequence[Piece], first: int) -> Iterator[Piece]:
    left = SHOWN
    for piece in pieces:
        start = max(piece.span.start, first)
        end = min(piece.span.end, start + left)
        if start < end:
            at = piece.span.start
            yield Piece(piece.passage, Span(start, end), piece.text[start - at : end - at])
            left -= end - start
