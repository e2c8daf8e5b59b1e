"""What of a glossary is wanted: concepts and, of these, terms, by status, language, region, subject and document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

from tongwen.concept import APPROVED, Concept, Evidence, Origin, Status, Term
from tongwen.glossary.checking.forms import telling
from tongwen.glossary.naming import name_key

Converted = Literal["leave-out", "admitted", "preferred"]


@dataclass(frozen=True, slots=True)
class Selection:
    """``languages`` and ``regions`` empty: all. ``languages`` are tags: ``zh-Hant`` takes ``zh-Hant-TW`` in.

    ``regions``: of what has a region (``TW``, ``HK``) only these; words without one are everybody's. ``doc``: a pattern
    of documents: only what stands, or is defined, in one of them. ``converted``: what becomes of forms in no text.
    """

    statuses: frozenset[Status] = APPROVED
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    doc: str = ""
    origins: tuple[Origin, ...] = ()
    converted: Converted = "admitted"

    def of(self, concepts: Iterable[Concept]) -> Iterator[Concept]:
        """Those that have a term left, with their terms that are wanted; definitions in the languages that are."""
        for concept in filter(self._wanted, concepts):
            terms = tuple(self._as_wanted(term) for term in concept.terms if self._takes(term))
            if terms:
                defined = tuple(d for d in concept.definitions if self._speaks(d.language))
                yield replace(concept, terms=terms, definitions=defined)

    def _wanted(self, concept: Concept) -> bool:
        if self.subjects and not any(fnmatchcase(concept.subject, subject) for subject in self.subjects):
            return False
        if self.origins and concept.origin not in self.origins:
            return False
        return not self.doc or any(fnmatchcase(place.doc, self.doc) for place in places(concept))

    def _takes(self, term: Term) -> bool:
        if term.converted and self.converted == "leave-out":
            return False
        return term.status in self.statuses and self._speaks(term.language) and self._of_region(term.language)

    def _speaks(self, language: str) -> bool:
        return not self.languages or any(language == tag or language.startswith(f"{tag}-") for tag in self.languages)

    def _of_region(self, language: str) -> bool:
        region = language.split("-")[2:]
        return not self.regions or not region or region[0] in self.regions

    def _as_wanted(self, term: Term) -> Term:
        if term.converted and self.converted == "preferred" and term.status == "admitted":
            return replace(term, status="preferred")
        return term


def unequivocal(concepts: Iterable[Concept], source: str = "") -> Iterator[Concept]:
    """Without names that a machine would take for the concept where they are ordinary words, without short forms and
    without what nobody should write: of the language ``source``, or of all."""
    for concept in concepts:
        kept = tuple(t for t in concept.terms if not _within(t.language, source) or _sure(t))
        if kept:
            yield replace(concept, terms=kept)


def _within(language: str, source: str) -> bool:
    return not source or language == source or language.startswith(f"{source}-")


def _sure(term: Term) -> bool:
    plain = term.status != "deprecated" and term.type != "short" and not term.scope
    return plain and telling(name_key(term.text), term.text)


def places(concept: Concept) -> Iterator[Evidence]:
    """Where a concept is known to stand or to be defined."""
    for term in concept.terms:
        yield from term.found
    yield from (definition.found for definition in concept.definitions if definition.found)
