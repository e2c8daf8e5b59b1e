"""An article as a reader wants it: the heading, then each provision on its own line, indented by its level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypedDict, cast

from tongwen.cli.healing import healed
from tongwen.cli.page import Page
from tongwen.cli.script import Reading
from tongwen.cli.width import width
from tongwen.model import Json, Record, Role

INDENT = 4  # two Chinese characters, as statutes are set


class Provision(TypedDict):
    """A row of an article's ``provisions`` (docs/records.md)."""

    id: str
    path: list[str]
    label: str
    text: str
    span: list[int]
    role: Role


class Printed(NamedTuple):
    """How a record is to be printed: where to and in which script."""

    page: Page
    reading: Reading

    def heading(self, text: str, remark: str = "") -> None:
        line = self.page.safe(self.reading(healed(text)))
        self.page.line(self.page.paint(line, "heading") + (f"  [{remark}]" if remark else ""))

    def provisions(self, rows: Sequence[Provision]) -> None:
        for row in rows:
            label, text = self.reading(row["label"]), self.reading(healed(row["text"]))
            label += " " if label.isascii() and label and _begins_latin(text) else ""
            self.page.folded(label + text, INDENT * len(row["path"]), width(label))


def _begins_latin(text: str) -> bool:
    """Whether the first character is Latin, quotation marks aside."""
    return next((character.isascii() for character in text if character.isalnum()), False)


def provisions(article: Record, below: str | None = None) -> list[Provision]:
    """The rows of ``article`` in reading order, or those of its provision with the id ``below`` and under it."""
    rows = cast(list[Provision], article.fields.get("provisions", []))
    path = next((row["path"] for row in rows if row["id"] == below), [])
    return [row for row in rows if row["path"][: len(path)] == path]


def heading(article: Record) -> str:
    return titled(article.fields.get("label") or article.label, article.fields.get("heading"))


def titled(label: Json, title: Json) -> str:
    """A label and a title on one line, parted as their script parts them."""
    first, second = (healed(str(part or "")) for part in (label, title))
    if not first or not second or second in first:
        return first or second
    return first + (" " if first.isascii() and second.isascii() else "　") + second


def below(label: str, article: str, headings: Sequence[str]) -> str:
    """The label of a provision without its article's, where the last of ``headings`` says that already."""
    said = "".join(article.split())
    if not said or not headings or not "".join(headings[-1].split()).startswith(said):
        return label
    repeated = re.match(r"\s*".join(map(re.escape, said)), label)
    return label[repeated.end() :].lstrip(" ,，") if repeated else label
