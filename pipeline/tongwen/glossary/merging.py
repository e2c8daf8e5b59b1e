"""Another's glossary taken into ours: what we have is kept, what we lack is added, what differs is told.

Laws: nothing is removed; merging the same again changes nothing; merging a glossary with itself changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from tongwen.concept import APPROVED, INVERSE, Concept, Definition, Link, LinkKind, Term
from tongwen.glossary.changes import FIELDS, Change, difference
from tongwen.glossary.matching import Matches
from tongwen.model import Json

_Thing = TypeVar("_Thing", Term, Definition, Link, Concept)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Of theirs what was not taken: ``kind`` is the field, ``of`` the term, definition or link that has it.

    ``unclear``: ``ours`` are the ids of those that it may mean; it was left out.
    """

    concept: str
    kind: str
    of: str
    ours: str
    theirs: str

    @property
    def line(self) -> str:
        """On one line, whatever the texts hold."""
        told = f"{self.concept}: {self.kind}" + (f": {self.of}" if self.of else "")
        return " ".join(f"{told}: ours is {self.ours or 'nothing'}, theirs {self.theirs}".split())

    @property
    def json(self) -> Json:
        return {"concept": self.concept, "kind": self.kind, "of": self.of, "ours": self.ours, "theirs": self.theirs}


