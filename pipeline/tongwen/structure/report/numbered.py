"""Headings with a number that a list could have as well: 一、, 1., A., and a bare figure before a title."""

from __future__ import annotations

import re
from dataclasses import replace

from tongwen.labels import Label, after_mark, labels
from tongwen.structure.report.column import Column
from tongwen.structure.report.heading_shape import below_space, extent
from tongwen.structure.report.title import AMONG, DECIMAL, ENUMERATED, Title

_PLAIN = re.compile(r"(?P<n>\d{1,2})(?:\.? +(?=[^\W\d])|\.(?=[\u3400-\u9fff]))")
NEAR = 4
"""Lines between the numbers of a list: an item has two or three."""

PARAGRAPH = "ar-dot"
"""Style in which reports number their paragraphs."""

PART = "formal-dun"
"""Style in which Taiwan's reports number their parts."""

NAMED = 16
"""Characters of the name of such a part, its number and its colon among them."""

LETTER, CHAPTER = ENUMERATED["alpha-dot"], ENUMERATED["cn-dun"]
BELOW = CHAPTER + 1
"""Rank of letters below 一、."""

UNIT = re.compile(r"[%克倍米吨元万亿千年月日岁人个例]")


def enumerated(column: Column, known: dict[int, Title]) -> dict[int, Title]:
    """一、, （一）, 1. where the numbers count up over short lines with text between: a list has its items in a row."""
    out: dict[int, Title] = {}
    alone: dict[int, Title] = {}
    numbered = [i for i, printed in enumerate(column.lines) if i not in known and labels(printed.body)]
    for style, rank in {**ENUMERATED, **AMONG}.items():
        behind = {place + title.lines for place, title in (known | out).items()}
        heads = [
            (i, label)
            for i in numbered
            if (label := _labelled(column, i, style)) and _heads(column, i, label, i in behind)
        ]
        values = {label.value for _, label in heads}
        for i, label in heads:
            mark = after_mark(column.lines[i].body, label.length)
            title = Title(_lines(column, i, label), rank, "section", (label.value,), mark)
            (out if {label.value - 1, label.value + 1} & values else alone)[i] = title
    return _nested(out | {i: title for i, title in alone.items() if _over(i, title, out)})


def _over(i: int, title: Title, heads: dict[int, Title]) -> bool:
    """Whether a heading whose neighbours are not in the text stands right above a deeper one: 三、 above (一)."""
    below = heads.get(i + title.lines)
    return below is not None and below.rank > title.rank


def _nested(found: dict[int, Title]) -> dict[int, Title]:
    """A. stands below 一. where it is printed behind the first of these, as in reports of the United Nations."""
    ranks = {title.rank for title in found.values()}
    first = {rank: min(i for i, title in found.items() if title.rank == rank) for rank in ranks}
    if not {LETTER, CHAPTER} <= ranks or first[LETTER] < first[CHAPTER]:
        return found
    return {i: replace(title, rank=BELOW) if title.rank == LETTER else title for i, title in found.items()}


def _labelled(column: Column, i: int, style: str) -> Label | None:
    printed = column.lines[i]
    found = next((label for label in labels(printed.body) if label.style == style), None)
    if found is None or printed.line.kind not in ("line", "paragraph") or printed.line.drawn:
        return None
    if style in ("roman-dot", "alpha-dot") and not printed.line.text[:1].isupper():
        return None
    return found


def _heads(column: Column, i: int, label: Label, behind: bool) -> bool:
    """Whether a numbered line is short, ends without a mark, and has no item of its row next to it; ``behind``: right
    behind another heading, which ends without a mark as well."""
    if label.style in AMONG and not _between(column, i):
        return False
    named = _named(column, i, label)
    if (column.lines[i].closed and not named) or not (behind or below_space(column, i)) or _sentence(column, i):
        return False
    lines = _lines(column, i, label)
    below = i + lines
    if not lines or below >= len(column.lines):
        return False
    if (after := _labelled(column, below, label.style)) and not _among(column, i, label, after):
        return False
    reach = 2 if i > 1 and column.joins(i - 1) else 1  # lines of an item above: behind a heading text begins anew
    return not any(
        (above := _labelled(column, n, label.style)) and above.value == label.value - 1 and not column.lines[n].closed
        for n in range(max(0, i - reach), i)
    )


