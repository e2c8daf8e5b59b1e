"""What is found as records: of what is said, with the words that prove it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from tongwen.model import Document, Json, Record, Span, Structure, Text, hull
from tongwen.terms.abbreviations import Abbreviation, abbreviations
from tongwen.terms.deemings import Deeming, deemings
from tongwen.terms.definitions import articles_of, definitions
from tongwen.terms.drafting import Definition
from tongwen.terms.extensions import Extension, Extensions
from tongwen.terms.running import Place, Running
from tongwen.terms.runs import Runs


def terms(structure: Structure, text: Text, document: Document) -> tuple[Record, ...]:
    """The definitions of a document, then its abbreviations and its legal fictions, in reading order, each below the
    record it stands in."""
    around = {record.id: record for record in structure.records}
    pages = {record.id for record in structure.records if record.fields and record.fields.get("part") == "page"}
    runs = Runs([passage for passage in structure.passages if passage.record not in pages], text)
    articles = articles_of(structure.records)
    extensions = Extensions(runs, articles)
    found = definitions(around, runs, articles)
    defined = [_definition(one, extensions.of(one), n) for n, one in enumerate(found, 1)]
    short = [_abbreviation(one, n) for n, one in enumerate(abbreviations(runs), 1)]
    deemed = [_deeming(one, n) for n, one in enumerate(deemings(runs, articles.keys()), 1)]
    return tuple(_placed(record, around, document.pages) for record in (*defined, *short, *deemed))


def _definition(found: Definition, extensions: Sequence[Extension], number: int) -> Record:
    run = found.run
    term, meaning = run.span(*found.term), hull(part.span(*place) for part, place in _meaning(found))
    style = [run.span(*place) for place in found.style]
    fields: dict[str, Json] = {
        "term": run.printed[slice(*found.term)],
        "definition": "\n".join(part.printed[slice(*place)] for part, place in _meaning(found)),
        "scope": found.scope,
        "equivalent": run.printed[slice(*found.equivalent)] if found.equivalent else None,
        "includes": [_extension(one) for one in extensions if one.direction == "includes"],
        "excludes": [_extension(one) for one in extensions if one.direction == "excludes"],
        "term_span": _edges(term),
        "definition_span": _edges(meaning),
        "equivalent_span": _edges(run.span(*found.equivalent)) if found.equivalent else None,
        "style": [run.printed[slice(*place)] for place in found.style],
    }
    return Record(f"def_{number}", "definition", hull((term, meaning, *style)), run.record, fields=fields)


def _extension(found: Extension) -> Json:
    parts = [(found.run, found.place), *((run, (0, len(run.key))) for run in found.more)]
    text = "\n".join(run.printed[slice(*place)] for run, place in parts)
    return {"text": text, "span": _edges(hull(run.span(*place) for run, place in parts))}


def _deeming(found: Deeming, number: int) -> Record:
    run = found.run
    term, deemed, style = (run.span(*place) for place in (found.term, found.deemed, found.style))
    fields: dict[str, Json] = {
        "term": run.printed[slice(*found.term)],
        "deemed": run.printed[slice(*found.deemed)],
        "negated": found.negated,
        "scope": found.scope,
        "term_span": _edges(term),
        "deemed_span": _edges(deemed),
        "style": run.printed[slice(*found.style)],
    }
    return Record(f"deem_{number}", "deeming", hull((term, deemed, style)), run.record, fields=fields)


def _meaning(found: Definition) -> list[tuple[Running, Place]]:
    """Where the meaning stands: in its run, unless that only leads to others, and in those in which it goes on."""
    more = [(after, (0, len(after.key))) for after in found.more]
    leads = more and not found.run.key[slice(*found.meaning)].strip(",:-")
    return more if leads else [(found.run, found.meaning), *more]


def _abbreviation(found: Abbreviation, number: int) -> Record:
    run = found.run
    full, short = run.span(*found.full), run.span(*found.short)
    fields: dict[str, Json] = {
        "full": run.printed[slice(*found.full)],
        "abbr": run.printed[slice(*found.short)],
        "kind": found.kind,
        "sure": found.sure,
        "scope": found.scope,
        "full_span": _edges(full),
        "abbr_span": _edges(short),
    }
    return Record(f"abbr_{number}", "abbreviation", hull((full, short)), run.record, fields=fields)


def _placed(record: Record, around: Mapping[str, Record], pages: Sequence[int]) -> Record:
    """With the headings above it, and the page on which it begins where pages are known."""
    above = around[record.parent].headings if record.parent else ()
    page: dict[str, Json] = {"page": bisect_right(pages, record.span.start)} if pages else {}
    return record._replace(headings=above, fields={**record.fields, **page})


def _edges(span: Span) -> Json:
    return [span.start, span.end]
