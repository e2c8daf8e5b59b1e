"""A concordance as it is printed: the keyword in one column, whatever stands before it; or as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from json import dumps
from typing import TYPE_CHECKING, cast

from tongwen.cli.address import reference
from tongwen.cli.page import Page
from tongwen.cli.script import Choice, Reading
from tongwen.cli.width import width

if TYPE_CHECKING:
    from tongwen.model import Json, Language
    from tongwen.search.concordance import Concordance, Use
    from tongwen.store import Reader

FORMS = ("text", "csv", "jsonl", "xlsx")
COLUMNS = ("left", "text", "right", "doc", "id", "label", "title", "start", "end", "form", "why")
GAP = "  "


@dataclass(frozen=True)
class Kwic:
    """``found``: what there is, ``shown``: what of it is printed; ``room``: columns on each side."""

    store: Reader
    found: Concordance
    shown: Sequence[Use]
    room: int
    script: Choice = "original"

    def lines(self, sheet: Page, seconds: float | None = None) -> Iterator[str]:
        """Painted for ``sheet``."""
        for line in self._summary(seconds):
            yield sheet.paint(sheet.safe(line), "faint")
        yield ""
        widest = max((width(self._reading(use.doc)(use.text)) for use in self.shown), default=0)
        for use in self.shown:
            yield self._line(use, sheet, widest)

    def _summary(self, seconds: float | None) -> Iterator[str]:
        uses, documents = self.found.uses, len({use.doc for use in self.found.uses})
        took = f" ({seconds:.3f} s)" if seconds is not None else ""
        yield f"{len(uses):,} use{'s' * (len(uses) != 1)} in {documents:,} document{'s' * (documents != 1)}{took}"
        if self.found.read_as:
            yield f"read as {'; '.join(self.found.read_as)}"
        if len(self.shown) < len(uses):
            yield f"the first {len(self.shown):,} are shown"
        if converting := next((r for use in self.shown if (r := self._reading(use.doc)).converts), None):
            yield f"[texts in the other script are converted by {converting.by}]"

    def _line(self, use: Use, sheet: Page, widest: int) -> str:
        left, text, right = (sheet.safe(self._reading(use.doc)(part)) for part in (use.left, use.text, use.right))
        left, right = _last(left, self.room), _first(right, self.room)
        right += " " * (widest - width(text) + self.room - width(right))
        place = sheet.paint(sheet.safe(reference(use.doc, use.record)), "faint")
        label = sheet.paint(sheet.safe(self._label(use)), "label")
        before = " " * (self.room - width(left)) + left
        return GAP.join((before, sheet.paint(text, "match"), right, place, label)).rstrip()

    def rows(self) -> Iterator[dict[str, Json]]:
        """The uses as JSON objects, with the context cut to its columns."""
        titles = dict(self.store.titles())
        for use in self.shown:
            sides: dict[str, Json] = {"left": _last(use.left, self.room), "right": _first(use.right, self.room)}
            yield {**use.json(), **sides, "label": self._label(use), "title": titles[use.doc]}

    def grid(self) -> Iterator[list[str]]:
        """The rows as texts, in the order of ``COLUMNS``."""
        for row in self.rows():
            (start, end), why = cast(list[int], row.pop("span")), cast(list[str], row.pop("why"))
            cells = {**row, "start": start, "end": end, "why": " ".join(why)}
            yield [str(cells[column]) for column in COLUMNS]

    def _label(self, use: Use) -> str:
        return self.store.record(use.doc, use.record).label

    def _reading(self, doc: str) -> Reading:
        return Reading(self.script, self._languages[doc]) if self.script != "original" else Reading("original", "und")

    @cached_property
    def _languages(self) -> dict[str, Language]:
        return {str(row["doc"]): cast("Language", row["language"]) for row in self.store.records("documents")}


def content(form: str, kwic: Kwic) -> str | bytes:
    if form == "text":
        return "".join(f"{line}\n" for line in kwic.lines(Page(False, False)))
    if form == "jsonl":
        return "".join(dumps(row, ensure_ascii=False) + "\n" for row in kwic.rows())
    return _table(form, list(kwic.grid()))


def _table(form: str, rows: Sequence[Sequence[str]]) -> str | bytes:
    from tongwen.export.sheet import Sheet  # noqa: PLC0415

    sheet = Sheet("concordance", COLUMNS, rows)
    if form == "csv":
        from tongwen.export.delimited import delimited  # noqa: PLC0415

        return delimited(sheet)
    from tongwen.export.workbook import workbook  # noqa: PLC0415  loads a library

    return workbook([sheet])


def _first(text: str, columns: int) -> str:
    """As much of the beginning as fits."""
    return "".join(_fitting(text, columns))


def _last(text: str, columns: int) -> str:
    return "".join(_fitting(reversed(text), columns))[::-1]


def _fitting(characters: Iterable[str], columns: int) -> Iterator[str]:
    for character in characters:
        columns -= width(character)
        if columns < 0:
            return
        yield character
