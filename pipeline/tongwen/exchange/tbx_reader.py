"""Reads TBX of both editions, in both styles, from any tool: what a data category means is looked up by its name.

In style DCA the name is an attribute, in DCT that of the element; name spaces are passed over. A group says one thing
and, behind it, where that is from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, cast, get_args

from tongwen.concept import Definition, LinkKind, Origin, Status, Term, TermType
from tongwen.exchange.gathering import Draft, Gathering
from tongwen.exchange.markup import LANG, Element, children, entries, language, local, text
from tongwen.exchange.parts import as_place, labelled, split
from tongwen.exchange.reading import Reading
from tongwen.exchange.tags import TAG, region, tag
from tongwen.exchange.tbx_values import ENTRIES, LANGUAGES, TERMS, ours
from tongwen.exchange.term_notes import noted, with_note
from tongwen.exchange.told import as_link

_CODE = ("ec", "ph", "sc")  # formatting inside a text, which is no text
_REGION = re.compile(r"[A-Z]{2}")


class Said(NamedTuple):
    """One data category, and what stands behind it in its group. ``language``: told at this element, or empty."""

    category: str
    text: str
    line: int
    language: str = ""
    target: str = ""
    more: tuple[Said, ...] = ()

    def source(self) -> str:
        """What the group says of where it is from, in one line."""
        return "; ".join(said.text for said in self.more if said.category == "source")


def read_tbx(data: bytes, name: str) -> Reading:
    """:param name: the file's, for the faults
    :raises UnreadableFile: no TBX, or none that can be trusted
    """
    gathering = Gathering(name)
    for entry in entries(data, name, ("tbx", "martif"), ENTRIES):
        gathering.add(_Entry(entry, gathering).draft)
    return gathering.reading()


def _said(container: Element) -> Iterator[Said]:
    """What is said at one level, in order; not what its languages and terms say."""
    for child in children(container):
        name = local(child)
        if name == "termGrp":
            yield from _said(child)
        elif name.endswith("Grp"):
            head, *more = [*_said(child)] or [Said("", "", 0)]
            yield head._replace(more=tuple(more))
        elif name not in (*LANGUAGES, *TERMS, "term"):
            own = child.get(LANG) or child.get("lang") or ""
            line, target = child.sourceline or 0, child.get("target") or ""
            yield Said(child.get("type") or name, text(child, _CODE), line, own, target)


class _Entry:
    """One entry, level by level."""

    def __init__(self, entry: Element, gathering: Gathering) -> None:
        self._gathering = gathering
        self.draft = Draft(entry.sourceline or 0, entry.get("id") or "")
        self.draft.ids = {inner.get("id") for inner in entry.iterdescendants() if inner.get("id")}
        self._around = tag(language(entry)) or "und"
        for said in _said(entry):
            self._of_concept(said)
        for section in children(entry):
            if local(section) in LANGUAGES:
                self._language(section)

    def _of_concept(self, said: Said) -> None:
        if not said.text and not said.target:
            return
        if said.category == "subjectField":
            self.draft.subjects.append(said.text)
        elif said.category == "projectSubset" and said.text in get_args(Origin):
            self.draft.origin = cast(Origin, said.text)
        elif said.category == "definition":
            self._define(said, tag(said.language) or self._around)
        else:
            self._beside(said)

    def _beside(self, said: Said) -> None:
        """What may stand at a concept, and at a language for want of a better place."""
        kind = ours("relation", said.category)
        if said.category == "note":
            self.draft.notes.append(said.text)
        elif said.category == "source" or ours("note", said.category):
            self.draft.notes.append(labelled(said.category, said.text))
        elif kind and said.target:
            self._link(said, cast(LinkKind, kind))
        else:
            self._gathering.unread(said.line, said.category)

    def _link(self, said: Said, kind: LinkKind) -> None:
        link = as_link(said.text, said.target) if said.text else as_link("related", said.target)
        self.draft.links.append((said.line, link if said.category == "crossReference" else replace(link, kind=kind)))

    def _define(self, said: Said, tagged: str) -> None:
        made = Definition(said.text, tagged)
        for more in said.more:
            label, rest = split(more.text)
            place = as_place(more.text)
            if more.category == "source" and place:
                made = replace(made, found=place)
            elif more.category == "source":
                source = rest if label == "source" else more.text
                made = replace(made, source="; ".join(filter(None, (made.source, source))))
            elif label == "scope":
                made = replace(made, scope=rest)
            elif more.text:
                self.draft.notes.append(more.text)
        self.draft.definitions.append(made)

    def _language(self, section: Element) -> None:
        tagged = tag(language(section))
        if not TAG.fullmatch(tagged):
            self._gathering.fault(section.sourceline, f"“{tagged}” is no language tag; its terms are passed over")
            return
        for said in _said(section):
            if said.category == "definition" and said.text:
                self._define(said, tag(said.language) or tagged)
            elif said.text or said.target:
                self._beside(said)
        for inner in children(section):
            if local(inner) in TERMS:
                self._term(inner, tagged)

    def _term(self, section: Element, tagged: str) -> None:
        words = next((text(e, _CODE) for e in section.iter("{*}term")), "")
        if not words:
            self._gathering.fault(section.sourceline, "there is no term; what is said of it is passed over")
            return
        said = [*_said(section)]
        status = self._status(said, tagged)
        term = Term(words, _regional(said, tagged), status)
        for one in said:
            if one.text or one.target:
                term = self._of_term(term, one)
        self.draft.terms.append(term)

    def _status(self, said: list[Said], tagged: str) -> Status:
        known = [ours("administrativeStatus", s.text) for s in said if s.category == "administrativeStatus"]
        if any(s.category == "projectSubset" and s.text == "candidate" for s in said) and not any(known):
            return "candidate"
        return cast(Status, next(filter(None, known), self.draft.unsaid_status(tagged)))

    def _of_term(self, term: Term, said: Said) -> Term:
        known = ours(said.category, said.text)
        match said.category:
            case "administrativeStatus" | "projectSubset" if known or said.text == "candidate":
                pass  # _status has read it
            case "termType" if known:
                term = replace(term, type=cast(TermType, known))
            case "source":
                term = replace(term, source="; ".join(filter(None, (term.source, said.text))))
            case "geographicalUsage":
                term = _used(term, said.text)
            case "context":
                term = _shown(term, said)
            case "definition":
                self._define(said, term.language)
            case category if ours("note", category):
                term = noted(term, said.text)
            case _:
                self._beside(said)
        return term


def _shown(term: Term, said: Said) -> Term:
    """A sentence of a text of the library is evidence; another tool's is somebody's word."""
    source = said.source()
    place = as_place(source)
    if place:
        return replace(term, found=(*term.found, replace(place, quote=said.text)))
    return with_note(term, labelled("context", f"{said.text} ({source})" if source else said.text))


def _used(term: Term, usage: str) -> Term:
    """The tag tells the region already, or a note does."""
    known = _region(usage)
    return term if known and known == region(term.language) else with_note(term, labelled("used in", usage))


def _region(usage: str) -> str:
    """The code of a region that a tool may have written out; empty where it is none."""
    return ours("region", usage) or (usage if _REGION.fullmatch(usage) else "")


def _regional(said: list[Said], tagged: str) -> str:
    """``zh-Hant`` used in Taiwan is ``zh-Hant-TW``."""
    used = [_region(s.text) for s in said if s.category == "geographicalUsage"]
    return f"{tagged}-{used[0]}" if len(used) == 1 and used[0] and not region(tagged) else tagged