@dataclass(frozen=True, slots=True)
class Merged:
    """``changes``: what differs between ours as they were and ``concepts``; ``conflicts``: what was not taken."""

    concepts: tuple[Concept, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


class Vouched(NamedTuple):
    concepts: tuple[Concept, ...]
    candidates: int
    converted: int


def vouched(concepts: Iterable[Concept]) -> Vouched:
    """What somebody stands for: without candidates and without what a machine converted, with how many these are."""
    every = [*concepts]
    kept = [(c, left) for c in every if (left := tuple(t for t in c.terms if t.status in APPROVED and not t.converted))]
    gone = {c.id for c in every} - {c.id for c, _ in kept}
    terms = [t for c in every for t in c.terms]
    return Vouched(
        tuple(replace(c, terms=left, links=tuple(k for k in c.links if k.target not in gone)) for c, left in kept),
        sum(t.status not in APPROVED and not t.converted for t in terms),
        sum(t.converted for t in terms),
    )


def merge(ours: Sequence[Concept], theirs: Sequence[Concept], prefer_theirs: bool = False) -> Merged:
    """Concepts are the same by their ids, else as ``Matches`` says; one of which this is unclear is left out and told.

    A field that we have and that differs stays as it is and is told, or becomes theirs with ``prefer_theirs``; one that
    is empty is filled. A candidate is nobody's decision: it takes any status, and replaces none.

    :raises ValueError: two concepts of one side share an id
    """
    for side in (ours, theirs):
        if len({c.id for c in side}) != len(side):
            raise ValueError("two concepts share an id")
    concepts, before = tuple(ours), None
    while concepts != before:  # what was added may show what another one means
        before = concepts
        conflicts: list[Conflict] = []
        concepts = _Pass(before, theirs, prefer_theirs, conflicts).concepts()
    return Merged(concepts, tuple(difference(ours, concepts)), tuple(dict.fromkeys(conflicts)))


class _Pass:
    def __init__(
        self, ours: Sequence[Concept], theirs: Sequence[Concept], prefer_theirs: bool, conflicts: list[Conflict]
    ) -> None:
        self._before, self._theirs = {c.id: c for c in ours}, theirs
        self._ours = dict(self._before)
        self._prefer, self._conflicts = prefer_theirs, conflicts
        self._matches = Matches(ours, theirs)

    def concepts(self) -> tuple[Concept, ...]:
        for concept in self._theirs:
            self._take(concept)
        known = frozenset(self._ours)
        for concept in self._theirs:
            if self._key(concept.id) in known:
                self._link(concept)
        return tuple(self._ours.values())

    def _key(self, theirs: str) -> str:
        return self._matches.meant.get(theirs, theirs)

    def _take(self, concept: Concept) -> None:
        if concept.id in self._matches.unclear:
            may = ", ".join(self._matches.unclear[concept.id])
            self._conflicts.append(Conflict(concept.id, "unclear", concept.name, may, concept.id))
            return
        key = self._key(concept.id)
        before = self._ours.get(key)
        if before is None:
            self._ours[key] = replace(concept, links=())
        else:
            self._ours[key] = self._filled(
                replace(
                    before,
                    terms=tuple(self._terms(before, concept)),
                    definitions=tuple(self._definitions(before, concept)),
                    notes=(*before.notes, *(said for said in concept.notes if said not in before.notes)),
                ),
                concept,
                ("subject",),
                key,
            )

    def _filled(self, ours: _Thing, theirs: _Thing, names: Sequence[str], key: str, of: str = "") -> _Thing:
        """``ours`` with those fields of ``theirs`` that it lacks."""
        for name in names:
            have, offered = getattr(ours, name), getattr(theirs, name)
            if offered and have != offered:
                if have and not self._prefer:
                    self._conflicts.append(Conflict(key, name, of, have, offered))
                else:
                    ours = replace(ours, **{name: offered})
        return ours

    def _terms(self, ours: Concept, theirs: Concept) -> Iterator[Term]:
        offered = {(t.language, t.text): t for t in theirs.terms}
        for term in ours.terms:
            other = offered.pop((term.language, term.text), None)
            yield self._term(term, other, ours) if other else term
        for term in offered.values():
            second = self._second(term, ours)
            yield replace(term, status="admitted") if second else term

    def _term(self, ours: Term, theirs: Term, concept: Concept) -> Term:
        if ours.status not in APPROVED and theirs.status in APPROVED:
            ours = replace(ours, status=theirs.status)
        elif theirs.status not in APPROVED or (ours.status == "admitted" and self._second(theirs, concept)):
            theirs = replace(theirs, status=ours.status)
        if ours.converted and not theirs.converted:
            ours = replace(ours, converted=False)  # somebody has vouched for it
        return self._filled(ours, theirs, FIELDS, concept.id, f"{ours.language} {ours.text}")

    def _second(self, theirs: Term, ours: Concept) -> bool:
        """Whether it would be the second preferred term of its language and type, which is told."""
        same = (t for t in ours.terms if (t.language, t.type, t.status) == (theirs.language, theirs.type, "preferred"))
        first = next(same, None)
        if theirs.status != "preferred" or first is None or self._prefer:
            return False
        self._conflicts.append(Conflict(ours.id, "preferred term", theirs.language, first.text, theirs.text))
        return True

    def _definitions(self, ours: Concept, theirs: Concept) -> Iterator[Definition]:
        """Another text from another source that is named is a further definition; any other is another wording."""
        offered = [d for d in dict.fromkeys(theirs.definitions) if d not in ours.definitions]
        for said in ours.definitions:
            other = None if said in theirs.definitions else next((d for d in offered if _reworded(said, d)), None)
            if other:
                offered.remove(other)
            yield (
                self._filled(said, other, ("text", "source", "scope"), ours.id, f"definition {said.language}")
                if other
                else said
            )
        yield from offered

    def _link(self, concept: Concept) -> None:
        key = self._key(concept.id)
        links = {(link.kind, link.target): link for link in self._ours[key].links}
        for offered in concept.links:
            link = replace(offered, target=self._key(offered.target))
            of = f"{link.kind} {link.target}"
            if link.target == key or link.target not in self._ours:
                self._conflicts.append(Conflict(key, "link", of, "", "leads to no other concept that is here"))
            elif (link.kind, link.target) in links:
                have = links[link.kind, link.target]
                links[link.kind, link.target] = self._filled(have, link, ("reason", "source"), key, of)
            elif not _from_other_side(self._before, key, link.kind, link.target):
                links[link.kind, link.target] = link
        self._ours[key] = replace(self._ours[key], links=tuple(links.values()))


def _reworded(ours: Definition, theirs: Definition) -> bool:
    same = ours.text == theirs.text or ours.source == theirs.source
    return ours.language == theirs.language and (same or not theirs.source)


def _from_other_side(ours: Mapping[str, Concept], key: str, kind: LinkKind, target: str) -> bool:
    """Whether ours have the same link, held by the other concept."""
    return target in ours and any((link.kind, link.target) == (INVERSE[kind], key) for link in ours[target].links)
