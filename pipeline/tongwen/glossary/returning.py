"""What of a glossary that comes back somebody has changed: an export says more than the termbase holds, for it has what
the texts say too, and that must not become somebody's word by being sent out and taken in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tongwen.concept import Concept, Definition, Link, Term
from tongwen.glossary.linking import RULES
from tongwen.glossary.naming import is_made, name_key


def edited(theirs: Iterable[Concept], ours: Sequence[Concept], known: Sequence[Concept]) -> Iterator[Concept]:
    """``theirs`` without what is ``known`` of texts and stands there unchanged.

    ``ours``: the termbase as it is; what it has is kept, changed or not, for the merger to compare. An entry of texts
    in which something was changed is taken as a whole: who changed it has read it. One whose names have since come to
    belong to another entry is none any more.
    """
    mine, said = {c.id: c for c in ours}, {c.id: c for c in known}
    forms = {_form(term) for concept in known for term in concept.terms}
    for concept in map(_own_links, theirs):
        if concept.id not in said:
            if not (is_made(concept.id) and all(_form(term) in forms for term in concept.terms)):
                yield concept
        elif concept.id in mine:
            yield _changed(concept, mine[concept.id], said[concept.id])
        elif _differs(concept, said[concept.id]):
            yield concept


def _own_links(concept: Concept) -> Concept:
    """Without the links that no person drew."""
    return replace(concept, links=tuple(link for link in concept.links if link.source not in RULES))


def _changed(theirs: Concept, mine: Concept, said: Concept) -> Concept:
    own, there = set(map(_writing, mine.terms)), set(map(_decided, said.terms))
    written, meant = set(map(_meaning, mine.definitions)), set(map(_meaning, said.definitions))
    links, shown = set(map(_leads, mine.links)), set(map(_leads, said.links))
    return replace(
        theirs,
        terms=tuple(t for t in theirs.terms if _writing(t) in own or _decided(t) not in there),
        definitions=tuple(d for d in theirs.definitions if _meaning(d) in written or _meaning(d) not in meant),
        links=tuple(k for k in theirs.links if _leads(k) in links or _leads(k) not in shown),
    )


def _differs(theirs: Concept, said: Concept) -> bool:
    terms, meant = set(map(_decided, said.terms)), set(map(_meaning, said.definitions))
    notes = set(map(name_key, said.notes))
    return (
        theirs.subject != said.subject
        or any(_decided(t) not in terms for t in theirs.terms)
        or any(_meaning(d) not in meant for d in theirs.definitions)
        or any(name_key(note) not in notes for note in theirs.notes)
        or not {_leads(k) for k in theirs.links} <= {_leads(k) for k in said.links}
    )


def _form(t: Term) -> tuple[str, str]:
    return name_key(t.text), t.language


def _writing(t: Term) -> tuple[str, str]:
    """Not its key: of two ways to write a name one may be the texts' alone."""
    return t.text, t.language


def _decided(t: Term) -> tuple[str, str, str, str, str]:
    return *_writing(t), t.status, t.type, name_key(t.note)


def _meaning(d: Definition) -> tuple[str, str]:
    return name_key(d.text), d.language


def _leads(k: Link) -> tuple[str, str]:
    return k.kind, k.target
