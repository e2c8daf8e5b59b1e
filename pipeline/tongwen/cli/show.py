"""``tongwen show``: a document, or one record of it, as a reader wants it, exactly, or stage by stage."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tongwen.cli import address, body, shown, whole
from tongwen.cli.address import reference
from tongwen.cli.article import Printed, below, provisions
from tongwen.cli.healing import healed
from tongwen.cli.options import index_option
from tongwen.cli.page import page, print_json
from tongwen.cli.script import Choice, Reading, script_option
from tongwen.cli.stages import STAGES, described
from tongwen.errors import UsageError
from tongwen.model import Json, Record, Span

if TYPE_CHECKING:
    from tongwen.store import Reader


@click.command()
@click.argument("where", metavar="DOC[#ID]")
@script_option
@click.option("--original", is_flag=True, help="Print the original text exactly as it was decoded, and nothing else.")
@click.option("--stage", type=click.Choice(list(STAGES)), help="Print what this stage made of it, as JSON Lines.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@index_option
def command(where: str, script: Choice, original: bool, stage: str | None, as_json: bool, index_folder: Path) -> None:
    """Print a document, or one article, provision, table … of it.

    \b
    tongwen show zh-Hant/model-convention-2025           title, outline and text
    tongwen show zh-Hant/model-convention-2025#art_12    article 12
    tongwen show 'zh-Hant/model-convention-2025#art_1.6' its paragraph 6
    tongwen show zh-Hant/model-convention-2025#art_12 --script hans
    """
    from tongwen.flow.places import reading  # noqa: PLC0415  help needs no database

    if sum((original, bool(stage), as_json)) > 1 or (script != "original" and (original or stage)):
        raise UsageError("--original, --stage and --json exclude each other, and --script goes with none but --json.")
    with reading(index_folder) as store:
        asked = Asked(store, *address.parse(store, where), script)
        if original:
            sys.stdout.write(asked.text())
        elif stage:
            asked.stage(stage)
        elif as_json:
            asked.json()
        else:
            asked.page()


class Asked(NamedTuple):
    """What was asked for: the document ``doc``, or its record ``record``."""

    store: Reader
    doc: str
    record: str | None
    script: Choice

    def text(self) -> str:
        if self.record is None:
            return self.store.text(self.doc)
        return self.store.cut(self.doc, self.store.record(self.doc, self.record).span)

    def stage(self, name: str) -> None:
        document, structure = self.store.document(self.doc), self.store.structure(self.doc)
        place = self.store.record(self.doc, self.record).span if self.record else Span(0, len(document.text))
        for row in STAGES[name](document, structure, place):
            print_json(row)

    def json(self) -> None:
        text = self.text()
        if self.record is None:
            document = self.store.document(self.doc)
            records: list[Json] = [described(record) for record in self.store.structure(self.doc).parts]
            found = {**whole.described(document), "title": document.title, "text": text, "records": records}
        else:
            found = {"text": text, **described(self.store.record(self.doc, self.record))}
        print_json({"doc": self.doc, **found, **self._converted(text)})

    def _converted(self, text: str) -> dict[str, Json]:
        reading = self._reading()
        return {"converted": {"by": reading.by, "text": reading(text)}} if reading.converts else {}

    def _reading(self) -> Reading:
        language = "und" if self.script == "original" else self.store.document(self.doc).language
        return Reading(self.script, language)

    def page(self) -> None:
        printed = Printed(page(), self._reading())
        if self.record is None:
            whole.show(self.store.document(self.doc), self.store.structure(self.doc), printed)
        else:
            record = self.store.record(self.doc, self.record)
            self._head(record, printed)
            self._body(record, printed)
            self._foot(record, printed)

    def _head(self, record: Record, printed: Printed) -> None:
        """Where the record stands: the document's title, the headings above it and its label."""
        crumbs = [self.store.title(self.doc), *record.headings, self._label(record)]
        crumb = " › ".join(healed(crumb) for crumb in crumbs if crumb)
        printed.page.folded(printed.reading(crumb), 0, 2)
        if printed.reading.converts:
            printed.page.line(printed.reading.mark(self.doc, record.id))
        printed.page.line()

    def _label(self, record: Record) -> str:
        """What the headings do not say yet."""
        if record.kind in ("article", "section", "table", "box", "figure"):
            return ""
        article = self._around(record)
        return below(record.label, article.label, record.headings) if article else record.label

    def _body(self, record: Record, printed: Printed) -> None:
        article = self._around(record)
        if article and article is not record:
            printed.provisions(provisions(article, record.id))
        elif record.kind == "footnote":
            self._footnote(record, printed)
        elif article:
            body.show_record(article, "", printed)
        else:
            body.show(self.store.document(self.doc), self.store.structure(self.doc), printed, record)

    def _footnote(self, record: Record, printed: Printed) -> None:
        anchor, records = record.fields.get("anchor"), self.store.structure(self.doc).records
        place = anchor if isinstance(anchor, int) else 0
        shown.show_footnote(record, shown.before(place, records, self.store.text(self.doc)), printed)

    def _foot(self, record: Record, printed: Printed) -> None:
        """What to cite the record by, its span, and its page where the format has pages."""
        sheet, on = printed.page, record.fields.get("page")
        where = f"{reference(self.doc, record.id)}  [{record.span.start}, {record.span.end})"
        where += f"  p. {on}" if on else ""
        sheet.line()
        sheet.line(sheet.paint(sheet.safe(where), "faint"))

    def _around(self, record: Record) -> Record | None:
        """The article that ``record`` is or stands in."""
        while record.kind == "provision" and record.parent is not None:
            record = self.store.record(self.doc, record.parent)
        return record if record.kind == "article" else None
