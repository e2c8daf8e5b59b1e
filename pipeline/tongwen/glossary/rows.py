"""Concepts as the rows of ``tongwen records terms``: one for each that stands in some text, with its best forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from tongwen.concept import APPROVED, Concept, Term
from tongwen.glossary.naming import name_key
from tongwen.model import Json


def term_rows(concepts: Iterable[Concept], glob: str = "*") -> Iterator[dict[str, Json]]:
    """Approved terms in the order of the glossary, behind them candidates, the best first; none of other documents.

    ``term`` is the form that is printed most, ``doc``, ``id`` and ``span`` its first place. ``hans``, ``hant`` and
    ``en`` are the best forms; those that ``converted`` names stand in no text.
    """
    rows = [row for concept in concepts if (row := _row(concept, glob))]
    approved = [row for row in rows if row["status"] in APPROVED]
    candidates = [row for row in rows if row["status"] not in APPROVED]
    yield from approved
    yield from sorted(candidates, key=lambda row: (-_number(row["score"]), str(row["key"])))


def _number(score: Json) -> float:
    return score if isinstance(score, int | float) else 0.0


def _row(concept: Concept, glob: str) -> dict[str, Json] | None:
    there = [term for term in concept.terms if term.count and any(fnmatchcase(e.doc, glob) for e in term.found)]
    if not there:
        return None
    most = max(there, key=lambda term: term.count)
    first = next(e for e in most.found if fnmatchcase(e.doc, glob))
    forms = {name: _best(concept, tag) for name, tag in (("hans", "zh-Hans"), ("hant", "zh-Hant"), ("en", "en"))}
    return {
        "doc": first.doc,
        "id": first.record,
        "span": [first.span.start, first.span.end],
        "term": most.text,
        "key": name_key(most.text),
        **{name: form.text if form else None for name, form in forms.items()},
        "count": sum(term.count for term in concept.terms),
        "documents": max(term.documents for term in there),
        "score": most.score,
        "status": most.status,
        "concept": concept.id,
        "converted": [name for name, form in forms.items() if form and form.converted],
    }


def _best(concept: Concept, tag: str) -> Term | None:
    return next((term for term in concept.in_language(tag) if term.status != "deprecated"), None)
