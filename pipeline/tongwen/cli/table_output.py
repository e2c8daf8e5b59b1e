"""The tables that were asked for, in one form or another, printed or written to a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tongwen.cli import destination, table_rows
from tongwen.cli.address import reference
from tongwen.cli.article import Printed
from tongwen.cli.page import Page, page
from tongwen.cli.script import Choice, Reading
from tongwen.cli.shown import show_table
from tongwen.cli.width import shorten
from tongwen.errors import UsageError
from tongwen.model import Json, Language

if TYPE_CHECKING:
    from tongwen.export.sheet import Sheet

_SUFFIXES = {"table": "txt", "markdown": "md"}

Row = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Tables:
    """``found``: rows of the store's listing; ``documents``: likewise those of their documents, by id."""

    found: Sequence[Row]
    documents: Mapping[str, Row]
    script: Choice
    bom: bool = False

    def write(self, form: str | None, output: Path | None, folder: bool = False) -> None:
        """``form`` None: a list. ``folder``: as ``output`` one is named, which gets a file for each table."""
        if form is None:
            self._list(page())
        elif output and folder:
            self._write_each(form, output)
        elif form == "table" and output is None:
            self.draw(page())
        else:
            file = destination.file_for(output) if output else None
            if form == "xlsx" and file is None and sys.stdout.isatty():
                raise UsageError("A workbook cannot be shown on a terminal.", "Name a file: -o tables.xlsx.")
            destination.write(_CONTENT[form](self), file)

    def _write_each(self, form: str, folder: Path) -> None:
        for row in self.found:
            file = destination.inside(folder, f"{row['doc']}/{row['id']}.{_SUFFIXES.get(form, form)}")
            destination.write(_CONTENT[form](replace(self, found=[row])), file)

    def _list(self, paper: Page) -> None:
        """By document, one line a table: its id, rows × columns, where it was read from, its page, its caption."""
        ids, pages = ([len(str(row.get(name) or "")) for row in self.found] for name in ("id", "page"))
        doc, on = None, max(pages)
        for row in self.found:
            if row["doc"] != doc:
                paper.line(paper.paint(paper.safe(reference(str(doc := row["doc"]))), "heading"))
            at = f"p. {row['page']}" if row.get("page") else ""
            facts = _facts(row) + (f"{at:<{on + 3}}  " if on else "")
            line = f"  {row['id']:<{max(ids)}}  {facts}{self._reading(row)(_title(row))}"
            paper.line(paper.safe(shorten(line, paper.columns) if paper.columns else line).rstrip())

    def draw(self, paper: Page) -> None:
        for number, row in enumerate(self.found):
            if number:
                paper.line("\n")
            printed = Printed(paper, self._reading(row))
            if printed.reading.converts:
                paper.line(printed.reading.mark(str(row["doc"]), str(row["id"])) + "\n")
            show_table(row, printed)
            paper.line()
            paper.line(paper.paint(paper.safe(table_rows.source(row, self.document(row)["title"])), "faint"))

    def _reading(self, row: Row) -> Reading:
        return Reading(self.script, cast(Language, self.document(row)["language"]))

    def document(self, row: Row) -> Row:
        return self.documents[str(row["doc"])]

    def sheets(self) -> list[Sheet]:
        several = len({row["doc"] for row in self.found}) > 1
        return [table_rows.sheet(row, self.document(row), several) for row in self.found]


def _facts(row: Row) -> str:
    rows, columns = table_rows.size(row)
    return f"{rows:>4} × {columns:<3} {row.get('origin') or '':<9} "


def _title(row: Row) -> str:
    """The caption; of a table that has none, its first row."""
    first = next(iter([*table_rows.heads(row), *table_rows.rows(row)]), [])
    return table_rows.caption(row) or f"[{' | '.join(filter(None, first))}]"


def _drawn(tables: Tables) -> str:
    with redirect_stdout(io.StringIO()) as out:
        tables.draw(Page(False, False))
    return out.getvalue()


def _csv(tables: Tables) -> str:
    from tongwen.export.delimited import delimited  # noqa: PLC0415

    if len(tables.found) > 1:
        message = f"A CSV file holds one table, and there are {len(tables.found):,}."
        raise UsageError(message, "Name one with --id, or a folder for all: -o FOLDER/.")
    return delimited(tables.sheets()[0], tables.bom)


def _json(tables: Tables) -> str:
    rows = ({**row, "page": row.get("page")} for row in tables.found)
    return "".join(dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _html(tables: Tables) -> str:
    from tongwen.export.hypertext import page as hypertext  # noqa: PLC0415

    titles = dict.fromkeys(str(tables.document(row)["title"]) for row in tables.found)
    return hypertext(tables.sheets(), " · ".join(titles) if len(titles) < 3 else f"{len(tables.found):,} tables")


def _markdown(tables: Tables) -> str:
    from tongwen.export.markdown import markdown  # noqa: PLC0415

    return markdown(tables.sheets())


def _xlsx(tables: Tables) -> bytes:
    from tongwen.export.workbook import workbook  # noqa: PLC0415  loads a library

    return workbook(tables.sheets())


_CONTENT: dict[str, Callable[[Tables], str | bytes]] = {
    "table": _drawn,
    "csv": _csv,
    "json": _json,
    "html": _html,
    "markdown": _markdown,
    "xlsx": _xlsx,
}
FORMS = tuple(_CONTENT)
