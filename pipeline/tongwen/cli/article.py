"""An article as a reader wants it: the heading, then each provision on its own line, indented by its level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict, cast

from tongwen.cli.page import Page
from tongwen.cli.script import Reading
from tongwen.cli.width import width
from tongwen.model import Json, Record, Role

INDENT = 4  # two Chinese characters, as statutes are set

WRAP = re.compile(r"(\S)[^\S\n]*(?:\r\n|\r|\n)\s*(?=(\S))")


class Provision(TypedDict):
    """A row of an article's ``provisions`` (docs/records.md)."""

    id: str
    path: list[str]
    label: str
    text: str
    span: list[int]
    role: Role


@dataclass(frozen=True, slots=True)
class Printed:
    """How a record is to be printed: where to and in which script."""

    page: Page
    reading: Reading

    def heading(self, text: str, remark: str = "") -> None:
        line = self.page.safe(self.reading(healed(text)))
        self.page.line(self.page.paint(line, "heading") + (f"  [{remark}]" if remark else ""))

    def provisions(self, rows: Sequence[Provision]) -> None:
        for row in rows:
            label, text = self.reading(row["label"]), self.reading(healed(row["text"]))
            label += " " if label.isascii() and text[:1].isascii() and label and text else ""
            self.page.folded(label + text, INDENT * len(row["path"]), width(label))


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


def healed(text: str) -> str:
    """``text`` on one line: a layout wrap vanishes between Chinese characters and is a space beside Latin ones."""
    return WRAP.sub(lambda wrapped: wrapped[1] + joint(wrapped), text.strip())


def joint(wrapped: re.Match[str]) -> str:
    """What a match of ``WRAP`` is read as."""
    return " " if wrapped[1].isascii() and wrapped[2].isascii() else ""


def paragraphs(text: str) -> Iterator[str]:
    """The healed paragraphs of a stretch of text, which blank lines part."""
    for part in re.split(r"(?:\r\n|\r|\n)[^\S\n]*(?:\r\n|\r|\n)\s*", text):
        if part.strip():
            yield healed(part)
