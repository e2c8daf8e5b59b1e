"""What texts show of a glossary's names: how often each form stands there and where first; and the forms of theirs.

A form counts as it is written: 除罪化 in a Traditional text says nothing of 除罪化 in Simplified ones. A short form
counts only in texts that introduce it or have another name of the concept too. A form of the other script that no text
shows can be made by conversion, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongwen.concept import Concept, Evidence, Status, Term
from tongwen.glossary.naming import name_key, same_writing, written_in
from tongwen.glossary.occurrences import Occurrences, Spelling
from tongwen.normalise import Script, convert

SHOWN = 3  # places that a term keeps
SCRIPTS: dict[str, Script] = {"zh-Hans": "hans", "zh-Hant": "hant"}
OTHER = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}
WEAKER: dict[Status, Status] = {"preferred": "admitted"}
"""What a form of the texts is beside the form of the termbase that has its key."""


@dataclass(slots=True)
class _Form:
    """One writing, in the texts of one language tag."""

    count: int = 0
    documents: int = 0
    first: list[Evidence] = field(default_factory=list)

    def add(self, spelling: Spelling) -> None:
        self.count += spelling.times
        self.documents += 1
        if len(self.first) < SHOWN:
            self.first.append(spelling.first)


class Attestations:
    """``languages``: the tag of each document's terms. Texts are added one by one; none is kept."""

    def __init__(self, concepts: Sequence[Concept], languages: Mapping[str, str]) -> None:
        self._concepts, self._languages = concepts, languages
        self._named = _named(concepts)
        self._full = {c.id: {name_key(t.text) for t in c.terms if t.type != "short"} for c in concepts}
        self._scoped = {(c.id, t.scope, name_key(t.text)) for c in concepts for t in c.terms if t.scope}
        self._forms: dict[str, dict[tuple[str, str, str], _Form]] = defaultdict(dict)

    def add(self, doc: str, found: Occurrences) -> None:
        for key, spellings in found.spellings.items():
            for concept in self.meant(doc, key, found):
                for spelling in spellings:
                    self._add(concept.id, doc, key, spelling)

    def meant(self, doc: str, key: str, found: Occurrences) -> Iterator[Concept]:
        """The concepts that the name ``key`` means in a document."""
        for concept in self._named.get(key, ()):
            full = self._full[concept.id]
            if key in full or (concept.id, doc, key) in self._scoped or not full.isdisjoint(found.spellings):
                yield concept

    def _add(self, concept: str, doc: str, key: str, spelling: Spelling) -> None:
        language = written_in(spelling.text, self._languages[doc])
        scope = doc if (concept, doc, key) in self._scoped and key not in self._full[concept] else ""
        self._forms[concept].setdefault((spelling.text, language, scope), _Form()).add(spelling)

    def concepts(self) -> tuple[Concept, ...]:
        """With what was found: counts and places on the forms that were there, further forms behind them."""
        return tuple(_converted(_shown(c, self._forms.get(c.id, {}))) for c in self._concepts)


def _named(concepts: Sequence[Concept]) -> dict[str, list[Concept]]:
    """Whose name a key is. A name that is wrong for one concept and right for another is the other's."""
    right: dict[str, list[Concept]] = defaultdict(list)
    wrong: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        keys = {name_key(t.text) for t in concept.terms if t.status != "deprecated"}
        for key in keys:
            right[key].append(concept)
        for key in {name_key(t.text) for t in concept.terms} - keys:
            wrong[key].append(concept)
    return {**wrong, **right}


def _shown(concept: Concept, forms: Mapping[tuple[str, str, str], _Form]) -> Concept:
    terms = list(concept.terms)
    for (text, language, scope), form in forms.items():
        at = _which(terms, text, language, scope)
        if at is None:
            own = _own(terms, text, language, form)
            terms += [own] if own else []
        else:
            was = terms[at]
            first = _first(was.found, form.first)
            terms[at] = replace(
                was, found=first, count=was.count + form.count, documents=was.documents + form.documents
            )
    return replace(concept, terms=tuple(terms))


def _first(said: Sequence[Evidence], found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The places to show: those in texts that define or introduce the name come first."""
    defining = {place.doc for place in said}
    there = {place.doc for place in found}
    places = [*sorted(found, key=lambda place: place.doc not in defining), *(p for p in said if p.doc not in there)]
    return tuple(dict.fromkeys(places))[:SHOWN]


def _which(terms: Sequence[Term], text: str, language: str, scope: str) -> int | None:
    """The term that is written so: of the very language before a wider or a narrower one."""
    same = [
        (at, t)
        for at, t in enumerate(terms)
        if same_writing(t.text, text) and t.scope in ("", scope) and _akin(t.language, language)
    ]
    return min(same, key=lambda one: (one[1].scope != scope, one[1].language != language))[0] if same else None


def _akin(one: str, other: str) -> bool:
    return _under(one, other) or _under(other, one)


def _under(tag: str, wider: str) -> bool:
    return tag == wider or tag.startswith(f"{wider}-")


def _own(terms: Sequence[Term], text: str, language: str, form: _Form) -> Term | None:
    """A form of the texts that no termbase has; none where it is not written as its text's script is (a fault)."""
    script = SCRIPTS.get(language[:7])
    if text.isascii() or (script and convert(text, script) != text):
        return None
    like = next((t for t in terms if name_key(t.text) == name_key(text) and _general(t, language)), None)
    if like is None:
        return None
    return Term(
        text,
        language,
        WEAKER.get(like.status, like.status),
        like.type,
        scope=like.scope,
        found=tuple(form.first),
        count=form.count,
        documents=form.documents,
    )


def _general(term: Term, language: str) -> bool:
    """Whether the term may be one of texts tagged ``language`` too: a word of one region is none of another's."""
    return term.language in (*SCRIPTS, "en") or _under(term.language, language)


def _converted(concept: Concept) -> Concept:
    """With a form made for the script that has none, from the best of the other."""
    added = [term for language, other in OTHER.items() if (term := _made(concept, language, other))]
    return replace(concept, terms=(*concept.terms, *added)) if added else concept


def _made(concept: Concept, language: str, other: str) -> Term | None:
    there = [t for t in concept.in_language(language) if t.status != "deprecated"]
    best = next((t for t in concept.in_language(other) if t.status != "deprecated" and not t.converted), None)
    if there or best is None:
        return None
    text = convert(best.text, SCRIPTS[language])
    status = WEAKER.get(best.status, best.status)
    return Term(text, language, status, best.type, f"converted from {best.text}", converted=True, scope=best.scope)
