"""The entries of the glossary for what a query names, drawn together from termbases and texts.

Apart from what asks whether it names anything: mostly it does not, and then nothing of this is loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import cast

from tongwen.concept import Concept, Status, Term, TermType
from tongwen.flow.translations import Translations
from tongwen.glossary.assembly import Said, assemble, full_names
from tongwen.glossary.naming import SHORTEST, bare, capitals, name_key
from tongwen.model import Record
from tongwen.search.thesaurus import Entry, Name
from tongwen.store import Reader
from tongwen.store.kept_terms import KeptTerms, TermRow

ANY = "zh"  # which language a name of a text is in makes no difference here, and to find out costs time
CURRENT = ("preferred", "admitted")
LONGEST = 100  # characters of a definition's end in which its term's other names are looked for


def of(concepts: Iterable[Concept], key: str) -> list[Entry]:
    """The concepts as the name ``key`` means them."""
    return [_entry(concept, key) for concept in _named(concepts, key)]


def concepts(keys: Collection[str], books: Sequence[KeptTerms], store: Reader) -> tuple[Concept, ...]:
    """Those that have one of ``keys`` for a name, with all that is said of their names, among others."""
    curated: dict[str, Concept] = {}
    said: dict[tuple[str, str], Said] = {}
    texts = Translations(store)
    wanted, asked = set(keys), set[str]()
    for _ in range(2):  # what has the name itself, then what has the longer names that texts give for it
        names = wanted | {name_key(term.text) for concept in _curated(wanted, books) for term in concept.terms}
        curated |= {concept.id: concept for concept in _curated(names, books)}
        found = {(one.doc, one.record.id): one for one in _said(names - asked, store, texts)}
        said |= found
        asked, wanted = asked | names, {name for one in found.values() for name in _names(one.record)}
    return assemble(list(curated.values()), said.values())


def _curated(keys: Collection[str], books: Iterable[KeptTerms]) -> list[Concept]:
    """Of two with one id that of the first termbase."""
    found: dict[str, Concept] = {}
    for book in books:
        terms: dict[str, list[Term]] = {}
        for row in book.named(keys):
            terms.setdefault(row.concept, []).append(_term(row))
        found = {key: Concept(key, tuple(named)) for key, named in terms.items()} | found
    return list(found.values())


def _term(row: TermRow) -> Term:
    return Term(row.term, row.language, cast(Status, row.status), cast(TermType, row.type), scope=row.scope)


def _said(keys: Iterable[str], store: Reader, texts: Translations) -> Iterator[Said]:
    """What is said under the names, and what is defined in the same places of translations."""
    for doc, record in (found for key in sorted(keys) for found in store.named(key)):
        yield _one(doc, record, texts)
        if record.kind == "definition" and record.parent:
            for other in texts.of(doc):
                yield from (_one(other, twin, texts) for twin in store.inside(other, record.parent, "definition"))


def _one(doc: str, record: Record, texts: Translations) -> Said:
    """Its title makes no difference either."""
    return Said(doc, "", ANY, record, texts.original(doc))


def _names(record: Record) -> Iterator[str]:
    """The names, as keys, by which a record of what is said may belong to other concepts."""
    fields = record.fields
    if record.kind == "abbreviation":
        yield from (name_key(bare(str(fields[name]))) for name in ("full", "abbr"))
    else:
        yield name_key(bare(str(fields["term"])))
        yield from full_names(str(fields["term"]), str(fields["definition"])[-LONGEST:])


def _named(concepts: Iterable[Concept], key: str) -> list[Concept]:
    """Those for which the name is approved; if there are none, those for which it is deprecated."""
    found = {
        wanted: [c for c in concepts if any(t.status in wanted and name_key(t.text) == key for t in c.terms)]
        for wanted in (CURRENT, ("deprecated",))
    }
    return found[CURRENT] or found["deprecated",]


def _entry(concept: Concept, key: str) -> Entry:
    """The concept as the name ``key`` means it: in some documents alone, where it is theirs."""
    docs = _scope([term for term in concept.terms if name_key(term.text) == key and term.status != "candidate"])
    terms: dict[str, list[Term]] = {}
    for term in concept.terms:
        if term.status in CURRENT and len(name_key(term.text)) >= SHORTEST:
            terms.setdefault(name_key(term.text), []).append(term)
    return Entry(concept.id, tuple(name for same in terms.values() if (name := _name(same, docs))))


def _scope(same: Sequence[Term]) -> frozenset[str] | None:
    return None if any(not term.scope for term in same) else frozenset(term.scope for term in same)


def _text(same: Sequence[Term]) -> str:
    """The first that is no acronym where there is one: the name counts in small letters too."""
    return next((term.text for term in same if not capitals(term.text)), same[0].text)


def _name(same: Sequence[Term], within: frozenset[str] | None) -> Name | None:
    """One name by all terms that are written so, in no other documents than ``within``."""
    text, docs = _text(same), _scope(same)
    if any(term.type != "short" and not term.scope for term in same):
        return Name(text, within)
    if docs is None and within is None:
        return Name(text, frozenset(term.scope for term in same if term.scope), beside=True)
    shared = docs & within if docs and within else docs or within
    return Name(text, shared) if shared else None