def _named(column: Column, i: int, label: Label) -> bool:
    """Whether a part of an official report is named on a line of its own: 貳、調查意見:."""
    body = column.lines[i].body
    return label.style == PART and body.endswith(":") and len(body) <= NAMED


def _lines(column: Column, i: int, label: Label) -> int:
    return 1 if _named(column, i, label) else extent(column, i, after_mark(column.lines[i].body, label.length))


def _among(column: Column, i: int, label: Label, after: Label) -> bool:
    """Whether a heading stands between paragraphs that are numbered in its style, and that count on past it."""
    above = (found for n in range(i - 1, -1, -1) if (found := _labelled(column, n, label.style)))
    before = next(above, None)
    if before is None:
        return label.value == 1 and after.value > 2
    return after.value == before.value + 1 != label.value


def _between(column: Column, i: int) -> bool:
    """Whether a line stands alone between two numbered paragraphs that count on past it, or above the first."""
    here = column.lines[i]
    if not i or column.lines[i - 1].introduces or not (here.line.blank_before or here.page):
        return False
    before = next((found for n in range(i - 1, -1, -1) if (found := _paragraph(column, n))), None)
    after = next((found for n in (i + 1, i + 2) if n < len(column.lines) and (found := _paragraph(column, n))), None)
    return after is not None and after.value == (before.value + 1 if before else max(after.value, NEAR))


def _paragraph(column: Column, i: int) -> Label | None:
    """The number of a paragraph, which is longer than a heading or ends in a full stop."""
    found = _labelled(column, i, PARAGRAPH)
    return found if found and (column.lines[i].closed or column.full(i)) else None


def _listed(column: Column, i: int, value: int) -> bool:
    """Whether the number before or after stands near and begins a sentence: then both are items of a list."""
    near = range(max(0, i - NEAR), min(len(column.lines), i + NEAR + 1))
    return any(
        (match := _PLAIN.match(column.lines[n].body))
        and abs(int(match["n"]) - value) == 1
        and (column.lines[n].closed or _sentence(column, n))
        for n in near
    )


def _sentence(column: Column, i: int) -> bool:
    """Whether the line begins a text that ends in a full stop."""
    end = i + 1
    while end < len(column.lines) and column.joins(end):
        end += 1
    if end > i + 1:
        return column.lines[end - 1].closed
    tail = column.lines[end] if end < len(column.lines) else None
    return column.full(i) and tail is not None and tail.closed and 2 * tail.width < column.measure(i)


def counted(column: Column, known: dict[int, Title]) -> dict[int, Title]:
    """1 Introduction, 2 Methods: a bare number before a title, where they count up from the first, or chapters that
    decimal numbers show."""
    chapters = {t.number[0] for t in known.values() if t.decimal and t.number and len(t.number) > 1}
    found: dict[int, Title] = {}
    for i, printed in enumerate(column.lines):
        match = _PLAIN.match(printed.body)
        if i in known or match is None or printed.line.kind != "line" or printed.closed or not below_space(column, i):
            continue
        unlike = UNIT.match(printed.body, match.end()) or ("." in match[0] and not chapters)
        listed = "." in match[0] and _listed(column, i, int(match["n"]))
        lines = 0 if unlike or listed else extent(column, i, match.end())
        if lines:
            found[i] = Title(lines, DECIMAL + 1, "section", (int(match["n"]),), match.end(), True)
    numbers = {t.number[0] for t in found.values() if t.number}
    due = {n for n in numbers if not chapters or n in chapters or n - 1 in chapters | numbers}
    due |= {1} if 2 in chapters and _one_before(found, known) else set()
    due = due if chapters or due == set(range(min(due, default=1), min(due, default=1) + len(found))) else set()
    found = {i: t for i, t in found.items() if t.number and t.number[0] in due}
    return found if len(due) > 1 else {i: t for i, t in found.items() if _over_its_first(i, t, known)}


def _over_its_first(i: int, title: Title, known: dict[int, Title]) -> bool:
    """Whether 2.1 stands right below the only chapter, 2."""
    below = known.get(i + title.lines)
    return below is not None and below.decimal and below.number == (*(title.number or ()), 1)


def _one_before(found: dict[int, Title], known: dict[int, Title]) -> bool:
    """Whether the number 1 stands once, and before all that is numbered: a first chapter without sections."""
    places = [i for i, t in found.items() if t.number == (1,)]
    return len(places) == 1 and all(places[0] < i for i, t in known.items() if t.decimal)
