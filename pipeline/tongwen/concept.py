"""What a glossary is made of: concepts, the terms that name them, and what is said and shown of both.

As ISO 704 and ISO 30042 have it, an entry is a concept, and the terms of all languages hang on it. All types are
frozen. Languages are BCP 47 tags: ``zh-Hans``, ``zh-Hant``, ``zh-Hant-TW``, ``zh-Hant-HK``, ``en``; others are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from tongwen.model import Span

Status = Literal["preferred", "admitted", "deprecated", "candidate"]
STATUSES: tuple[Status, ...] = ("preferred", "admitted", "deprecated", "candidate")
APPROVED: frozenset[Status] = frozenset({"preferred", "admitted", "deprecated"})

TermType = Literal["full", "abbreviation", "acronym", "short", "variant"]
TERM_TYPES: tuple[TermType, ...] = ("full", "abbreviation", "acronym", "short", "variant")

LinkKind = Literal["broader", "narrower", "related", "contrast"]
LINK_KINDS: tuple[LinkKind, ...] = ("broader", "narrower", "related", "contrast")
INVERSE: dict[LinkKind, LinkKind] = {
    "broader": "narrower",
    "narrower": "broader",
    "related": "related",
    "contrast": "contrast",
}

Origin = Literal["curated", "document", "candidate"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a text that shows something: ``DOC#record``, the span in the original text, and the words there.

    ``quote`` is cut from the original around ``span``: the sentence; empty where nobody asked for it.
    """

    doc: str
    record: str
    span: Span
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One name of a concept.

    ``type`` ``full`` is the ordinary case. The region is told by the language tag (``zh-Hant-TW``). ``source`` is where
    it was taken from, ``note`` what a translator should know.
    ``found``: the first places where it stands in the library, ``count`` and ``documents`` how often and in how many
    texts. ``converted``: made from a form of the other script by a machine. A term with neither is somebody's word.
    ``scope``: the one document in which a short form has this meaning; empty where it always has.
    ``score``: of a candidate, comparable within one library; None for others.
    """

    text: str
    language: str
    status: Status = "preferred"
    type: TermType = "full"
    source: str = ""
    note: str = ""
    found: tuple[Evidence, ...] = ()
    count: int = 0
    documents: int = 0
    converted: bool = False
    scope: str = ""
    score: float | None = None

    @property
    def attested(self) -> bool:
        return bool(self.count)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a concept means; ``source`` says who says so, ``found`` where, if it stands in a text of the library.

    ``scope``: as the text has it (document, chapter, article); empty for a general one.
    """

    text: str
    language: str
    source: str = ""
    found: Evidence | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """From the concept that holds it to ``target``, another concept's id.

    ``broader``: the target is the wider concept. ``contrast``: alike or often confused, and not the same.
    ``reason`` is one sentence or the name of the rule, ``source`` who says so, ``found`` the words that show it.
    """

    kind: LinkKind
    target: str
    reason: str = ""
    source: str = ""
    found: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry. ``id`` is an XML name of ASCII letters, digits, ``-``, ``_`` and ``.``; it never changes.

    ``origin``: ``curated`` by hand in a termbase, ``document`` from what texts define and abbreviate, or ``candidate``.
    ``links`` hold each pair once or from both sides, as the maker likes; ``Glossary.links`` gives both.
    """

    id: str
    terms: tuple[Term, ...]
    subject: str = ""
    definitions: tuple[Definition, ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    origin: Origin = "curated"

    def in_language(self, language: str) -> tuple[Term, ...]:
        """The terms tagged ``language`` or below it (``zh-Hant`` has those of ``zh-Hant-TW``), best status first."""
        chosen = (t for t in self.terms if t.language == language or t.language.startswith(f"{language}-"))
        return tuple(sorted(chosen, key=lambda t: (STATUSES.index(t.status), t.converted)))

    @property
    def name(self) -> str:
        """What to call it in one line: the best term, Chinese before English as the library's texts are."""
        best = [*self.in_language("zh-Hans"), *self.in_language("zh-Hant"), *self.terms]
        best.sort(key=lambda t: (t.status == "deprecated", t.converted))
        return best[0].text if best else self.id


@dataclass(frozen=True)
class Glossary:
    """Concepts in order, with unique ids."""

    concepts: tuple[Concept, ...]
    _by_id: dict[str, Concept] = field(init=False, repr=False, compare=False)
    _links: dict[str, dict[tuple[LinkKind, str], Link]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = {concept.id: concept for concept in self.concepts}
        if len(by_id) != len(self.concepts):
            raise ValueError("two concepts share an id")
        links: dict[str, dict[tuple[LinkKind, str], Link]] = {key: {} for key in by_id}
        there = [(c.id, link) for c in self.concepts for link in c.links if link.target in by_id]
        for key, link in there:
            links[key][link.kind, link.target] = link
        for key, link in there:
            back = INVERSE[link.kind]
            links[link.target].setdefault((back, key), replace(link, kind=back, target=key))
        object.__setattr__(self, "_by_id", by_id)
        object.__setattr__(self, "_links", links)

    def get(self, key: str) -> Concept | None:
        return self._by_id.get(key)

    def links(self, key: str) -> tuple[Link, ...]:
        """Of one concept, from both sides, without links to concepts that are not here; each kind and target once.

        Kind by kind in the order of ``LINK_KINDS``, and in each its own in their order before those of others.
        """
        return tuple(sorted(self._links[key].values(), key=lambda link: LINK_KINDS.index(link.kind)))


def languages(concepts: Iterable[Concept]) -> list[str]:
    """Every tag that some term has, in alphabetical order."""
    return sorted({term.language for concept in concepts for term in concept.terms})
