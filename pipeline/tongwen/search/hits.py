"""A query's answer: the page of hits that is asked for, with what is shown of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from time import perf_counter

from tongwen.errors import UsageError
from tongwen.model import Json, Span
from tongwen.nesting import KINDS
from tongwen.search import plan
from tongwen.search.finding import Finding
from tongwen.search.highlight import Reading
from tongwen.search.library import Library
from tongwen.search.query import parse
from tongwen.search.retrieve import Match, Retrieval, Scope

SHOWN = 2000  # code points of a hit's text: a long passage is cut around its first highlight
BEFORE = 200  # of them stand before that


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that matches. ``text``: its matching passages in original glyphs, which stand at ``pieces``.

    ``span`` is the record's, ``highlights`` are spans of the document's original text.
    """

    doc: str
    id: str
    kind: str
    title: str
    label: str
    path: tuple[str, ...]
    span: Span
    text: str
    pieces: tuple[Span, ...]
    highlights: tuple[Span, ...]
    score: float
    why: tuple[str, ...]

    def json(self) -> dict[str, Json]:
        return {
            "doc": self.doc,
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "label": self.label,
            "path": list(self.path),
            "span": [self.span.start, self.span.end],
            "text": self.text,
            "pieces": [[piece.start, piece.end] for piece in self.pieces],
            "highlights": [[mark.start, mark.end] for mark in self.highlights],
            "score": self.score,
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True)
class Results:
    """``spellings``: how often each writing of what was asked for stands in the first ``spellings_in`` documents.

    ``documents``: in how many documents something was found; where that is more, the spellings are a sample.
    """

    query: str
    total: int
    documents: int
    seconds: float
    read_as: tuple[str, ...]
    hits: tuple[Hit, ...]
    spellings: dict[str, int] = field(default_factory=dict)
    spellings_in: int = 0

    def json(self) -> dict[str, Json]:
        return {
            "query": self.query,
            "total": self.total,
            "documents": self.documents,
            "seconds": self.seconds,
            "read_as": list(self.read_as),
            "spellings": dict(self.spellings),
            "spellings_in": self.spellings_in,
            "hits": [hit.json() for hit in self.hits],
        }


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
    if kind is not None and kind not in KINDS:
        raise UsageError(f"There are no hits of the kind {kind!r}.", f"Known are: {', '.join(KINDS)}.")
    parsed = parse(query)
    finding = Finding(library, exact_script)
    retrieval = Retrieval(library.engine, finding.nesting, finding.find, Scope(doc, kind))
    without = plan.without(parsed)
    tiers, stages = _tiers(retrieval, plan.close(parsed), without)
    if not tiers:
        tiers, stages = _tiers(retrieval, plan.loose(parsed), without)
    if not tiers and not exact_script:
        stages = [plan.similar(parsed)]
        tiers = [tier for tier in [retrieval.similar(stages[0], without)] if tier]
    page = _page(tiers, offset, limit)
    docs = {match.doc for tier in tiers for match in tier}
    spellings, counted = finding.spellings(stages, [match.doc for match in page] + sorted(docs))
    read_as = tuple(stage.read_as for stage in stages)
    hits = tuple(_hit(library, finding, match, stages) for match in page)
    total = sum(map(len, tiers))
    return Results(query, total, len(docs), round(perf_counter() - began, 4), read_as, hits, spellings, counted)


def _tiers(
    retrieval: Retrieval, stages: list[plan.Stage], without: Sequence[plan.Wanted]
) -> tuple[list[list[Match]], list[plan.Stage]]:
    """What each stage finds that none before it has; empty ones are left out."""
    seen: set[tuple[str, int]] = set()
    tiers = []
    for stage in stages:
        matches = retrieval.matches(stage, without)
        tier = [m for m in matches if (m.doc, m.record) not in seen] if seen else matches
        if tier:
            tiers.append(tier)
            seen.update([(m.doc, m.record) for m in tier] if stage is not stages[-1] else ())
    return tiers, stages


def _page(tiers: Sequence[list[Match]], offset: int, limit: int) -> list[Match]:
    page: list[Match] = []
    for tier in tiers:
        wanted = offset + limit - len(page)
        page += nsmallest(wanted, tier, key=Match.order) if wanted > 0 else []
    return page[offset:]


def _hit(library: Library, finding: Finding, match: Match, stages: Sequence[plan.Stage]) -> Hit:
    record = library.store.record_at(match.doc, match.record)
    rows = [wanted.row for stage in stages for group in stage.groups for wanted in group]
    readings = finding.readings(match.doc, match.keys)
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
