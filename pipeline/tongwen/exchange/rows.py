"""Concepts as rows of three tables, and back: the terms, the concepts with what is said of them, and the links.

The folder of CSV files, the workbook and the one long CSV file all hold these rows. A row that makes no sense is told
with its place and passed over; nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tongwen.concept import (
    LINK_KINDS,
    STATUSES,
    TERM_TYPES,
    Concept,
    Definition,
    Link,
    Status,
    Term,
    TermType,
)
from tongwen.exchange.tags import ID, tag_of

COLUMNS: dict[str, tuple[str, ...]] = {
    "concepts": ("concept", "subject", "language", "definition", "source", "note"),
    "terms": ("concept", "language", "term", "status", "type", "source", "note", "scope"),
    "links": ("from", "kind", "to", "reason", "source"),
}
FACTS = ("converted", "count", "documents", "first", "score")
"""What a table tells of a term and nobody edits. Of these ``converted`` alone is read: who clears it vouches for it."""

YES = "yes"

Row = tuple[str, dict[str, str]]
"""Where it stands, and its cells by the names of their columns."""


def term_rows(c: Concept) -> Iterator[Sequence[str]]:
    return ((c.id, t.language, t.text, t.status, t.type, t.source, t.note, t.scope) for t in c.terms)


def facts(t: Term) -> tuple[str, ...]:
    first = f"{t.found[0].doc}#{t.found[0].record}" if t.found else ""
    score = "" if t.score is None else f"{t.score:.3g}"
    return YES * t.converted, str(t.count or ""), str(t.documents or ""), first, score


def concept_rows(c: Concept) -> Iterator[Sequence[str]]:
    """One row for each definition, with the first of which the notes stand; further ones in rows of their own."""
    said = [(d.language, d.text, d.source) for d in c.definitions]
    notes = [*c.notes]
    while said or notes or c.subject:
        language, text, source = said.pop(0) if said else ("", "", "")
        yield c.id, c.subject, language, text, source, notes.pop(0) if notes else ""
        if not said and not notes:
            return


def link_rows(c: Concept) -> Iterator[Sequence[str]]:
    return ((c.id, link.kind, link.target, link.reason, link.source) for link in c.links)


class _Entry(NamedTuple):
    terms: list[Term]
    definitions: list[Definition]
    notes: list[str]
    links: list[Link]
    subjects: list[str]


class Entries:
    """Concepts as their rows come in: first all terms, then what is said of concepts, and the links.

    The order is that of the first rows of the terms.
    """

    def __init__(self, faults: list[str]) -> None:
        self._faults, self._entries = faults, dict[str, _Entry]()

    def term(self, where: str, row: Mapping[str, str]) -> bool:
        """Whether the row makes sense."""
        status, kind = row["status"].lower() or "preferred", row["type"].lower() or "full"
        language = tag_of(row["language"])
        if not ID.fullmatch(row["concept"]):
            wanted = "ASCII letters, digits, '-', '_' and '.', a letter first"
            return self._tell(where, f"{row['concept']!r} is no id: {wanted}")
        if not row["term"]:
            return self._tell(where, "there is no term")
        if language is None:
            return self._tell(where, f"{row['language']!r} is no language tag such as zh-Hans, zh-Hant-TW or en")
        if status not in STATUSES:
            return self._tell(where, f"{status!r} is no status: {', '.join(STATUSES)}")
        if kind not in TERM_TYPES:
            return self._tell(where, f"{kind!r} is no type of term: {', '.join(TERM_TYPES)}")
        return self._add(where, row, _term(row, language, status, kind))

    def _add(self, where: str, row: Mapping[str, str], term: Term) -> bool:
        entry = self._entries.setdefault(row["concept"], _Entry([], [], [], [], []))
        if any((t.text, t.language, t.scope) == (term.text, term.language, term.scope) for t in entry.terms):
            return self._tell(where, f"{term.text} in {term.language} stands twice in {row['concept']}")
        entry.terms.append(term)
        return True

    def concept(self, where: str, row: Mapping[str, str]) -> None:
        entry = self._entry(where, row["concept"])
        if entry is None:
            return
        self._define(where, row, entry)
        if row["note"] and row["note"] not in entry.notes:
            entry.notes.append(row["note"])
        if row["subject"] and row["subject"] not in entry.subjects:
            entry.subjects.append(row["subject"])
            if len(entry.subjects) > 1:
                self._tell(where, f"{row['concept']} has another subject above: {entry.subjects[0]}")

    def _define(self, where: str, row: Mapping[str, str], entry: _Entry) -> None:
        if not row["definition"]:
            if row["language"] or row["source"]:
                self._tell(where, "there is a language or a source and no definition")
            return
        language = tag_of(row["language"])
        if language is None:
            self._tell(where, f"the definition has no language tag: {row['language']!r}")
            return
        definition = Definition(row["definition"], language, row["source"])
        if definition not in entry.definitions:
            entry.definitions.append(definition)

    def link(self, where: str, row: Mapping[str, str]) -> None:
        entry = self._entry(where, row["from"])
        if entry is None or self._entry(where, row["to"]) is None:
            return
        kind = row["kind"].lower()
        if kind not in LINK_KINDS:
            self._tell(where, f"{kind!r} is no kind of link: {', '.join(LINK_KINDS)}")
        elif row["from"] == row["to"]:
            self._tell(where, f"{row['from']} is linked with itself")
        else:
            self._join(where, entry.links, Link(kind, row["to"], row["reason"], row["source"]))

    def _join(self, where: str, links: list[Link], link: Link) -> None:
        same = next((k for k in links if (k.kind, k.target) == (link.kind, link.target)), None)
        if same is None:
            links.append(link)
        elif same != link:
            self._tell(where, f"the link {link.kind} {link.target} stands twice, with another reason or source")

    def _entry(self, where: str, key: str) -> _Entry | None:
        if key not in self._entries:
            self._tell(where, f"no term belongs to the concept {key!r}")
        return self._entries.get(key)

    def _tell(self, where: str, what: str) -> bool:
        self._faults.append(f"{where}: {what}; the row is passed over.")
        return False

    def concepts(self) -> tuple[Concept, ...]:
        return tuple(
            Concept(
                key, tuple(e.terms), next(iter(e.subjects), ""), tuple(e.definitions), tuple(e.notes), tuple(e.links)
            )
            for key, e in self._entries.items()
        )


def _term(row: Mapping[str, str], language: str, status: Status, kind: TermType) -> Term:
    converted = row.get("converted", "").lower() == YES
    return Term(
        row["term"], language, status, kind, row["source"], row["note"], converted=converted, scope=row["scope"]
    )
