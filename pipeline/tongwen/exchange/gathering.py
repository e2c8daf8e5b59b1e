"""Entries of another tool's file become concepts: with ids that this project can use, and links between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tongwen.concept import Concept, Definition, Link, Origin, Status, Term
from tongwen.exchange.reading import Reading
from tongwen.exchange.tags import ID

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
        names = _Names(draft.key for draft in self._drafts if ID.fullmatch(draft.key))
        made = []
        for number, draft in enumerate(self._drafts, start=1):
            if names.twice(draft.key):
                self.fault(draft.line, f"the id {draft.key} stands twice; the second entry gets another")
            made.append(names.name(draft.key or f"entry-{number}"))
        return made

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


class _Names:
    """Ids that are given, and those that are kept for who has them in the file."""

    def __init__(self, kept: Iterable[str]) -> None:
        self._kept, self._given, self._numbers = set(kept), set[str](), Counter[str]()

    def twice(self, key: str) -> bool:
        return key in self._kept and key in self._given

    def name(self, key: str) -> str:
        """``key`` itself if it is an id and is free, or one that is made of it, the same for the same file."""
        made = key if key in self._kept and key not in self._given else self._free(_fit(key))
        self._given.add(made)
        return made

    def _free(self, plain: str) -> str:
        made = plain
        while made in self._kept or made in self._given:
            self._numbers[plain] += 1
            made = f"{plain}-{self._numbers[plain] + 1}"
        return made


def _fit(key: str) -> str:
    """``key`` with what an id may hold."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", key)[:_LONGEST].strip("-") or "entry"
    return plain if plain[0].isalpha() else f"c{plain}"
