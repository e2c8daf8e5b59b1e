"""A query's answer: the page of hits that is asked for, with what is shown of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from time import perf_counter
from typing import cast

from tongwen.model import Record, Span
from tongwen.search import ranking
from tongwen.search.cells import TableCell, cells
from tongwen.search.expansion import expanded
from tongwen.search.finding import Finding
from tongwen.search.highlight import Reading
from tongwen.search.joints import Piece, joints
from tongwen.search.library import Library
from tongwen.search.plan import Stage, denied
from tongwen.search.query import parse
from tongwen.search.results import Hit, Results
from tongwen.search.retrieve import Retrieval
from tongwen.search.scope import Scope
from tongwen.search.thesaurus import Thesaurus

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
    thesaurus: Thesaurus | None = None,
    spelled: bool = False,
    group: bool = False,
) -> Results:
    """``kind``: hits are the records of this kind around what matches. ``doc``: a shell pattern of document ids.

    ``exact_script``: only what stands in the glyphs that were typed. ``thesaurus``: what is typed is looked for by its
    other names too, unless it is the glyphs that count. ``spelled``: it is counted how what was typed is written in the
    hits, for which up to 200 passages must be read. ``group``: the best hits of each document together, where ``limit``
    and ``offset`` count documents. Raises ``QueryError``, ``UsageError``.
    """
    began = perf_counter()
    parsed = parse(query)
    finding = Finding(library, exact_script)
    retrieval = Retrieval(library.engine, finding.nesting, finding.find, Scope.of(doc, kind))
    cited = ranking.named(parsed, library.store) if kind is None and doc is None else []
    parsed, wider = expanded(parsed, thesaurus) if thesaurus and not exact_script else (parsed, None)
    tiers = ranking.tiers(parsed, retrieval, not exact_script, library.words, cited, wider)
    tiers = ranking.weighed(tiers, parsed, library.store)
    matches = (ranking.grouped if group else ranking.page)(tiers, offset, limit)
    hits = _hits(library, finding, retrieval, matches, tiers)
    told = [tier.stage for tier in tiers if tier.total] if spelled else []
    spellings, sampled = finding.spellings(told, ranking.records(tiers)) if told else ({}, False)
    return Results(
        query,
        sum(tier.total for tier in tiers),
        len(set().union(*(tier.scores.docs for tier in tiers))),
        round(perf_counter() - began, 4),
        tuple(dict.fromkeys((*_read_as(tiers), *denied(parsed)))),
        tuple(hits),
        spellings,
        sampled,
    )


def _read_as(tiers: Sequence[ranking.Tier]) -> Iterator[str]:
    """The ways that found something, or all where none did; what the glossary gave, whether it found more or not."""
    found = any(tier.total for tier in tiers)
    for tier in tiers:
        if tier.total or tier.stage.why == "glossary" or not (found or tier.stage.why == "similar"):
            yield from tier.stage.read_as


def _hits(
    library: Library,
    finding: Finding,
    retrieval: Retrieval,
    matches: Sequence[ranking.Match],
    tiers: Sequence[ranking.Tier],
) -> list[Hit]:
    """All that is shown of a page is asked for together."""
    stages = [tier.stage for tier in tiers]
    heads = library.store.heads([(match.doc, match.record) for match in matches])
    keys = _keys(retrieval, matches, [tier.stage for tier in tiers if tier.holds])
    pieces = library.store.stretches(key for one in keys for key in one)
    return [
        _hit(library, finding, match, stages, head, {key: pieces[key] for key in one})
        for match, head, one in zip(matches, heads, keys, strict=True)
    ]


def _keys(retrieval: Retrieval, matches: Sequence[ranking.Match], stages: Sequence[Stage]) -> list[list[int]]:
    """Of each match the passages that are shown: of a place that was named, all."""
    found = retrieval.passages([(match.doc, match.record) for match in matches], stages)
    return [
        (retrieval.inside(match.doc, match.record) if match.why == "citation" else None) or keys
        for match, keys in zip(matches, found, strict=True)
    ]


def _hit(  # noqa: PLR0913, PLR0917  what was asked, where it is looked up, and what was found
    library: Library,
    finding: Finding,
    match: ranking.Match,
    stages: Sequence[Stage],
    record: Record,
    passages: Mapping[int, tuple[Span, ...]],
) -> Hit:
    readings = [Reading.of(match.doc, pieces, library.store.cut) for pieces in passages.values()]
    marks = _marks(finding, match.doc, readings, stages)
    ways = _ways(match, stages)
    by = marks if len(ways) == len(stages) else _marks(finding, match.doc, readings, ways)
    pieces = _shown(readings, by or marks)
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
        _why(finding, match, passages.keys(), stages),
        _cells(record, by, match, ways) if record.kind == "table" else (),
        tuple(joints(pieces, lambda span: library.store.cut(match.doc, span))),
        cast(int | None, record.fields.get("page")),
        match.in_document,
    )


def _why(finding: Finding, match: ranking.Match, keys: Collection[int], stages: Sequence[Stage]) -> tuple[str, ...]:
    """The way that found it; by the glossary, the entries of what stands for each part that is not there as typed."""
    if match.why != "glossary":
        return (match.why,)
    groups = [group for stage in stages if stage.why == "glossary" for group in stage.groups]
    there = [[w for w in group if not finding.find(w).of(match.doc).keys().isdisjoint(keys)] for group in groups]
    other = [group for group in there if all(wanted.meanings for wanted in group)] or there
    entries = (entry for group in other for wanted in group for entry in finding.entries(wanted, match.doc))
    return tuple(dict.fromkeys(f"glossary:{entry}" for entry in entries))


def _marks(finding: Finding, doc: str, readings: Sequence[Reading], stages: Sequence[Stage]) -> list[Span]:
    return finding.marks(doc, readings, [wanted for stage in stages for wanted in stage.wanted])


def _ways(match: ranking.Match, stages: Sequence[Stage]) -> Sequence[Stage]:
    """Those by which it was found."""
    return [stage for stage in stages if stage.why == match.why] or stages


def _cells(table: Record, marks: Sequence[Span], match: ranking.Match, ways: Sequence[Stage]) -> tuple[TableCell, ...]:
    """Those that hold what the way asked for by which the table was found."""
    several = match.why == "glossary" and all(len(way.groups) > 1 for way in ways)
    return cells(table.fields, marks, several or match.why == "words")


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
