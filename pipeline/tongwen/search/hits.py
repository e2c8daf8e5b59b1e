"""A query's answer: the page of hits that is asked for, with what is shown of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

from tongwen.model import Span
from tongwen.search import ranking
from tongwen.search.cells import cells
from tongwen.search.finding import Finding
from tongwen.search.highlight import Reading
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
    read_as = [tier.stage.read_as for tier in tiers if tier.total] or [stage.read_as for stage in stages]
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
    rows = [wanted.row for stage in stages for wanted in stage.wanted]
    marks = [mark for reading in readings for mark in reading.highlights(rows)]
    pieces, text = _shown(readings, marks)
    return Hit(
        match.doc,
        record.id,
        record.kind,
        library.store.title(match.doc),
        record.label,
        record.headings,
        record.span,
        text,
        pieces,
        tuple(marks),
        match.score,
        (match.why,),
        cells(record.fields, marks, match.why == "words") if record.kind == "table" else (),
    )


def _shown(readings: Sequence[Reading], marks: Sequence[Span]) -> tuple[tuple[Span, ...], str]:
    """The stretches of all readings, from a little before the first mark on where they are long."""
    stretches = [(span, text) for reading in readings for span, text in reading.texts()]
    if sum(len(text) for _, text in stretches) > SHOWN:
        first = max(0, marks[0].start - BEFORE) if marks else stretches[0][0].start
        stretches = list(_window(stretches, first))
    return tuple(span for span, _ in stretches), "\n".join(text for _, text in stretches)


def _window(stretches: Sequence[tuple[Span, str]], first: int) -> Iterator[tuple[Span, str]]:
    left = SHOWN
    for span, text in stretches:
        start = max(span.start, first)
        end = min(span.end, start + left)
        if start < end:
            yield Span(start, end), text[start - span.start : end - span.start]
            left -= end - start
