"""``tongwen search``: the records that match, quoted in their own glyphs, with what to cite them by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, cast

import click

from tongwen.cli import PROBLEMS
from tongwen.cli.address import literal, reference
from tongwen.cli.kinds import kind_meant
from tongwen.cli.oneline import one_line
from tongwen.cli.options import index_option
from tongwen.cli.page import Page, note, page, print_json
from tongwen.cli.passage import INDENT, Passage
from tongwen.cli.script import Choice, Reading, script_option
from tongwen.errors import NoIndex
from tongwen.model import SAID, Json, Language

if TYPE_CHECKING:
    from tongwen.flow.thesaurus import LibraryThesaurus
    from tongwen.search import Hit, Results
    from tongwen.store import Reader


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--kind", metavar="KIND", help="Hits of this kind alone: article, provision, section, table, paragraph …")
@click.option("--doc", "glob", metavar="GLOB", help="Only in documents whose id matches, e.g. 'zh-Hant/*'.")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="How many hits are shown.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="How many are passed over.")
@script_option
@click.option("--exact-script", is_flag=True, help="Only what is written in the very characters typed: 復審, not 複審.")
@click.option("--no-expand", is_flag=True, help="Only what is typed, not its other names in the glossary.")
@click.option("--group", is_flag=True, help="The best hits of each document together; --limit counts documents.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@index_option
def command(
    query: tuple[str, ...],
    kind: str | None,
    glob: str | None,
    limit: int,
    offset: int,
    script: Choice,
    exact_script: bool,
    no_expand: bool,
    group: bool,
    as_json: bool,
    index_folder: Path,
) -> int:
    """Find what is typed, in either script, in every spelling, and by its other names in the glossary.

    Several words must all be there; "phrases", -exclusions, OR, AND, NOT, brackets and narcot* are understood.
    A query that begins with a hyphen goes after `--`.

    \b
    tongwen search 精神药物                          finds 精神藥物 too
    tongwen search '"减低伤害" -监狱'                a phrase, and a word that must not be there
    tongwen search 去罪化 OR 合法化 --kind article   whole articles
    tongwen search 復審 --exact-script               not 複審
    tongwen search INCB --no-expand                  not 国际麻醉品管制局
    tongwen search --doc 'zh-Hant/*' 查獲 --json
    """
    from tongwen.flow import library  # noqa: PLC0415  help needs no index
    from tongwen.flow.places import shown  # noqa: PLC0415
    from tongwen.search import search  # noqa: PLC0415

    kind = kind and _kind(kind)
    with library(index_folder) as opened:
        if opened.store.is_empty():
            empty = f"The index at {shown(index_folder)} holds nothing yet."
            raise NoIndex(empty, "Read the texts of a folder into it with `tongwen index FOLDER`.")
        names = None if no_expand or exact_script else _names(opened.store, index_folder)
        found = search(
            opened,
            " ".join(query),
            kind=kind,
            doc=glob,
            limit=limit,
            offset=offset,
            exact_script=exact_script,
            thesaurus=names,
            spelled=True,
            group=group,
        )
        told = _Told(opened.store, script, page())
        if as_json:
            print_json(told.json(found))
        else:
            (told.documents if group else told.page)(found, offset)
        if glob is not None and not found.total and not opened.store.document_ids(glob):
            note(f"no document's id matches {glob!r}")
    faults = names.faults if names else ()
    for fault in faults:
        note(one_line(fault))
    return PROBLEMS if faults else 0


def _names(store: Reader, folder: Path) -> LibraryThesaurus:
    from tongwen.flow.thesaurus import LibraryThesaurus  # noqa: PLC0415  not everyone asks for other names

    return LibraryThesaurus(store, folder)


def _kind(typed: str) -> str:
    """In the plural too, as `tongwen records` names them."""
    from tongwen.store.listing import OF_RECORDS  # noqa: PLC0415  help needs no database

    hits = {plural: kind for plural, kind in OF_RECORDS.items() if kind not in SAID}
    names = {kind: kind for kind in hits.values()} | hits
    return kind_meant(typed, names, f"There are no hits of the kind {typed!r}.")


class _Told:
    """How results are printed."""

    def __init__(self, store: Reader, script: Choice, sheet: Page) -> None:
        self._store, self._script, self._sheet = store, script, sheet

    def json(self, found: Results) -> Json:
        hits: list[Json] = [{**hit.json(), **self._converted(hit)} for hit in found.hits]
        return {**found.json(), "hits": hits}

    def _converted(self, hit: Hit) -> dict[str, Json]:
        reading = self._reading(hit.doc)
        return {"converted": {"by": reading.by, "text": reading(hit.text)}} if reading.converts else {}

    def _reading(self, doc: str) -> Reading:
        if self._script == "original":
            return Reading("original", "und")

        row = next(self._store.records("documents", literal(doc)))
        return Reading(self._script, cast(Language, row["language"]))

    def page(self, found: Results, offset: int) -> None:
        for line in self._summary(found):
            self._sheet.line(self._sheet.paint(self._sheet.safe(line), "faint"))
        for number, hit in enumerate(found.hits, start=offset + 1):
            self._sheet.line()
            self._hit(number, hit)
        if found.hits:
            self._more(found.total - offset - len(found.hits), f": --offset {offset + len(found.hits)}")

    def documents(self, found: Results, offset: int) -> None:
        """A page of documents, each with its best hits."""
        for line in self._summary(found):
            self._sheet.line(self._sheet.paint(self._sheet.safe(line), "faint"))
        groups = [list(hits) for _, hits in groupby(found.hits, lambda hit: hit.doc)]
        for number, hits in enumerate(groups, start=offset + 1):
            for hit in hits:
                self._sheet.line()
                self._hit(number if hit is hits[0] else None, hit)
            left = (hits[0].in_document or 0) - len(hits)
            self._more(left, f" in this document: --doc {quote(literal(hits[0].doc))}")
        if groups:
            self._more(found.documents - offset - len(groups), f" documents: --offset {offset + len(groups)}")

    def _more(self, left: int, where: str) -> None:
        if left > 0:
            self._sheet.line()
            self._sheet.line(self._sheet.paint(f"{left:,} more{where}", "faint"))

    def _summary(self, found: Results) -> Iterator[str]:
        from tongwen.search.plan import SIMILAR  # noqa: PLC0415  help needs no search

        if not found.total:
            yield "nothing found"
        else:
            hits = f"{found.total:,} hit{'s' * (found.total != 1)}"
            yield f"{hits} in {found.documents:,} document{'s' * (found.documents != 1)} ({found.seconds:.3f} s)"
        read_as = [way for way in found.read_as if way != SIMILAR]
        if read_as:
            yield f"read as {'; '.join(read_as)}"
        if SIMILAR in found.read_as:
            yield SIMILAR
        if found.spellings:
            sample = " (counted in a sample)" if found.sampled else ""
            yield (
                "written " + ", ".join(f"{spelling} {count:,}" for spelling, count in found.spellings.items()) + sample
            )

    def _hit(self, number: int | None, hit: Hit) -> None:
        """``number``: None of one more hit of a document that is named above."""
        sheet, reading = self._sheet, self._reading(hit.doc)
        title, label = (sheet.safe(reading(part)) for part in (hit.title, hit.label))
        if number is not None:
            sheet.line(f"{number}. {sheet.paint(title, 'heading')}  {sheet.paint(label, 'label')}".rstrip())
        elif label:
            sheet.line(" " * INDENT + sheet.paint(label, "label"))
        if hit.path:
            sheet.folded(reading(" › ".join(hit.path)), INDENT, 2)
        place = reference(hit.doc, hit.id) + (f"  p. {hit.page}" if hit.page is not None else "")
        place += "".join(f"  {way}" for way in hit.why if way.startswith("glossary:"))
        sheet.line(" " * INDENT + sheet.paint(sheet.safe(place), "faint"))
        if reading.converts:
            sheet.line(" " * INDENT + reading.mark(hit.doc, hit.id))
        if hit.cells:
            from tongwen.cli.table_hit import matching_rows  # noqa: PLC0415  most hits are no tables

            matching_rows(self._store, hit, reading, sheet)
        else:
            self._text(hit, reading)

    def _text(self, hit: Hit, reading: Reading) -> None:
        sheet = self._sheet
        whole = Passage.of(hit.text, hit.pieces, hit.highlights, hit.joints)
        shown = whole.cut()
        for line in shown.read(reading).lines(sheet):
            sheet.line(line)
        if shown is not whole:
            sheet.line(
                " " * INDENT + sheet.paint("[cut; `tongwen show` with the reference above prints all of it]", "faint")
            )
