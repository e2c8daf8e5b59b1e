"""Concepts as JSON and back: what ``--json`` prints, and how a glossary is kept from one call to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tongwen.concept import Concept, Definition, Evidence, Link, Term
from tongwen.model import Json, Span


def as_json(concept: Concept) -> dict[str, Json]:
    """Everything that is known of a concept; ``attested`` of a term says whether some text of the library has it."""
    return {
        "id": concept.id,
        "name": concept.name,
        "subject": concept.subject,
        "origin": concept.origin,
        "terms": [_term(term) for term in concept.terms],
        "definitions": [_definition(definition) for definition in concept.definitions],
        "notes": list(concept.notes),
        "links": [link_json(link) for link in concept.links],
    }


def _term(t: Term) -> Json:
    return {
        "term": t.text,
        "language": t.language,
        "status": t.status,
        "type": t.type,
        "attested": t.attested,
        "converted": t.converted,
        "count": t.count,
        "documents": t.documents,
        "scope": t.scope,
        "source": t.source,
        "note": t.note,
        "score": t.score,
        "found": [_evidence(found) for found in t.found],
    }


def _definition(d: Definition) -> Json:
    found = None if d.found is None else _evidence(d.found)
    return {"definition": d.text, "language": d.language, "source": d.source, "scope": d.scope, "found": found}


def link_json(link: Link) -> Json:
    found: list[Json] = [_evidence(evidence) for evidence in link.found]
    return {"kind": link.kind, "to": link.target, "reason": link.reason, "source": link.source, "found": found}


def _evidence(e: Evidence) -> Json:
    return {"doc": e.doc, "id": e.record, "span": [e.span.start, e.span.end], "quote": e.quote}


def of_json(row: Mapping[str, Any]) -> Concept:
    """The concept of which ``as_json`` made ``row``."""
    return Concept(
        row["id"],
        tuple(map(_term_of, row["terms"])),
        row["subject"],
        tuple(map(_definition_of, row["definitions"])),
        tuple(row["notes"]),
        tuple(map(_link_of, row["links"])),
        row["origin"],
    )


def _term_of(row: Mapping[str, Any]) -> Term:
    return Term(
        row["term"],
        row["language"],
        row["status"],
        row["type"],
        row["source"],
        row["note"],
        tuple(map(_evidence_of, row["found"])),
        row["count"],
        row["documents"],
        row["converted"],
        row["scope"],
        row["score"],
    )


def _definition_of(row: Mapping[str, Any]) -> Definition:
    found = None if row["found"] is None else _evidence_of(row["found"])
    return Definition(row["definition"], row["language"], row["source"], found, row["scope"])


def _link_of(row: Mapping[str, Any]) -> Link:
    return Link(row["kind"], row["to"], row["reason"], row["source"], tuple(map(_evidence_of, row["found"])))


def _evidence_of(row: Mapping[str, Any]) -> Evidence:
    return Evidence(row["doc"], row["id"], Span(*row["span"]), row["quote"])
