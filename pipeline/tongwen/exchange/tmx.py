"""TMX 1.4b, the format of translation memories: a unit for each concept, and in it a variant for each term.

What TMX has no element for stands in properties whose types begin with ``x-``, as its specification asks, and is read
back from them. Another tool's properties are told and not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast, get_args

from tongwen import __version__
from tongwen.concept import STATUSES, TERM_TYPES, Concept, Link, Origin, Term
from tongwen.exchange.gathering import Draft, Gathering
from tongwen.exchange.losses import Losses
from tongwen.exchange.markup import LANG, Element, children, element, entries, local, serialised, text
from tongwen.exchange.parts import labelled, place
from tongwen.exchange.reading import Reading
from tongwen.exchange.structure import check_structure
from tongwen.exchange.tags import TAG, tag
from tongwen.exchange.term_notes import noted, notes
from tongwen.exchange.tidy import collapsed, tidy
from tongwen.exchange.told import as_definition, as_link, definition_text, link_text
from tongwen.exchange.writing import Written
from tongwen.export.guard import writable

_CODE = ("bpt", "ept", "it", "ph", "ut")  # codes of another format inside a text, which are no text
_HEADER = {
    "creationtool": "Tongwen",
    "creationtoolversion": __version__,
    "segtype": "phrase",
    "o-tmf": "Tongwen",
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "plaintext",
}


def write_tmx(concepts: Sequence[Concept], title: str = "Tongwen") -> Written:
    """:raises InvalidExport: an id or a language tag cannot stand in XML, or two concepts share an id"""
    losses = Losses()
    kept = tidy(concepts, losses)
    root, body = element("tmx", {"version": "1.4"}), element("body")
    header = element("header", _HEADER)
    header.append(element("note", words=collapsed(writable(title)) or "Tongwen"))
    body.extend(map(_unit, kept))
    root.extend((header, body))
    check_structure(root)
    extra = [d for c in kept for d in c.definitions]
    losses.add("TMX holds definitions as properties, which other tools pass over; definitions", extra)
    losses.add("TMX holds links as properties, which other tools pass over; links", [k for c in kept for k in c.links])
    unusual = [t for c in kept for t in c.terms if t.status != "preferred"]
    losses.add("TMX holds the status as a property, so that other tools may offer any term; terms", unusual)
    return Written(serialised(root), losses.sentences())


def _property(kind: str, words: str, **more: str) -> Element:
    return element("prop", {"type": f"x-{kind}", **more}, words)


def _unit(c: Concept) -> Element:
    unit = element("tu", {"tuid": c.id})
    unit.extend(element("note", words=note) for note in c.notes)
    if c.subject:
        unit.append(_property("subject", c.subject))
    if c.origin != "curated":
        unit.append(_property("origin", c.origin))
    unit.extend(_property("definition", definition_text(d), lang=d.language) for d in c.definitions)
    unit.extend(_property("link", f"{link.target} {link_text(link)}") for link in c.links)
    unit.extend(map(_variant, c.terms))
    return unit


def _variant(t: Term) -> Element:
    variant = element("tuv", {"lang": t.language})
    variant.extend(element("note", words=note) for note in notes(t))
    variant.append(_property("status", t.status))
    if t.type != "full":
        variant.append(_property("type", t.type))
    if t.source:
        variant.append(_property("source", t.source))
    variant.extend(_property("place", place(e)) for e in t.found)
    variant.append(element("seg", words=t.text))
    return variant


def read_tmx(data: bytes, name: str) -> Reading:
    """:param name: the file's, for the faults
    :raises UnreadableFile: no TMX, or none that can be trusted
    """
    gathering = Gathering(name)
    for unit in entries(data, name, ("tmx",), ("tu",)):
        gathering.add(_Unit(unit, gathering).draft)
    return gathering.reading()


def _properties(container: Element) -> Iterator[tuple[str, str, Element]]:
    """The name of each note and property with its text, none of them empty."""
    for child in children(container):
        name, words = local(child), text(child, _CODE)
        if words and name in ("note", "prop"):
            yield (name if name == "note" else child.get("type") or name), words, child


class _Unit:
    """One unit, read."""

    def __init__(self, unit: Element, gathering: Gathering) -> None:
        self._gathering = gathering
        self.draft = Draft(unit.sourceline or 0, unit.get("tuid") or "")
        for name, words, found in _properties(unit):
            self._of_concept(name, words, found)
        for variant in children(unit):
            if local(variant) == "tuv":
                self._variant(variant)

    def _of_concept(self, name: str, words: str, found: Element) -> None:
        match name:
            case "note":
                self.draft.notes.append(words)
            case "x-subject":
                self.draft.subjects.append(words)
            case "x-origin" if words in get_args(Origin):
                self.draft.origin = cast(Origin, words)
            case "x-definition":
                self.draft.definitions.append(as_definition(words, tag(_tagged(found)) or "und"))
            case "x-link":
                self.draft.links.append((found.sourceline or 0, _link(words)))
            case _:
                self._gathering.unread(found.sourceline or 0, name)

    def _variant(self, variant: Element) -> None:
        tagged = tag(_tagged(variant))
        words = next((text(e, _CODE) for e in children(variant) if local(e) == "seg"), "")
        if not TAG.fullmatch(tagged) or not words:
            what = "there is no text" if TAG.fullmatch(tagged) else f"“{tagged}” is no language tag"
            self._gathering.fault(variant.sourceline or 0, f"{what}; the variant is passed over")
            return
        term = Term(words, tagged, self.draft.unsaid_status(tagged))
        for name, value, found in _properties(variant):
            term = self._of_term(term, name, value, found)
        self.draft.terms.append(term)

    def _of_term(self, term: Term, name: str, words: str, found: Element) -> Term:
        match name:
            case "note":
                return noted(term, words)
            case "x-status" if words in STATUSES:
                return replace(term, status=words)
            case "x-type" if words in TERM_TYPES:
                return replace(term, type=words)
            case "x-source":
                return replace(term, source=words)
            case "x-place":
                return noted(term, labelled("place", words))
            case _:
                self._gathering.unread(found.sourceline or 0, name)
                return term


def _tagged(found: Element) -> str:
    return found.get(LANG) or found.get("lang") or ""


def _link(words: str) -> Link:
    target, _, said = words.partition(" ")
    return as_link(said, target)
