"""SKOS, the W3C's form of a thesaurus, as Turtle and as JSON-LD.

A preferred term is a ``prefLabel``, one for each language tag; a deprecated one is a ``hiddenLabel``, which is searched
and not shown; others are ``altLabel``. What is alike and not the same is ``related`` and, for those who want to know,
``tongwen:contrast``. ``docs/exchange.md`` has the whole of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tongwen.concept import Concept, Glossary, Link, Term
from tongwen.errors import InvalidExport
from tongwen.exchange.losses import Losses
from tongwen.exchange.parts import place
from tongwen.exchange.skos_rules import above, check_skos
from tongwen.exchange.structure import ENTRY_HINT
from tongwen.exchange.tags import ID, TAG
from tongwen.exchange.term_notes import CONVERTED
from tongwen.exchange.tidy import collapsed, tidy
from tongwen.exchange.writing import Written
from tongwen.export.guard import writable

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

BASE = "urn:tongwen:"  # of names that are nobody's web pages
_KINDS = {"preferred": "prefLabel", "admitted": "altLabel", "deprecated": "hiddenLabel", "candidate": "altLabel"}


def write_turtle(concepts: Sequence[Concept], title: str = "Tongwen") -> Written:
    """:raises InvalidExport: an id or a language tag cannot stand in RDF, or two concepts share an id"""
    graph, losses = _graph(concepts, title)
    text: str = graph.serialize(format="turtle")
    return Written(f"{text.rstrip()}\n".encode(), losses)


def write_jsonld(concepts: Sequence[Concept], title: str = "Tongwen") -> Written:
    """:raises InvalidExport: as ``write_turtle``"""
    graph, losses = _graph(concepts, title)
    made = json.loads(graph.serialize(format="json-ld", context=dict(_prefixes())))
    return Written(f"{json.dumps(_sorted(made), ensure_ascii=False, indent=1)}\n".encode(), losses)


def _sorted(value: Any) -> Any:
    """With names and lists in one order: RDF has none, and a file that is written twice should be the same."""
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value


def _graph(concepts: Sequence[Concept], title: str) -> tuple[Graph, tuple[str, ...]]:
    losses = Losses()
    kept = tidy(concepts, losses)
    _check(kept)
    thesaurus = _Thesaurus(kept, collapsed(writable(title)) or "Tongwen", losses)
    check_skos(thesaurus.graph)
    return thesaurus.graph, losses.sentences()


def _check(concepts: Sequence[Concept]) -> None:
    """:raises InvalidExport: with the first name that cannot stand in RDF"""
    ids = Counter(c.id for c in concepts)
    tags = {t.language for c in concepts for t in c.terms} | {d.language for c in concepts for d in c.definitions}
    unfit = "is no id: ASCII letters, digits, '-', '_' and '.', a letter first"
    wrong = [f"“{key}” {unfit}" for key in ids if not ID.fullmatch(key)]
    wrong += [f"the id “{key}” stands twice" for key, number in ids.items() if number > 1]
    wrong += [f"“{tag}” is no language tag" for tag in sorted(tags) if not TAG.fullmatch(tag)]
    for fault in wrong:
        raise InvalidExport(f"The SKOS file was not written: {fault}.", ENTRY_HINT)


class _Thesaurus:
    """The graph, made concept by concept."""

    def __init__(self, concepts: Sequence[Concept], title: str, losses: Losses) -> None:
        from rdflib import Graph  # noqa: PLC0415

        self._glossary, self._losses = Glossary(tuple(concepts)), losses
        self._over = above(_broader(self._glossary))
        self._dropped: set[frozenset[str]] = set()
        self.graph = Graph(bind_namespaces="none")
        for prefix, name in _prefixes():
            self.graph.bind(prefix, name)
        self._scheme(title)
        for concept in concepts:
            self._concept(concept)
        losses.add("SKOS forbids that concepts are related and one is broader; related pairs left out", self._dropped)

    def _add(self, subject: URIRef, name: str, value: URIRef | str, language: str | None = None) -> None:
        """``name``: of SKOS, or behind ``dcterms:`` of Dublin Core. A string becomes a literal in ``language``."""
        from rdflib import DCTERMS, SKOS, Literal, URIRef  # noqa: PLC0415

        predicate = DCTERMS[name.removeprefix("dcterms:")] if name.startswith("dcterms:") else SKOS[name]
        self.graph.add((subject, predicate, value if isinstance(value, URIRef) else Literal(value, lang=language)))

    def _scheme(self, title: str) -> None:
        from rdflib import OWL, RDF, RDFS, SKOS, Literal  # noqa: PLC0415

        scheme, contrast = _named("scheme"), _named("contrast")
        self.graph.add((scheme, RDF.type, SKOS.ConceptScheme))
        self._add(scheme, "dcterms:title", title)
        self.graph.add((contrast, RDF.type, OWL.SymmetricProperty))
        self.graph.add((contrast, RDFS.subPropertyOf, SKOS.semanticRelation))
        self.graph.add((contrast, RDFS.label, Literal("alike or often confused, and not the same", lang="en")))

    def _concept(self, c: Concept) -> None:
        from rdflib import RDF, SKOS  # noqa: PLC0415

        it = _uri(c.id)
        self.graph.add((it, RDF.type, SKOS.Concept))
        self._add(it, "inScheme", _named("scheme"))
        self._add(it, "notation", c.id)
        if c.subject:
            self._add(it, "dcterms:subject", c.subject)
        for note in c.notes:
            self._add(it, "scopeNote", note)
        for d in c.definitions:
            self._add(it, "definition", d.text, d.language)
        for source in _sources(c):
            self._add(it, "dcterms:source", source)
        self._labels(it, c)
        self._links(it, c)
        self._lost(c)

    def _labels(self, it: URIRef, c: Concept) -> None:
        """The terms stand best first, so that of two with one text the better one is kept."""
        seen: set[tuple[str, str]] = set()
        preferred: set[str] = set()
        for t in c.terms:
            kind = _KINDS[t.status]
            if (t.text, t.language) in seen:
                self._losses.add("SKOS has each label of a concept once; terms left out", 1)
                continue
            if kind == "prefLabel" and t.language in preferred:
                self._losses.add("SKOS has one prefLabel in a language; preferred terms that became altLabel", 1)
                kind = "altLabel"
            seen.add((t.text, t.language))
            preferred |= {t.language} if kind == "prefLabel" else set()
            self._add(it, kind, t.text, t.language)
            self._said(it, t)

    def _said(self, it: URIRef, t: Term) -> None:
        """What is known of a term stands at its concept, behind the term itself."""
        if t.note:
            self._add(it, "note", f"{t.text}: {t.note}")
        if t.scope:
            self._add(it, "scopeNote", f"{t.text}: only in {t.scope}")
        if t.status == "candidate":
            self._add(it, "editorialNote", f"{t.text}: a candidate that nobody has approved", "en")
        if t.converted:
            self._add(it, "editorialNote", f"{t.text}: {CONVERTED}", "en")
        for e in t.found:
            if e.quote:
                self._add(it, "example", f"{e.quote} ({place(e, quoted=False)})", t.language)

    def _links(self, it: URIRef, c: Concept) -> None:
        links = self._glossary.links(c.id)
        for link in links:
            for kind in self._kinds(c.id, link):
                self._add(it, kind, _uri(link.target))
            if link.kind == "contrast":
                self.graph.add((it, _named("contrast"), _uri(link.target)))
        for link in c.links:
            if link.reason:
                other = self._glossary.get(link.target)
                name = other.name if other else link.target
                self._add(it, "scopeNote" if link.kind == "contrast" else "note", f"{link.kind}: {name}: {link.reason}")
        if not any(link.kind == "broader" for link in links):
            self._add(it, "topConceptOf", _named("scheme"))
            self._add(_named("scheme"), "hasTopConcept", it)

    def _kinds(self, key: str, link: Link) -> Iterator[str]:
        """What SKOS calls the link; nothing where its condition S27 forbids it."""
        if link.kind in ("broader", "narrower"):
            yield link.kind
        elif link.target in self._over[key] or key in self._over[link.target]:
            self._dropped.add(frozenset((key, link.target)))
        else:
            yield "related"

    def _lost(self, c: Concept) -> None:
        sourced = "SKOS has sources for a concept, not for each {0}; {0}s"
        add = self._losses.add
        add("SKOS has no types of terms such as short form; terms", [t for t in c.terms if t.type != "full"])
        add("SKOS has no counts and scores; terms", [t for t in c.terms if t.count or t.score is not None])
        add(sourced.format("term"), [t for t in c.terms if t.source])
        add(sourced.format("definition"), [d for d in c.definitions if d.source or d.found])
        add(sourced.format("link"), [k for k in c.links if k.source or k.found])
        add("SKOS has no scope of a definition; definitions", [d for d in c.definitions if d.scope])
        add("SKOS does not tell entries that a machine made; concepts", int(c.origin != "curated"))


def _prefixes() -> list[tuple[str, str]]:
    from rdflib import DCTERMS, OWL, RDFS, SKOS  # noqa: PLC0415

    known = (("dcterms", DCTERMS), ("owl", OWL), ("rdfs", RDFS), ("skos", SKOS))
    return [*((prefix, str(name)) for prefix, name in known), ("tongwen", BASE), ("concept", f"{BASE}concept:")]


def _named(name: str) -> URIRef:
    from rdflib import URIRef  # noqa: PLC0415

    return URIRef(f"{BASE}{name}")


def _uri(key: str) -> URIRef:
    return _named(f"concept:{key}")


def _sources(c: Concept) -> Iterator[str]:
    """Of all that is said of the concept; an example says itself where it is from."""
    said = [t.source for t in c.terms] + [d.source for d in c.definitions] + [link.source for link in c.links]
    yield from filter(None, said)
    yield from (place(e) for t in c.terms for e in t.found if not e.quote)
    yield from (place(d.found) for d in c.definitions if d.found)
    yield from (place(e) for link in c.links for e in link.found)


def _broader(glossary: Glossary) -> dict[str, list[str]]:
    """What is broader than each concept in one step, told from either side."""
    return {c.id: [link.target for link in glossary.links(c.id) if link.kind == "broader"] for c in glossary.concepts}
