"""The divisions above the article, and the headings that mark-up gives: 編, 章, 節, annexes, ``## 附则``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongwen.structure.labels import DivisionLabel, division_label, labels
from tongwen.structure.lines import Line, ends_sentence

MARKUP = 100
"""Ranks of headings by mark-up begin here: HTML and Markdown say the level themselves."""

TITLE_WIDTH = 80
"""Columns: a division's title fits a line."""

_DECIMAL = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.\s]))\.?\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """``line`` is its index; ``rank`` orders the levels, the smallest outermost; ``number`` as parsed (None: none);
    ``title`` is the offset in the line at which the title begins."""

    line: int
    rank: int
    kind: str
    number: tuple[int, ...] | None
    title: int
    decimal: bool = False


def headings(lines: Sequence[Line], heads: set[int], title: str) -> list[Heading]:
    """All headings but those of articles (``heads``) and the document's own title, without a table of contents."""
    found = [h for i, line in enumerate(lines) if i not in heads and (h := _heading(lines, i, title))]
    return _levelled(_without_contents(found, lines, heads), lines)


def _heading(lines: Sequence[Line], i: int, title: str) -> Heading | None:
    line = lines[i]
    label = division_label(line.key)
    if line.kind == "heading":
        return _marked(line, i, label, title)
    if label is None or not _stands_alone(lines, i, label):
        return None
    return Heading(i, label.rank, label.kind, label.number, _after(line.key, label.length))


def _marked(line: Line, i: int, label: DivisionLabel | None, title: str) -> Heading | None:
    if "".join(line.text.split()) == "".join(title.split()):
        return None
    if label:
        return Heading(i, MARKUP + line.level, label.kind, label.number, _after(line.key, label.length))
    decimal = _DECIMAL.match(line.key)
    if decimal:
        number = tuple(int(n) for n in decimal["n"].split("."))
        return Heading(i, MARKUP + line.level, "section", number, decimal.end(), decimal=True)
    item = labels(line.key)
    number = (item[0].value,) if item else None
    return Heading(i, MARKUP + line.level, "section", number, _after(line.key, item[0].length if item else 0))


def _after(key: str, length: int) -> int:
    rest = key[length:]
    return length + len(rest) - len(rest.lstrip(" :.、-"))


def _stands_alone(lines: Sequence[Line], i: int, label: DivisionLabel) -> bool:
    """A division's line holds its number and a short title; a reference to it goes on."""
    line, rest = lines[i], lines[i].key[label.length :]
    if line.width > TITLE_WIDTH or ends_sentence(line.key) or line.key[-1] in ",、":
        return False
    before = lines[i - 1] if i else None
    if before and before.kind == "line" and before.key[-1] in ",、-" and not line.blank_before:
        return False
    if label.kind == "annex" and label.number is None and rest.strip():
        return False
    return not rest.strip() or rest[0].isspace() or (label.rank <= 30 and _short(rest))


def _short(rest: str) -> bool:
    return len(rest) <= 20 and not re.search(r"[,。;、]|规定|所称|规定的", rest)


def _without_contents(found: list[Heading], lines: Sequence[Line], heads: set[int]) -> list[Heading]:
    """Drops the headings of a printed table of contents: they come again later, and nothing stands between them."""
    keys = ["".join(lines[h.line].key.split()) for h in found]
    last = {key: n for n, key in enumerate(keys)}
    out = []
    for n, heading in enumerate(found):
        again = last[keys[n]] > n
        following = found[n + 1].line if n + 1 < len(found) else len(lines)
        empty = not any(i in heads for i in range(heading.line, following))
        if not (again and empty and following - heading.line <= 2):
            out.append(heading)
    return out


def _levelled(found: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Where mark-up names the levels, an unmarked 第七節 takes the level of its marked sisters."""
    marked: dict[int, int] = {}
    for heading in found:
        label = division_label(lines[heading.line].key)
        if heading.rank > MARKUP and label:
            marked.setdefault(label.rank, heading.rank)
    return [
        Heading(h.line, marked.get(h.rank, h.rank), h.kind, h.number, h.title, h.decimal) if h.rank < MARKUP else h
        for h in found
    ]
