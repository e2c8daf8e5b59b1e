"""``tongwen tables``: the tables of the library as a list, on the terminal, or as a file for another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tongwen.cli import address
from tongwen.cli.address import literal, reference
from tongwen.cli.options import Place, index_option
from tongwen.cli.page import note
from tongwen.cli.script import Choice, script_option
from tongwen.cli.table_output import FORMS, Tables
from tongwen.errors import NotFound, UsageError

if TYPE_CHECKING:
    from tongwen.store import Reader

_ENDINGS = {"txt": "table", "jsonl": "json", "htm": "html", "md": "markdown"} | {form: form for form in FORMS}


@click.command()
@click.argument("where", metavar="[DOC]", required=False)
@click.option("--id", "id_", metavar="ID", help="One table, such as table_4; DOC#table_4 says the same.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Print the tables themselves in this form.")
@click.option(
    "-o", "--output", metavar="FILE", type=Place(path_type=str), help="Write to FILE; its ending names the form."
)
@click.option("--bom", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@script_option
@index_option
def command(
    where: str | None,
    id_: str | None,
    form: str | None,
    output: str | None,
    bom: bool,
    script: Choice,
    index_folder: Path,
) -> None:
    """List the tables of DOC (an id or a pattern; by default all), or print or export them.

    Without --id, --format and -o, every table is one line. A CSV file holds one table, its header and rows; -o FOLDER/
    makes a file for each. A workbook has a sheet for each. No cell is run as a formula: in CSV an apostrophe stands
    before what might be, in a workbook it is marked as text.

    \b
    tongwen tables                                             what tables there are
    tongwen tables zh-Hant/conventions-and-thresholds#table_1  one of them
    tongwen tables 'zh-Hant/*' -o tables.xlsx                  a workbook
    tongwen tables en/drug-policy-terms --id table_n1 --format csv --bom > terms.csv
    """
    from tongwen.flow.places import reading  # noqa: PLC0415  help needs no database

    to = None if output in (None, "-") else Path(output)
    folder = to is not None and (to.is_dir() or str(output).endswith("/"))
    with reading(index_folder) as store:
        glob, id_ = _wanted(store, where, id_)
        form = _form(form, id_, to)
        _refuse(form, script, bom)
        found = [row for row in store.records("tables", glob) if id_ in (None, row["id"])]
        if found:
            documents = {str(row["id"]): row for row in store.records("documents", glob)}
            Tables(found, documents, script, bom).write(form, to, folder)
            if to is not None:
                note(f"{len(found):,} table{'s' * (len(found) != 1)} written to {to}")
        elif id_:
            raise NotFound(f"No table has the id {id_!r}.", "`tongwen tables` lists all that there are.")
        else:
            note("no tables were found")


def _refuse(form: str | None, script: Choice, bom: bool) -> None:
    if form not in ("table", None) and script != "original":
        raise UsageError("--script is for reading; what is exported is the original.", "Leave --script out.")
    if bom and form != "csv":
        raise UsageError("--bom is for CSV.", "Add --format csv, or leave --bom out.")


def _wanted(store: Reader, where: str | None, id_: str | None) -> tuple[str, str | None]:
    """A pattern of document ids, and the table's. Raises ``NotFound`` for a document that does not exist."""
    if where is None:
        return "*", id_
    doc, record = address.parse(store, where)
    if record and id_:
        raise UsageError(f"The table is named twice: {record} and {id_}.", "Leave out --id.")
    id_ = id_ or record
    if store.document_ids(literal(doc)) or not store.document_ids(doc):
        _check(store, doc, id_)
        return literal(doc), id_
    return doc, id_


def _check(store: Reader, doc: str, id_: str | None) -> None:
    """Raises ``NotFound`` with what was probably meant, ``UsageError`` for a record that is no table."""
    store.title(doc)
    kind = store.record(doc, id_).kind if id_ else "table"
    if kind != "table":
        raise UsageError(f"{reference(doc, id_ or '')} is a {kind}, not a table.", "`tongwen show` prints it.")


def _form(form: str | None, id_: str | None, output: Path | None) -> str | None:
    """The form that is asked for; None: a list."""
    if form or output is None:
        return form or ("table" if id_ else None)
    known = _ENDINGS.get(output.suffix.lower().removeprefix("."))
    if known is None:
        raise UsageError(
            f"The ending of {output} names no form of a table.",
            f"Add --format {'|'.join(FORMS)}; a folder to make ends in /.",
        )
    return known
