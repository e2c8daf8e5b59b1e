"""One grid of cells as a table in three formats: drawn with characters, in Markdown and in HTML.

The input is the text of a table that is flat; where its lines have tabs, these part the cells of the other two.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from fuzz import laws, places
from fuzz.target import Target
from fuzz.targets.structure import read
from tongwen.decode import decode
from tongwen.errors import UnreadableFile

FORMS = ("txt", "md", "html")


def _tables(data: bytes) -> Any:
    form = FORMS[len(data) % len(FORMS)]
    text = data.decode("utf-8", "replace")
    file = places.scratch() / f"table.{form}"
    file.write_text(_written(form, text), encoding="utf-8", newline="")
    try:
        document = decode(file, file.parent)
    except UnreadableFile as fault:
        return str(fault)
    laws.document(document)
    return read(document)


def _written(form: str, text: str) -> str:
    rows = [line.split("\t") for line in text.splitlines()]
    if form == "md":
        width = max(map(len, rows), default=1)
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([*lines[:1], "|" + "---|" * width, *lines[1:]])
    if form == "html":
        return "<table>" + "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows) + "</table>"
    return text


def _cell(text: str) -> str:
    """A cell that begins with two digits is merged over as many columns and rows."""
    if len(text) > 1 and text[:2].isascii() and text[:2].isdigit():
        return f'<td colspan="{text[0]}" rowspan="{text[1]}">{escape(text[2:])}</td>'
    return f"<{'th' if text[:1] == '#' else 'td'}>{text if text[:1] == '<' else escape(text)}</td>"


def _seeds() -> Iterator[bytes]:
    yield from places.files("tests/cases/flat/*.txt", "tests/cases/report/tables.txt")
    for text in places.files("tests/cases/flat/*.txt", "tests/cases/report/tables.txt"):
        yield from (part for part in text.split(b"\n\n") if len(part) > 40)
    yield "表1 用量\n甲\t乙\t丙\n1\t2\t3\n22甲\t5\n總計\t7\t8*\n* 註：暫定".encode()


def _words() -> Iterator[str]:
    yield from places.dictionary("tables")
    yield from places.words("table_words.tsv", "table_values.tsv", "captions.tsv", "measure_words.tsv")


TARGETS = (Target("tables", _tables, _seeds, _words, seconds=20),)
