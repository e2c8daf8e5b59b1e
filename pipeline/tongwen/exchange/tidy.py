"""Concepts as an XML or RDF file can hold them: the one form from which all of these writers work.

A reader gives back just what this gives, so that what is written, read and written again has the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tongwen.concept import STATUSES, Concept, Definition, Evidence, Link, Term
from tongwen.exchange.losses import Losses
from tongwen.exchange.tags import tag
from tongwen.export.guard import writable

_WHITE = re.compile(r"[ \t\r\n]+")  # what XML counts as white space; an ideographic space is a character like others
ILLEGAL = "Characters that XML forbids stand as U+FFFD; texts"
NAMELESS = "Concepts without a term are left out"
NOWHERE = "Links to a concept that is not in the file are left out"
BLANKS = "Line breaks, tabs and blanks in a row became one blank; texts"


def collapsed(text: str) -> str:
    """One blank for each run of white space, none at the ends: readers of pretty-printed XML cannot know better."""
    return _WHITE.sub(" ", text).strip(" ")


def tidy(concepts: Iterable[Concept], losses: Losses) -> tuple[Concept, ...]:
    """With texts that XML can hold, terms of one language together and the best first, and links that lead somewhere.

    What has no text is left out: a term, a definition, a note, and a concept without terms.
    """
    clean = _Clean(losses)
    cleaned = [clean.concept(concept) for concept in concepts]
    kept = [concept for concept in cleaned if concept.terms]
    losses.add(NAMELESS, len(cleaned) - len(kept))
    ids = {concept.id for concept in kept}
    return tuple(replace(c, links=_leading(c, ids, losses)) for c in kept)


def _leading(concept: Concept, ids: set[str], losses: Losses) -> tuple[Link, ...]:
    kept = tuple(link for link in concept.links if link.target in ids and link.target != concept.id)
    losses.add(NOWHERE, len(concept.links) - len(kept))
    return kept


class _Clean:
    def __init__(self, losses: Losses) -> None:
        self._losses = losses

    def text(self, text: str) -> str:
        legal = writable(text)
        clean = collapsed(legal)
        self._losses.add(ILLEGAL, legal != text)
        self._losses.add(BLANKS, clean != legal)
        return clean

    def concept(self, c: Concept) -> Concept:
        terms = _best_first([term for term in map(self.term, c.terms) if term.text])
        definitions = [d for d in map(self.definition, c.definitions) if d.text]
        self._losses.add("Terms without any text are left out", len(c.terms) - len(terms))
        self._losses.add("Definitions without any text are left out", len(c.definitions) - len(definitions))
        return replace(
            c,
            subject=self.text(c.subject),
            terms=terms,
            definitions=_as_the_terms(definitions, terms),
            notes=tuple(note for note in map(self.text, c.notes) if note),
            links=tuple(map(self.link, c.links)),
        )

    def term(self, t: Term) -> Term:
        return replace(
            t,
            text=self.text(t.text),
            language=tag(t.language),
            source=self.text(t.source),
            note=self.text(t.note),
            found=self.places(t.found),
            scope=self.text(t.scope),
        )

    def definition(self, d: Definition) -> Definition:
        found = self.place(d.found) if d.found else None
        text, source, scope = map(self.text, (d.text, d.source, d.scope))
        return Definition(text, tag(d.language), source, found, scope)

    def link(self, k: Link) -> Link:
        return replace(k, reason=self.text(k.reason), source=self.text(k.source), found=self.places(k.found))

    def place(self, e: Evidence) -> Evidence:
        return Evidence(self.text(e.doc), self.text(e.record), e.span, self.text(e.quote))

    def places(self, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(map(self.place, found))


def languages_of(terms: Iterable[Term]) -> list[str]:
    """In the order in which they come first."""
    return list(dict.fromkeys(term.language for term in terms))


def _best_first(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Many readers take the first term of a language as the one to use."""
    order = languages_of(terms)
    return tuple(sorted(terms, key=lambda t: (order.index(t.language), STATUSES.index(t.status), t.converted)))


def _as_the_terms(definitions: Sequence[Definition], terms: Sequence[Term]) -> tuple[Definition, ...]:
    """Those in a language without a term stand before the languages."""
    order = languages_of(terms)
    return tuple(sorted(definitions, key=lambda d: order.index(d.language) if d.language in order else -1))
