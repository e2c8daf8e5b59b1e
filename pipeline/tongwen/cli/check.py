"""``tongwen check``: every problem that was found, with the evidence under a caret and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

import click

from tongwen.cli.address import literal, reference
from tongwen.cli.options import index_option
from tongwen.cli.page import Page, page, print_json
from tongwen.cli.place import Lines, Quote
from tongwen.model import Json, Span

if TYPE_CHECKING:
    from tongwen.store import Reader

INDENT = 6  # of the evidence


class Fault(TypedDict):
    """A row of `tongwen records problems`."""

    doc: str
    id: str
    span: tuple[int, int]
    code: str
    message: str
    hint: str


@click.command()
@click.argument("doc", required=False)
@click.option("--code", "codes", multiple=True, metavar="GLOB", help="Problems of this code alone; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line: the problem, line, column, quote.")
@index_option
def command(doc: str | None, codes: tuple[str, ...], as_json: bool, index_folder: Path) -> None:
    """Tell every problem found in the texts.

    Each is quoted with its place and with what was probably meant; DOC is an id or a pattern of ids. Nothing is ever
    changed, and a problem in a text is no failure: the exit code is 0.

    \b
    tongwen check
    tongwen check zh-Hant/model-convention-2025
    tongwen check 'zh-Hant/*'
    tongwen check --code heading-missing --code 'article-*'
    """
    from tongwen.flow.places import reading  # noqa: PLC0415  help needs no database

    with reading(index_folder) as store:
        found = _of_codes(_by_document(store, doc), codes)
        if as_json:
            _print_lines(store, found)
        else:
            _print_page(store, found, page(), "No problems of that code." if codes else "No problems.")


def _by_document(store: Reader, doc: str | None) -> Iterator[tuple[str, list[Fault]]]:
    """Every document with problems, and files of which nothing could be read; raises ``NotFound``."""
    failed = {file.doc: file.problem for file in store.files() if file.state == "failed"}
    glob = _glob(store, doc, failed)
    failed = {name: problem for name, problem in failed.items() if fnmatchcase(name, glob)}
    rows = cast(Iterator[Fault], store.records("problems", glob))
    known = {name: list(faults) for name, faults in groupby(rows, lambda row: row["doc"])}
    for name in sorted({*known, *failed}):
        yield name, [*_unread(name, failed.get(name)), *known.get(name, [])]


def _of_codes(found: Iterator[tuple[str, list[Fault]]], codes: Collection[str]) -> Iterator[tuple[str, list[Fault]]]:
    """Problems whose code is one of ``codes``, or matches it as a shell pattern; all where none is given."""
    for name, faults in found:
        kept = [fault for fault in faults if not codes or any(fnmatchcase(fault["code"], code) for code in codes)]
        if kept:
            yield name, kept


def _glob(store: Reader, doc: str | None, failed: Collection[str]) -> str:
    """A shell pattern of the documents meant: an id means itself, whatever signs it has."""
    if doc is None:
        return "*"
    if doc in failed or store.document_ids(literal(doc)):
        return literal(doc)
    if not store.document_ids(doc) and not any(fnmatchcase(name, doc) for name in failed):
        store.title(doc)
    return doc


def _unread(doc: str, problem: str | None) -> Iterator[Fault]:
    if problem is not None:
        hint = "What is known of this file, if anything, is from the last time it could be read."
        yield {"doc": doc, "id": "", "span": (0, 0), "code": "unreadable-file", "message": problem, "hint": hint}


class _Evidence:
    """The text of one document, read when a problem first needs it."""

    def __init__(self, store: Reader, doc: str, faults: list[Fault]) -> None:
        placed = any(end for _, end in (fault["span"] for fault in faults))
        self._lines = Lines(store.text(doc) if placed else "")

    def of(self, fault: Fault, columns: int = 0) -> tuple[int, int, Quote] | None:
        """Line, column and quotation (of at most ``columns``); None where the document as a whole is meant."""
        span = Span(*fault["span"])
        if span == Span(0, len(self._lines.text)):
            return None
        return *self._lines.place(span.start), self._lines.quote(span, columns)


def _print_lines(store: Reader, found: Iterator[tuple[str, list[Fault]]]) -> None:
    for doc, faults in found:
        evidence = _Evidence(store, doc, faults)
        for fault in faults:
            place = evidence.of(fault)
            line, column, quote = place or (None, None, None)
            more: dict[str, Json] = {"line": line, "column": column, "quote": quote.line if quote else None}
            print_json({**cast(dict[str, Json], fault), **more})


def _print_page(store: Reader, found: Iterator[tuple[str, list[Fault]]], sheet: Page, none: str) -> None:
    counts: Counter[str] = Counter()
    documents = 0
    for documents, (doc, faults) in enumerate(found, start=1):  # noqa: B007  counted for the last line
        sheet.line(sheet.paint(sheet.safe(reference(doc)), "heading"))
        evidence = _Evidence(store, doc, faults)
        for fault in faults:
            _print_fault(fault, evidence.of(fault, max(0, sheet.columns - INDENT)), sheet)
        sheet.line()
        counts.update(fault["code"] for fault in faults)
    by_code = ", ".join(f"{code} {count}" for code, count in counts.most_common())
    total = f"{counts.total()} problem{'s' * (counts.total() != 1)} in {documents} document{'s' * (documents != 1)}"
    sheet.line(f"{total}: {by_code}" if counts else none)


def _print_fault(fault: Fault, place: tuple[int, int, Quote] | None, sheet: Page) -> None:
    where = f"{place[0]}:{place[1]}  " if place else ""
    sheet.line(f"  {where}{sheet.paint(fault['code'], 'label')}  {sheet.safe(fault['message'])}")
    if place:
        sheet.line(" " * INDENT + sheet.safe(place[2].line))
        sheet.line(" " * INDENT + sheet.paint(place[2].carets, "match"))
    if fault["hint"]:
        sheet.folded("→ " + fault["hint"], INDENT, 2)
