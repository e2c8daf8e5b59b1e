"""Headings of a report: numbered, with a division word, and bare, wrapped or with a bullet glyph."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from tongwen.labels import after_mark, division_label, labels
from tongwen.lexicon import rows
from tongwen.structure.lines import same_text, squeezed
from tongwen.structure.outline import MARKUP
from tongwen.structure.report.bare import bare
from tongwen.structure.report.column import Column
from tongwen.structure.report.heading_shape import DECIMAL_NUMBER, alone, extent, may_head
from tongwen.structure.report.numbered import UNIT, counted, enumerated
from tongwen.structure.report.printed import Printed
from tongwen.structure.report.title import BARE, DECIMAL, Title

_CHAPTER = re.compile(r"\d{1,2}")


def titles(column: Column, name: str, marked: bool) -> dict[int, Title]:
    """Headings by their place in ``column``. ``name``: the document's title, which is none of them; ``marked``: mark-up
    or the printer's type tells headings, so that bare ones need not be guessed."""
    found = {i: t for i in range(len(column.lines)) if (t := _plain(column, i, name))}
    found |= counted(column, found)
    found |= enumerated(column, found)
    return _disjoint(found if marked else found | _beside_chapters(column, found, bare(column, found, name)))


def _beside_chapters(column: Column, known: dict[int, Title], found: dict[int, Title]) -> dict[int, Title]:
    """Bare headings, those of matter about the whole document as high as its chapters, with all others before the
    first of these; one that comes twice belongs to these."""
    words = {i: squeezed(column.lines[i].body) for i, title in found.items() if title.lines == 1 and not title.mark}
    once = {word for word, n in Counter(words.values()).items() if n == 1} & _matter_titles()
    chapters = min((title.rank for title in known.values() if title.kind != "annex"), default=BARE)
    raised = {i for i in found if words.get(i) in once}
    front = range(min((i for i, title in known.items() if title.rank == chapters), default=0))
    if any(i in front for i in raised):
        raised |= {i for i, title in found.items() if i in front and title.rank == BARE}
    return {i: replace(title, rank=chapters) if i in raised else title for i, title in found.items()}


@cache
def _matter_titles() -> frozenset[str]:
    return frozenset(title for title, _reason in rows("matter_titles.tsv"))


def _disjoint(found: dict[int, Title]) -> dict[int, Title]:
    """No line is in two headings."""
    out: dict[int, Title] = {}
    end = 0
    for i, title in sorted(found.items()):
        if i >= end:
            out[i] = title
            end = i + title.lines
    return out


def _plain(column: Column, i: int, name: str) -> Title | None:
    """What its own line shows to be a heading."""
    printed = column.lines[i]
    if printed.line.kind == "heading":
        return _marked(printed, name)
    if printed.line.kind != "line" or printed.line.drawn:
        return None
    return _decimal(column, i) or _division(column, i) or _chapter(column, i, name)


def _marked(printed: Printed, name: str) -> Title | None:
    body, rank = printed.body, MARKUP + printed.line.level
    if same_text(printed.line.text, name):
        return None
    if division := division_label(body):
        return Title(1, rank, division.kind, division.number, after_mark(body, division.length))
    if decimal := re.match(r"(?P<n>\d{1,2}(?:\.\d{1,2})*)\.?(?:\s+|(?=[\u3400-\u9fff]))", body):
        return Title(1, rank, "section", _path(decimal["n"]), decimal.end(), True)
    item = next(iter(labels(body)), None)
    number = (item.value,) if item else None
    return Title(1, rank, "section", number, after_mark(body, item.length) if item else 0)


def _path(printed: str) -> tuple[int, ...]:
    return tuple(int(n) for n in printed.split("."))


def _decimal(column: Column, i: int) -> Title | None:
    body = column.lines[i].body
    match = DECIMAL_NUMBER.match(body)
    if not match or UNIT.match(body, match.end()):
        return None
    lines = extent(column, i, match.end())
    number = _path(match["n"])
    return Title(lines, DECIMAL + len(number), "section", number, match.end(), True) if lines else None


def _division(column: Column, i: int) -> Title | None:
    body = column.lines[i].body
    label = division_label(body)
    if label is None or not alone(column, i) or (label.kind == "annex" and _mention(body, label.length)):
        return None
    rest = body[label.length :]
    if rest.strip() and not rest[0].isspace() and rest[0] not in ":." and len(rest) > 20:
        return None
    lines = extent(column, i, label.length)
    if lines == 1 and not rest.strip() and label.number and _titled_below(column, i):
        lines = 2
    return Title(lines, label.rank, label.kind, label.number, after_mark(body, label.length)) if lines else None


def _mention(body: str, length: int) -> bool:
    """附录1提供了…: a sentence about it."""
    rest = body[length:]
    return bool(rest) and not rest[0].isspace() and rest[0] not in ":."


def _chapter(column: Column, i: int, name: str) -> Title | None:
    """A number on a line of its own, and its title on the next, which is not that of the document."""
    printed = column.lines[i]
    if not _CHAPTER.fullmatch(printed.body) or not alone(column, i) or not _titled_below(column, i):
        return None
    if same_text(column.lines[i + 1].line.text, name):
        return None
    return Title(2, DECIMAL + 1, "section", (int(printed.body),), len(printed.body), True)


def _titled_below(column: Column, i: int) -> bool:
    if i + 1 >= len(column.lines):
        return False
    below = column.lines[i + 1]
    alone = (
        i + 2 >= len(column.lines)
        or column.lines[i + 2].parted
        or column.lines[i + 2].page
        or column.lines[i + 2].closed
    )
    return alone and not below.opens_item and may_head(below.body) and not _numbered(below.body)


def _numbered(body: str) -> bool:
    return bool(DECIMAL_NUMBER.match(body) or division_label(body))
