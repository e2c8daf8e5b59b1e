"""Whatever stands in a text, as it is exported: it stays a text, in tables and in glossaries of every format."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from fuzz import laws, places
from fuzz.target import Target
from tongwen.concept import Concept, Definition, Link, Term
from tongwen.errors import InvalidExport, UsageError
from tongwen.exchange.formats import WRITERS
from tongwen.export.delimited import delimited
from tongwen.export.guard import is_formula
from tongwen.export.hypertext import page
from tongwen.export.markdown import markdown
from tongwen.export.sheet import Sheet

_PAGE = {"html", "head", "meta", "title", "style", "body", "p", "br"}
_KNOWN = _PAGE | {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"lang", "charset", "id", "colspan", "scope", "class"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.add(tag)
        laws.holds({key for key, _ in attrs} <= _ATTRIBUTES, f"{tag} {attrs}")


def _export(data: bytes) -> Any:
    rows = [line.split("\t") for line in data.decode("utf-8", "surrogateescape").split("\n")]
    sheet = Sheet(rows[0][0], rows[0], rows[1:], rows[0][-1], tuple(rows[-1]), rows[0][0], language=rows[-1][0])
    made = [delimited(sheet), page([sheet], rows[0][0]), markdown([sheet])]
    cells = [cell for row in csv.reader(io.StringIO(made[0], newline="")) for cell in row]
    laws.holds(not any(map(is_formula, cells)), "a cell would be run")
    tags = _Tags()
    tags.feed(made[1])
    laws.holds(tags.seen <= _KNOWN, f"mark-up from a text: {tags.seen - _KNOWN}")
    return made, [_written(name, rows) for name in ("tbx", "tmx", "csv", "memoq", "multiterm", "google")]


def _written(name: str, rows: list[list[str]]) -> Any:
    try:
        return WRITERS[name].write(list(_concepts(rows)), rows[0][0])
    except (InvalidExport, UsageError) as fault:
        return str(fault)


def _concepts(rows: list[list[str]]) -> Iterator[Concept]:
    for number, (text, *more) in enumerate(row for row in rows[:20] if row[0].strip()):
        terms = (
            Term(text, "zh-Hans", source=text),
            *(Term(cell, "en", note=cell) for cell in more[:3] if cell.strip()),
        )
        said = (Definition(text, "zh-Hans", text),)
        yield Concept(f"c{number}", terms, text, said, (text,), (Link("related", "c0", text, text),) * (number > 0))


def _seeds() -> Iterator[bytes]:
    yield b"=1+1\t@x\t+cmd|' /C calc'!A0\n<script>\t]]>&amp;\t| `a`\n"
    yield "用量\t\x1b[31m\t\u202e\n表\t1,000\t-5\n".encode()


def _words() -> Iterator[str]:
    yield from places.dictionary("export", "html")
    yield from places.words("captions.tsv")


TARGETS = (Target("export", _export, _seeds, _words),)
