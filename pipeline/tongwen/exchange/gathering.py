"""Entries of another tool's file become concepts: with ids that this project can use, and links between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tongwen.concept import Concept, Definition, Link, Origin, Status, Term
from tongwen.exchange.folder import ID
from tongwen.exchange.reading import Reading

_LONGEST = 90  # characters of an id that is made from another, with room for a number behind it


@dataclass
class Draft:
    """One entry as it is read. ``key``: its id in the file. ``ids``: of all that stands in it; links may lead there."""

    line: int
    key: str = ""
    ids: set[str] = field(default_factory=set)
    subjects: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[tuple[int, Link]] = field(default_factory=list)
    origin: Origin = "curated"

    def unsaid_status(self, language: str) -> Status:
        """Of a term that has none: the first of its language is the one to use, the others may be."""
        return "admitted" if any(t.language == language for t in self.terms) else "preferred"


class Gathering:
    """Drafts and faults as they are found; ``reading`` makes concepts of them when the file is at its end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drafts: list[Draft] = []
        self._faults: list[str] = []
        self._unread: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def fault(self, line: int, what: str) -> None:
        self._faults.append(f"{self._name}:{line}: {what}.")

    def unread(self, line: int, what: str) -> None:
        """``what`` is a name of the format; many of one are told as one."""
        self._first.setdefault(what, line)
        self._unread[what] += 1

    def add(self, draft: Draft) -> None:
        if draft.terms:
            self._drafts.append(draft)
        else:
            self.fault(draft.line, f"the entry {draft.key or 'without an id'} has no term and is passed over")

    def reading(self) -> Reading:
        ids = self._ids()
        drafts = [*zip(ids, self._drafts, strict=True)]
        leads = {inner: key for key, draft in reversed(drafts) for inner in draft.ids}
        leads |= {draft.key: key for key, draft in reversed(drafts) if draft.key}
        concepts = tuple(self._concept(key, draft, leads) for key, draft in drafts)
        for what, number in self._unread.items():
            self.fault(self._first[what], f"“{what}” has no place in a concept here and is not read: {number}")
        return Reading(concepts, tuple(self._faults))

    def _ids(self) -> list[str]:
        """One for each draft, each once; what is an id here already stays."""
        taken = {draft.key for draft in self._drafts if ID.fullmatch(draft.key)}
        given: dict[str, None] = {}
        for number, draft in enumerate(self._drafts, start=1):
            fits = draft.key in taken and draft.key not in given
            if draft.key in taken and not fits:
                self.fault(draft.line, f"the id {draft.key} stands twice; the second entry gets another")
            given[draft.key if fits else _free(draft.key or f"entry-{number}", taken | set(given))] = None
        return list(given)

    def _concept(self, key: str, draft: Draft, leads: dict[str, str]) -> Concept:
        links = tuple(self._links(key, draft.links, leads))
        subject = "; ".join(dict.fromkeys(draft.subjects))
        definitions, notes = tuple(draft.definitions), tuple(draft.notes)
        return Concept(key, tuple(draft.terms), subject, definitions, notes, links, draft.origin)

    def _links(self, key: str, links: Iterable[tuple[int, Link]], leads: dict[str, str]) -> Iterable[Link]:
        for line, link in links:
            target = leads.get(link.target)
            if target is None:
                self.fault(line, f"{key} is linked with {link.target!r}, which is not here; the link is passed over")
            elif target != key:
                yield replace(link, target=target)


def _free(key: str, taken: set[str]) -> str:
    """An id made of ``key``, the same for the same file, that is not among ``taken``."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", key)[:_LONGEST].strip("-") or "entry"
    made = plain if plain[0].isalpha() else f"c{plain}"
    numbers = (f"{made}-{n}" for n in range(2, len(taken) + 3))
    return made if made not in taken else next(n for n in numbers if n not in taken)
