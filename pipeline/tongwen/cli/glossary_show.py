"""``tongwen glossary show``: one entry with all that is known of it, and its neighbours with what shows them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tongwen.cli.address import reference
from tongwen.cli.glossary_opening import code, opened, termbase_option
from tongwen.cli.options import index_option
from tongwen.cli.page import Page, page, print_json
from tongwen.cli.width import width

if TYPE_CHECKING:
    from tongwen.concept import Concept, Definition, Evidence, Glossary, Link, Term
    from tongwen.model import Json

INDENT = 2
TERM = 30  # columns


@click.command("show")
@click.argument("term", nargs=-1, required=True)
@termbase_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each entry, its neighbours named.")
@index_option
def command(term: tuple[str, ...], index_folder: Path, termbases: tuple[Path, ...], as_json: bool) -> int:
    """Print the entry of a TERM, in any of its forms, or of an id.

    Each form is marked: how often it stands in the texts, or that it was converted by a machine and stands in none.
    The neighbours are printed with the words that show them. A name of several entries prints them all.

    \b
    tongwen glossary show 去罪化
    tongwen glossary show harm reduction
    """
    from tongwen.glossary.lookup import named  # noqa: PLC0415  help needs no glossary

    found = opened(index_folder, termbases)
    sheet = page()
    for number, concept in enumerate(named(found.glossary, " ".join(term))):
        if as_json:
            print_json(_json(concept, found.glossary))
        else:
            if number:
                sheet.line()
            _Entry(concept, found.glossary, sheet).print()
    return code(found)


def _json(concept: Concept, glossary: Glossary) -> Json:
    from tongwen.glossary.plain import as_json, link_json  # noqa: PLC0415

    links: list[Json] = []
    for link in glossary.links(concept.id):
        target = glossary.get(link.target)
        row = link_json(link)
        links.append({**row, "name": target.name} if isinstance(row, dict) and target else row)
    return {**as_json(concept), "links": links}


class _Entry:
    def __init__(self, concept: Concept, glossary: Glossary, sheet: Page) -> None:
        self._concept, self._glossary, self._sheet = concept, glossary, sheet

    def print(self) -> None:
        concept, sheet = self._concept, self._sheet
        about = " · ".join(part for part in (concept.subject, f"{concept.origin} entry") if part)
        name = sheet.paint(sheet.safe(concept.name), "heading")
        sheet.line(f"{name}  {sheet.paint(concept.id, 'label')}  {sheet.safe(about)}")
        self._terms()
        for definition in concept.definitions:
            self._definition(definition)
        for text in concept.notes:
            self._section("note")
            sheet.folded(text, INDENT)
        self._links()
        self._found()

    def _section(self, title: str) -> None:
        self._sheet.line()
        self._sheet.line(self._sheet.paint(title, "label"))

    def _terms(self) -> None:
        order = sorted(self._concept.terms, key=lambda term: term.language)
        for language, terms in groupby(order, lambda term: term.language):
            self._section(language)
            for term in self._concept_order(list(terms)):
                self._term(term)

    def _concept_order(self, terms: Sequence[Term]) -> list[Term]:
        return sorted(terms, key=lambda term: ("preferred", "admitted", "deprecated", "candidate").index(term.status))

    def _term(self, term: Term) -> None:
        sheet = self._sheet
        text = sheet.safe(term.text)
        kind = "" if term.type == "full" else f", {term.type}"
        said = f"{term.status}{kind}"
        sheet.line(f"  {text}{' ' * max(2, TERM - width(text))}{said:<22} {_standing(term)}")
        if term.note:
            sheet.folded(term.note, INDENT + 4)

    def _definition(self, definition: Definition) -> None:
        scope = f", in this {definition.scope}" if definition.scope in ("article", "chapter", "document") else ""
        self._section(f"definition ({definition.language}{scope})")
        self._sheet.folded(definition.text, INDENT)
        where = reference(definition.found.doc, definition.found.record) if definition.found else ""
        self._sheet.folded(" · ".join(part for part in (definition.source, where) if part), INDENT + 2, 2)

    def _links(self) -> None:
        from tongwen.concept import LINK_KINDS  # noqa: PLC0415

        links = sorted(self._glossary.links(self._concept.id), key=lambda link: LINK_KINDS.index(link.kind))
        for kind, group in groupby(links, lambda link: link.kind):
            self._section("not the same as" if kind == "contrast" else kind)
            for link in group:
                self._link(link)

    def _link(self, link: Link) -> None:
        sheet, target = self._sheet, self._glossary.get(link.target)
        name = target.name if target else link.target
        sheet.line(f"  {sheet.safe(name)}  {sheet.paint(link.target, 'faint')}")
        if link.reason:
            sheet.folded(link.reason, INDENT + 4)
        for evidence in link.found[:1]:
            self._quote(evidence, INDENT + 4)

    def _found(self) -> None:
        first = (term.found[0] for term in self._concept.terms if term.found)
        places = {(place.doc, place.quote): place for place in first if place.quote}
        if places:
            self._section("found")
        for evidence in places.values():
            self._quote(evidence, INDENT)

    def _quote(self, evidence: Evidence, indent: int) -> None:
        quoted = f"“{evidence.quote}”  " if evidence.quote else ""
        self._sheet.folded(f"{quoted}{reference(evidence.doc, evidence.record)}", indent, 2)


def _standing(term: Term) -> str:
    where = f" (in {term.scope} alone)" if term.scope else ""
    if term.converted:
        return f"converted, stands in no text{where}"
    if not term.count:
        return f"not found in the texts by itself{where}"
    texts = f"{term.documents:,} document{'s' * (term.documents != 1)}"
    return f"{term.count:,} time{'s' * (term.count != 1)}{where or f' in {texts}'}"
