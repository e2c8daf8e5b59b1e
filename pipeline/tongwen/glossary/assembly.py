"""What a termbase holds and what texts say of their terms → one list of concepts.

A text's definition belongs to the concept whose approved name it defines; a name that no termbase has becomes a concept
of its own. A short form that one text gives (以下简称, or a definition that only repeats a longer name) has its meaning
in that text alone. Where a name is that of two concepts nothing is guessed: it becomes a third, with a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile
from typing import NamedTuple, cast

from tongwen.concept import APPROVED, Concept, Definition, Evidence, Status, Term, TermType
from tongwen.glossary.naming import bare, id_of, name_key, same_writing, written_in
from tongwen.model import Record, Span

ENDS = "。.;； "
TYPES: dict[str, TermType] = {"short": "short", "acronym": "acronym", "name": "full", "alias": "variant"}
"""What kinds of abbreviations are as terms; a self-name is a name of its document and of no concept."""


class Said(NamedTuple):
    """A record of a definition or an abbreviation; ``language``: the tag of its document's terms; ``title``: its.

    ``original``: the document of which this one is a translation, else the document itself.
    """

    doc: str
    title: str
    language: str
    record: Record
    original: str = ""


@dataclass
class _Entry:
    id: str
    origin: str = "document"
    terms: list[Term] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, term: Term) -> None:
        """Nothing is said twice: a form that is there keeps what is known of it."""
        same = (t for t in self.terms if t.language == term.language and same_writing(t.text, term.text))
        if not any(t.scope in ("", term.scope) for t in same):
            self.terms.append(term)

    def define(self, definition: Definition) -> None:
        if all((d.text, d.language) != (definition.text, definition.language) for d in self.definitions):
            self.definitions.append(definition)


def assemble(curated: Sequence[Concept], said: Iterable[Said]) -> tuple[Concept, ...]:
    """The curated concepts with what texts add to them, in their order; then those of the texts, by name."""
    book = _Book(curated)
    said = list(said)
    for one in said:
        if one.record.kind == "abbreviation":
            book.abbreviate(one)
    defined = [one for one in said if one.record.kind == "definition"]
    for twins in _twins(defined):
        book.join(twins)
    for one in defined:
        book.define(one)
    return book.concepts()


def _twins(defined: Iterable[Said]) -> Iterator[list[Said]]:
    """Definitions that are each the only one in the same provision of a text and of its translations, the original's
    first: they define one concept in several languages."""
    places: dict[tuple[str, str], dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for one in defined:
        if one.record.parent:
            places[one.original or one.doc, one.record.parent][one.doc].append(one)
    for (original, _), by_document in places.items():
        if len(by_document) > 1 and all(len(found) == 1 for found in by_document.values()):
            yield sorted((found[0] for found in by_document.values()), key=lambda one: (one.doc != original, one.doc))


class _Book:
    def __init__(self, curated: Sequence[Concept]) -> None:
        self._curated = {c.id: c for c in curated}
        self._added = {c.id: _Entry(c.id, "curated", list(c.terms), list(c.definitions)) for c in curated}
        self._own: dict[str, _Entry] = {}
        self._named: dict[str, set[str]] = defaultdict(set)
        self._name([(c, t) for c in curated for t in c.terms if t.status in ("preferred", "admitted")])
        self._name([(c, t) for c in curated for t in c.terms if t.status == "deprecated"])

    def _name(self, terms: Sequence[tuple[Concept, Term]]) -> None:
        """Under names that are not taken: what is wrong for one concept is often right for another."""
        free = [(c, t) for c, t in terms if name_key(t.text) not in self._named]
        for concept, term in free:
            if term.type != "short" and not term.scope:
                self._named[name_key(term.text)].add(concept.id)

    def abbreviate(self, said: Said) -> None:
        fields = said.record.fields
        kind, full, short = str(fields["kind"]), bare(str(fields["full"])), bare(str(fields["abbr"]))
        if kind not in TYPES or not full or not short or full == short:
            return
        status: Status = "admitted" if fields.get("sure") else "candidate"
        entry = self._entry(full)
        entry.add(_term(said, full, status, "full", "full_span"))
        named = _term(said, short, status, TYPES[kind], "abbr_span")
        entry.add(replace(named, scope=said.doc) if kind == "short" else named)

    def define(self, said: Said) -> None:
        fields = said.record.fields
        term, meaning = bare(str(fields["term"])), str(fields["definition"]).strip()
        if not term or fields.get("scope") == "other":
            return
        named = _term(said, term, "admitted", "full", "term_span")
        if longer := self._longer(term, meaning):
            longer.add(replace(named, type="short", scope=said.doc))
            return
        entry = self._entry(term)
        entry.add(named)
        if other := bare(str(fields.get("equivalent") or "")):
            language = written_in(other, "en" if said.language.startswith("zh") else said.language)
            found = (_evidence(said, "equivalent_span"),)
            entry.add(Term(other, language, "admitted", source=said.title, found=found))
        scope = str(fields.get("scope") or "")
        entry.define(Definition(meaning, said.language, said.title, _evidence(said, "definition_span"), scope))

    def join(self, twins: Sequence[Said]) -> None:
        """Makes the terms of twins names of one concept, as far as they are nobody's."""
        names = [name for one in twins if (name := bare(str(one.record.fields["term"])))]
        known = next((entry for name in names if (entry := self._known(name_key(name)))), None)
        entry = known or (self._entry(names[0]) if names else None)
        for name in names:
            if entry and not self._named[name_key(name)]:
                self._named[name_key(name)].add(entry.id)

    def _longer(self, term: str, meaning: str) -> _Entry | None:
        """The concept whose full name ends the meaning."""
        return next((known for full in full_names(term, meaning) if (known := self._known(full))), None)

    def _known(self, key: str) -> _Entry | None:
        ids = self._named.get(key, ())
        return self._at(next(iter(ids))) if len(ids) == 1 else None

    def _at(self, key: str) -> _Entry:
        return self._added.get(key) or self._own[key]

    def _entry(self, name: str) -> _Entry:
        """The one concept that has this name; a new one where there is none, or several."""
        key = name_key(name)
        known = self._known(key)
        if known:
            return known
        own = id_of(key)
        if own not in self._own:
            several = sorted(self._named[key])
            self._own[own] = _Entry(own, notes=[f"The same name as {' and '.join(several)}."] if several else [])
            if not several:
                self._named[key].add(own)
        return self._own[own]

    def concepts(self) -> tuple[Concept, ...]:
        kept = (
            replace(c, terms=tuple(self._added[c.id].terms), definitions=tuple(self._added[c.id].definitions))
            for c in self._curated.values()
        )
        own = (_concept(entry) for entry in self._own.values() if entry.id not in self._curated)
        return (*kept, *sorted(own, key=lambda c: (name_key(c.name), c.id)))


def _concept(entry: _Entry) -> Concept:
    terms = tuple(sorted(entry.terms, key=lambda t: t.status not in APPROVED))
    return Concept(entry.id, terms, definitions=tuple(entry.definitions), notes=tuple(entry.notes), origin="document")


def _term(said: Said, text: str, status: Status, kind: TermType, edges: str) -> Term:
    language = written_in(text, said.language)
    return Term(text, language, status, kind, said.title, found=(_evidence(said, edges),))


def _evidence(said: Said, edges: str) -> Evidence:
    start, end = cast(list[int], said.record.fields[edges])
    return Evidence(said.doc, said.record.id, Span(start, end))


def full_names(term: str, meaning: str) -> Iterator[str]:
    """The ends of a meaning, as keys, that may be the full name of what is defined: those that have all the characters
    of the term in their order, the longest first."""
    short, long = name_key(term), name_key(meaning).rstrip(ENDS)
    return takewhile(partial(_within, short), (long[start:] for start in range(len(long) - len(short))))


def _within(short: str, long: str) -> bool:
    """Whether ``short`` is some of the characters of ``long``, in their order."""
    rest = iter(long)
    return len(short) < len(long) and all(character in rest for character in short)
