"""A table's record, as JSON holds it, and what is drawn or exported of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypedDict, cast

from tongwen.cli.address import reference
from tongwen.cli.article import titled
from tongwen.cli.drawing import Drawing
from tongwen.export.sheet import Sheet
from tongwen.model import Json

_NAME = 27  # code points of a sheet's name, which may have 31: others of its name are numbered
_UNSAFE = re.compile(r"[\s%]")  # in an id of HTML, or by which two became one


class Members(TypedDict):
    """``row`` is a label, ``first`` to ``last`` are the rows below it; places in ``rows``, counted from 0.

    ``sure``: something shows where it ends.
    """

    label: str
    row: int
    first: int
    last: int
    sure: bool


Fields = Mapping[str, Json]


def rows(table: Fields) -> list[list[str]]:
    return cast(list[list[str]], table.get("rows") or [])


def heads(table: Fields) -> list[list[str]]:
    """The header rows as printed."""
    header = labels(table)
    return cast(list[list[str]], table.get("head_rows")) or ([header] if header else [])


def labels(table: Fields) -> list[str] | None:
    """The header, one label a column; empty where it lacks one."""
    header = cast(list[str | None] | None, table.get("header"))
    return [label or "" for label in header] if header else None


def groups(table: Fields) -> list[Members]:
    return cast(list[Members], table.get("groups") or [])


def notes(table: Fields) -> list[str]:
    return cast(list[str], table.get("notes") or [])


def caption(table: Fields, label: str = "") -> str:
    """What stands above the table: its label and its title."""
    return titled(label or table.get("label"), table.get("caption"))


def size(table: Fields) -> tuple[int, int]:
    """Rows and columns."""
    return len(rows(table)), max(map(len, [*heads(table), *rows(table)]), default=0)


def drawing(table: Fields) -> Drawing:
    known = (group for group in groups(table) if group["sure"])
    members = frozenset(at for group in known for at in range(group["first"], group["last"] + 1))
    labels = frozenset(group["row"] for group in groups(table))
    return Drawing(heads(table), rows(table), labels, members - labels)


def source(table: Fields, title: Json) -> str:
    """What to cite the table by: the title of its document, the page, and the reference."""
    page = f", p. {table['page']}" if table.get("page") else ""
    return f"{title}{page}, {reference(str(table['doc']), str(table['id']))}"


def sheet(table: Fields, document: Fields, several: bool = False) -> Sheet:
    """Both as the store lists them. ``several``: there are tables of other documents too, so the name tells which."""
    label, doc = str(table.get("label") or table["id"]), str(table["doc"])
    return Sheet(
        _short(doc, label if len(label) < _NAME // 2 else str(table["id"])) if several else label,
        labels(table),
        rows(table),
        caption(table),
        notes(table),
        source(table, document["title"]),
        frozenset(group["row"] for group in groups(table)),
        "" if document["language"] == "und" else str(document["language"]),
        _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", f"{doc}#{table['id']}"),
    )


def _short(doc: str, label: str) -> str:
    """A sheet's name by both, the middle of the document's id left out where it is long."""
    room = max(3, _NAME - len(label) - 1)
    return f"{doc if len(doc) <= room else doc[: room // 3] + '…' + doc[room // 3 + 1 - room :]} {label}"
