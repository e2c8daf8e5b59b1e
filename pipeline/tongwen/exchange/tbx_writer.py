"""Writes TBX, the ISO standard for termbases: the edition of 2019 (TBX-Basic in style DCA), and that of 2008.

Many tools read the one of 2008 only (OmegaT, Weblate, MultiTerm), so both are written. What TBX-Basic has no data
category for stands in notes that begin with a label (``parts.py``), and is read back from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tongwen.concept import Concept, Definition, Evidence, Term
from tongwen.errors import InvalidExport
from tongwen.exchange.losses import Losses
from tongwen.exchange.markup import Element, element, serialised, within
from tongwen.exchange.parts import labelled, place, unlabelled
from tongwen.exchange.structure import check_structure
from tongwen.exchange.tags import region
from tongwen.exchange.tbx_rules import check_categories
from tongwen.exchange.tbx_values import theirs
from tongwen.exchange.term_notes import notes
from tongwen.exchange.tidy import collapsed, languages_of, tidy
from tongwen.exchange.told import link_text
from tongwen.exchange.writing import Written
from tongwen.export.guard import writable


class Edition(NamedTuple):
    """Names of the elements, in which the two differ; ``sets`` is the file that lists the data categories of 2008."""

    root: str
    attributes: dict[str, str]
    header: str
    entry: str
    language: str
    term: str
    namespace: str = ""
    sets: str = ""


_V3 = Edition(
    "tbx",
    {"type": "TBX-Basic", "style": "dca", "lang": "en"},
    "tbxHeader",
    "conceptEntry",
    "langSec",
    "termSec",
    namespace="urn:iso:std:iso:30042:ed-2",
)
_V2 = Edition(
    "martif",
    {"type": "TBX", "lang": "en"},
    "martifHeader",
    "termEntry",
    "langSet",
    "tig",
    sets="TBXBasicXCSV02.xcs",
)


def write_tbx(concepts: Sequence[Concept], title: str = "Tongwen") -> Written:
    """TBX of 2019.

    :raises InvalidExport: an id or a language tag cannot stand in XML, two concepts share an id, or there is no term
    """
    return _write(concepts, title, _V3)


def write_tbx_v2(concepts: Sequence[Concept], title: str = "Tongwen") -> Written:
    """TBX of 2008.

    :raises InvalidExport: as ``write_tbx``
    """
    return _write(concepts, title, _V2)


def _write(concepts: Sequence[Concept], title: str, edition: Edition) -> Written:
    losses = Losses()
    kept = tidy(concepts, losses)
    if not kept:
        raise InvalidExport("There is no term to write, and a TBX file needs one.", "Ask for fewer restrictions.")
    body = element("body")
    body.extend(_entry(concept, edition) for concept in kept)
    root = element(edition.root, edition.attributes)
    root.append(_header(collapsed(writable(title)) or "Tongwen", edition))
    root.append(_with(element("text"), body))
    check_structure(root)
    check_categories(root)
    _tell(kept, losses)
    return Written(serialised(within(edition.namespace, root) if edition.namespace else root), losses.sentences())


def _with(outer: Element, *inner: Element) -> Element:
    outer.extend(inner)
    return outer


def _header(title: str, edition: Edition) -> Element:
    named = _with(element("titleStmt"), element("title", words=title))
    source = _with(element("sourceDesc"), element("p", words="Written by Tongwen from its glossary."))
    header = _with(element(edition.header), _with(element("fileDesc"), named, source))
    if edition.sets:
        header.append(_with(element("encodingDesc"), element("p", {"type": "XCSURI"}, edition.sets)))
    return header


def _typed(name: str, kind: str, words: str, **more: str) -> Element:
    return element(name, {"type": kind, **more}, words)


def _entry(c: Concept, edition: Edition) -> Element:
    entry = element(edition.entry, {"id": c.id})
    if c.subject:
        entry.append(_typed("descrip", "subjectField", c.subject))
    if c.origin != "curated":
        entry.append(_typed("admin", "projectSubset", c.origin))
    named = languages_of(c.terms)
    entry.extend(_definition(d, lang=d.language) for d in c.definitions if d.language not in named)
    entry.extend(element("note", words=note) for note in c.notes)
    entry.extend(_typed("ref", "crossReference", link_text(link), target=link.target) for link in c.links)
    entry.extend(_language(c, language, edition) for language in named)
    return entry


def _language(c: Concept, language: str, edition: Edition) -> Element:
    section = element(edition.language, {"lang": language})
    section.extend(_definition(d) for d in c.definitions if d.language == language)
    section.extend(_term(t, edition) for t in c.terms if t.language == language)
    return section


def _definition(d: Definition, **more: str) -> Element:
    group = _with(element("descripGrp"), _typed("descrip", "definition", d.text, **more))
    if d.source:
        group.append(_typed("admin", "source", unlabelled(d.source, "source")))
    if d.found:
        group.append(_typed("admin", "source", place(d.found)))
    if d.scope:
        group.append(element("note", words=labelled("scope", d.scope)))
    return group


def _term(t: Term, edition: Edition) -> Element:
    section = _with(element(edition.term), element("term", words=t.text))
    section.extend(_term_notes(t))
    if t.status == "candidate":
        section.append(_typed("admin", "projectSubset", t.status))
    if t.source:
        section.append(_typed("admin", "source", t.source))
    section.extend(map(_found, t.found))
    section.extend(element("note", words=note) for note in notes(t))
    return section


def _term_notes(t: Term) -> Iterator[Element]:
    if t.status != "candidate":  # for which the closed list has no word, and which nobody has approved
        yield _typed("termNote", "administrativeStatus", theirs("administrativeStatus", t.status))
    if t.type != "full":  # the ordinary case; TBX means by it the long form beside a shorter one
        yield _typed("termNote", "termType", theirs("termType", t.type))
    if where := region(t.language):
        yield _typed("termNote", "geographicalUsage", where)


def _found(e: Evidence) -> Element:
    """A context is a sentence; a place of which nobody asked for the words can only be noted."""
    if not e.quote:
        return element("note", words=labelled("place", place(e)))
    quoted = _typed("descrip", "context", e.quote)
    return _with(element("descripGrp"), quoted, _typed("admin", "source", place(e, quoted=False)))


_BY_NOTES = "TBX-Basic has no category for {}, of which a note tells; terms"


def _tell(concepts: Sequence[Concept], losses: Losses) -> None:
    """What stands in the file in words that only this project's readers understand."""
    terms = [t for c in concepts for t in c.terms]
    links = [link for c in concepts for link in c.links]
    candidates = [t for t in terms if t.status == "candidate"]
    losses.add("TBX-Basic has no kinds of links, which stand in the texts of its cross-references; links", links)
    losses.add("TBX-Basic has no status for candidates, whose project subset is “candidate”; terms", candidates)
    losses.add(_BY_NOTES.format("converted forms"), [t for t in terms if t.converted])
    losses.add(_BY_NOTES.format("the scope of a short form"), [t for t in terms if t.scope])
    losses.add(_BY_NOTES.format("counts and scores"), [t for t in terms if t.count or t.score is not None])
