"""``tongwen records``: everything of one kind that was found, for other programs and for spreadsheets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from json import dumps
from pathlib import Path
from typing import Literal

import click

from tongwen.cli.glossary_opening import opened
from tongwen.cli.kinds import kind_meant
from tongwen.cli.options import index_option
from tongwen.cli.page import note, print_json
from tongwen.export import delimited
from tongwen.model import Json

TERMS = "terms"  # of the library as a whole, where all other records are of one document
LATER = ("citations",)
"""Kinds that the contract names and no stage finds yet."""

Rows = Callable[[], Iterator[dict[str, Json]]]


@click.command()
@click.argument("kind")
@click.option("--doc", "glob", metavar="GLOB", default="*", help="Only documents whose id matches, e.g. 'zh-Hant/*'.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@index_option
def command(kind: str, glob: str, form: Literal["jsonl", "csv"], index_folder: Path) -> None:
    """Print every record of KIND, one JSON object a line, or as CSV.

    KIND is documents, articles, provisions, sections, paragraphs, tables, boxes, footnotes, lists,
    figures, definitions, abbreviations, deemings, terms or problems.

    \b
    tongwen records documents
    tongwen records articles --doc 'zh-Hant/*' > articles.jsonl
    tongwen records definitions --format csv > definitions.csv
    tongwen records problems --format csv > problems.csv
    """
    from tongwen.flow.places import reading  # noqa: PLC0415  help needs no database
    from tongwen.store.listing import KINDS, OF_RECORDS  # noqa: PLC0415

    names = {name: name for name in (*KINDS, TERMS, *LATER)}
    one = {name.removesuffix("s"): name for name in names} | {single: name for name, single in OF_RECORDS.items()}
    kind = kind_meant(kind, names | one, f"There is no kind {kind!r} of records.")
    with reading(index_folder) as store:
        if kind in LATER:
            note(f"this version finds no {kind} yet")
            return
        if not store.document_ids(glob):
            note("the index holds nothing yet" if store.is_empty() else f"no document's id matches {glob!r}")
            return
    rows = _terms(index_folder, glob) if kind == TERMS else _listed(index_folder, kind, glob)
    with rows as read:
        if next(read(), None) is None:
            note(f"no {kind} were found")
        else:
            _PRINT[form](read)


@contextmanager
def _listed(index_folder: Path, kind: str, glob: str) -> Iterator[Rows]:
    from tongwen.flow.places import reading  # noqa: PLC0415

    with reading(index_folder) as store:
        yield lambda: store.records(kind, glob)


@contextmanager
def _terms(index_folder: Path, glob: str) -> Iterator[Rows]:
    from tongwen.glossary.rows import term_rows  # noqa: PLC0415

    found = opened(index_folder, (), candidates=True)
    yield lambda: term_rows(found.glossary.concepts, glob)


def _print_lines(rows: Rows) -> None:
    for row in rows():
        print_json(row)


def _print_csv(rows: Rows) -> None:
    """Two passes, so that the header names every field that some record has, without keeping the records."""
    columns = list(dict.fromkeys(name for row in rows() for name in row))
    delimited.write(chain([columns], ([_cell(row.get(name)) for name in columns] for row in rows())), sys.stdout)


def _cell(value: Json) -> str:
    """A value as text: nothing for null, nested values as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value, ensure_ascii=False)


_PRINT: dict[str, Callable[[Rows], None]] = {"jsonl": _print_lines, "csv": _print_csv}
