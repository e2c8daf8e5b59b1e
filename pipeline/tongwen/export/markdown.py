"""Markdown tables, as GitHub's flavour has them (GFM 0.29, section 4.10), with every sign of mark-up escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tongwen.export.guard import writable
from tongwen.export.sheet import Sheet

_MARK_UP = re.compile(r"[\\`*_\[\]<>&|~$]")
_OPENS = re.compile(r"^(\d*)(?=[#+\-=.)])")  # what would begin a heading, a list or a rule
_BREAK = re.compile(r"\s*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])\s*")


def markdown(sheets: Iterable[Sheet]) -> str:
    return "\n".join(f"{line}\n" for sheet in sheets for line in _sheet(sheet))


def _sheet(sheet: Sheet) -> Iterator[str]:
    if sheet.title:
        yield _paragraph(sheet.title)
    yield "\n".join(_lines(sheet))
    yield from map(_paragraph, sheet.notes)
    if sheet.source:
        yield _paragraph(sheet.source)


def _lines(sheet: Sheet) -> Iterator[str]:
    """A Markdown table has a header row; where the sheet has none, its cells are empty."""
    columns = sheet.columns
    head, *rows = sheet.grid if sheet.header else [[""] * columns, *sheet.grid]
    yield _row(head)
    yield "|" + " --- |" * columns
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_BREAK.sub("<br>", _inline(cell)) for cell in cells) + " |"


def _paragraph(text: str) -> str:
    """On one line, and not read as a heading, a list or a quotation."""
    line = _inline(_BREAK.sub(" ", text.strip()))
    return _OPENS.sub(r"\1\\", line)


def _inline(text: str) -> str:
    return _MARK_UP.sub(r"\\\g<0>", writable(text))
