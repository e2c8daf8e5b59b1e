"""MultiTerm XML, from which Trados MultiTerm makes a termbase: UTF-16, as that program writes it.

What a termbase there calls its fields is up to it; the names here are those of its own sample termbases where these
have one. Its entries are numbered, so that the id stands in a field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from tongwen.concept import Concept, Definition, Evidence, Link, Term
from tongwen.exchange.losses import Losses
from tongwen.exchange.markup import Element, element, serialised
from tongwen.exchange.parts import place
from tongwen.exchange.structure import check_structure
from tongwen.exchange.term_notes import CONVERTED
from tongwen.exchange.tidy import languages_of, tidy
from tongwen.exchange.writing import Written
from tongwen.lexicon import rows


def write_multiterm(concepts: Sequence[Concept], title: str = "Tongwen") -> Written:
    """``title`` has no place in the format.

    :raises InvalidExport: a language tag cannot stand in XML
    """
    losses = Losses()
    kept = tidy(concepts, losses)
    names = {c.id: c.name for c in kept}
    root = element("mtf")
    root.extend(_entry(number, c, names) for number, c in enumerate(kept, start=1))
    check_structure(root)
    links = [k for c in kept for k in c.links]
    scored = [t for c in kept for t in c.terms if t.score is not None]
    losses.add("MultiTerm's links stand as texts with the other entry's name; links", links)
    losses.add("MultiTerm XML has no field for scores; terms", scored)
    losses.add("MultiTerm XML has no field for where a link is shown; links", [k for k in links if k.found])
    return Written(serialised(root, "UTF-16"), losses.sentences())


@cache
def _languages() -> dict[str, tuple[str, str]]:
    return {tag: (name, code) for tag, name, code, *_ in rows("multiterm_languages.tsv")}


def _field(name: str, words: str, *inner: Element) -> Element:
    group = element("descripGrp")
    group.append(element("descrip", {"type": name}, words))
    group.extend(inner)
    return group


def _fields(*pairs: tuple[str, str]) -> list[Element]:
    return [_field(name, words) for name, words in pairs if words]


def _entry(number: int, c: Concept, names: dict[str, str]) -> Element:
    entry = element("conceptGrp")
    entry.append(element("concept", words=str(number)))
    entry.extend(_fields(("Id", c.id), ("Subject", c.subject), ("Origin", c.origin if c.origin != "curated" else "")))
    named = languages_of(c.terms)
    entry.extend(_definition(d) for d in c.definitions if d.language not in named)
    entry.extend(_fields(*(("Note", note) for note in c.notes)))
    entry.extend(_link(link, names) for link in c.links)
    entry.extend(_language(c, language) for language in named)
    return entry


def _link(link: Link, names: dict[str, str]) -> Element:
    said = f"{link.kind}: {names[link.target]} ({link.target})"
    return _field("Cross-reference", said, *_fields(("Note", link.reason), ("Source", link.source)))


def _definition(d: Definition) -> Element:
    found = place(d.found) if d.found else ""
    return _field("Definition", d.text, *_fields(("Source", d.source), ("Source", found), ("Scope", d.scope)))


def _language(c: Concept, language: str) -> Element:
    group = element("languageGrp")
    name, code = _languages().get(language, (language, language.upper()))
    index = element("language", {"type": name})
    index.set("lang", code)  # not xml:lang, as elsewhere
    group.append(index)
    group.extend(_definition(d) for d in c.definitions if d.language == language)
    group.extend(_term(t) for t in c.terms if t.language == language)
    return group


def _term(t: Term) -> Element:
    group = element("termGrp")
    group.append(element("term", words=t.text))
    group.extend(_fields(("Status", t.status), ("Type", t.type if t.type != "full" else ""), ("Source", t.source)))
    group.extend(_fields(("Note", t.note), ("Note", CONVERTED if t.converted else ""), ("Scope", t.scope)))
    group.extend(map(_context, t.found))
    group.extend(_fields(*_frequency(t)))
    return group


def _context(e: Evidence) -> Element:
    if not e.quote:
        return _field("Source", place(e))
    return _field("Context", e.quote, *_fields(("Source", place(e, quoted=False))))


def _frequency(t: Term) -> Iterator[tuple[str, str]]:
    if t.count or t.documents:
        yield "Frequency", f"{t.count} in {t.documents} texts"
