"""Bare headings of a text that was flattened: short lines above a text, some with a bullet glyph."""

from __future__ import annotations

from collections.abc import Collection

from tongwen.labels import labels
from tongwen.structure.lines import same_text
from tongwen.structure.report.captions import caption
from tongwen.structure.report.column import Column
from tongwen.structure.report.heading_shape import below_space, goes_on, may_head, wraps
from tongwen.structure.report.matter import matter
from tongwen.structure.report.printed import Printed
from tongwen.structure.report.title import BARE, BRACKETED, BULLETED, Title

QUESTION = 60
"""Columns: a question that is a heading is no longer."""

SPEAKER = 6
"""Characters in which a speaker is named: 问: and Q:."""

NAMED = 12
"""Characters in which what a form asks is named."""

NAMED_CASE = 2
"""Lines of a case's name, or of the first heading in it."""

BRACKETS = 12
"""Characters of a heading between brackets."""

BULLET_TITLE = 24
"""Columns: a heading with a bullet glyph is a name."""


def bare(column: Column, known: dict[int, Title], name: str) -> dict[int, Title]:
    """Short lines without a full stop above a text, read from the last: what follows must be text or a heading."""
    out: dict[int, Title] = {}
    taken = {i + n for i, title in known.items() for n in range(title.lines)}
    for i in range(len(column.lines) - 1, -1, -1):
        if i in taken:
            continue
        lines = _bare_extent(column, i, taken)
        if lines and not _is_name(column, i, lines, name) and _text_below(column, i + lines, {**known, **out}):
            out[i] = _title(column, i, lines)
            taken |= set(range(i, i + lines))
            if i + 1 in out and lines == 2:
                del out[i + 1]
    return out


def parted_case(column: Column, i: int) -> bool:
    """Whether a line numbers a case of a court's, 案例一, and headings between brackets part what follows: no box."""
    found = caption(column.lines[i].body)
    behind = [p.body for p in column.lines[i + 1 : i + 1 + NAMED_CASE]]
    whole = found is not None and found.kind == "box" and found.length == len(column.lines[i].body)
    return whole and any(map(bracketed, behind))


def _title(column: Column, i: int, lines: int) -> Title:
    printed = column.lines[i]
    case = caption(printed.body) if parted_case(column, i) else None
    if case:
        number = (int(case.number),) if case.number.isdigit() else None
        return Title(lines, BARE, "section", number, case.length)
    return Title(lines, _rank(column, i), "section", None, printed.bullet)


def _rank(column: Column, i: int) -> int:
    """A heading between brackets, 【裁判结果】, stands below others."""
    printed = column.lines[i]
    return BULLETED if printed.bullet else BRACKETED if bracketed(printed.body) else BARE


def bracketed(body: str) -> bool:
    """Whether a line is a short name between heavy brackets and nothing else."""
    return body[:1] == "【" and body.find("】") == len(body) - 1 <= BRACKETS


def _is_name(column: Column, i: int, lines: int, name: str) -> bool:
    """Whether the lines are the document's title."""
    return same_text("".join(p.line.text for p in column.lines[i : i + lines]), name)


def _bare_extent(column: Column, i: int, taken: set[int]) -> int:
    printed = column.lines[i]
    if printed.line.kind != "line" or printed.line.drawn or labels(printed.body) or i in column.addressed:
        return 0
    if printed.closed or parted_case(column, i):
        return int(_asks(column, i)) if printed.closed else 2 - bracketed(column.lines[i + 1].body)
    below = below_space(column, i) or _second_of_two(column, i, taken)
    if _else(column, i) or not below or not may_head(printed.body[printed.bullet :]):
        return 0
    if printed.bullet:
        return int(_bulleted(column, i))
    if wraps(column, i) and (i + 1 not in taken or not column.lines[i + 1].line.blank_before):
        return 2 if may_head(column.lines[i + 1].body) else 0
    return int(not goes_on(column, i))


def _second_of_two(column: Column, i: int, taken: Collection[int]) -> bool:
    """Whether a line stands right below another heading, set apart itself, and right above a paragraph."""
    if not i or column.joins(i) or not goes_on(column, i + 1) or column.lines[i + 1].parted or not column.full(i + 1):
        return False
    first = column.lines[i - 1]
    apart = (first.parted or first.page) and bare_line(first) and not _else(column, i - 1)
    return i - 1 in taken or apart


def _else(column: Column, i: int) -> bool:
    """Whether the line is a caption, or part of the imprint or of a form, or a sentence goes on below it."""
    printed = column.lines[i]
    below = column.lines[i + 1] if i + 1 < len(column.lines) else None
    if below and (matter(_whole(column, i + 1)) == "imprint" or below.line.text[:1].islower()):
        return True
    return matter(printed.body) is not None or caption(printed.body) is not None or _of_form(column, i)


def _whole(column: Column, i: int) -> str:
    """A line with what it goes on in: 出版 at its end may be the first half of a sentence."""
    return column.lines[i].body + (column.lines[i + 1].body if goes_on(column, i) else "")


def _of_form(column: Column, i: int) -> bool:
    """Whether the line is one of several that name a thing each and say what it is: 证据质量:低."""
    beside = [n for n in (i - 1, i + 1) if 0 <= n < len(column.lines)]
    near = (n for n in beside if not column.lines[max(n, i)].line.blank_before)
    return _named(column.lines[i].body) and any(_named(column.lines[n].body) for n in near)


def _named(body: str) -> bool:
    return 0 < body.find(":") <= NAMED and not body.endswith(":")


def _asks(column: Column, i: int) -> bool:
    """Whether a question stands alone above a text, as others of the document do."""
    return _question(column, i) and sum(_question(column, n) for n in range(len(column.lines))) > 1


def _question(column: Column, i: int) -> bool:
    after = column.lines[i + 1] if i + 1 < len(column.lines) else None
    apart = column.lines[i].parted and after is not None and after.parted and not after.opens_item
    body = column.lines[i].body
    return apart and body.endswith("?") and ":" not in body[:SPEAKER] and column.lines[i].width <= QUESTION


def _bulleted(column: Column, i: int) -> bool:
    """• 澳大利亚, and a paragraph that fills the line below it."""
    if i + 1 >= len(column.lines) or column.lines[i].width > BULLET_TITLE:
        return False
    below = column.lines[i + 1]
    if below.opens_item or below.page or not column.full(i + 1):
        return False
    above = column.lines[i - 1] if i else None
    alone = above is None or (above.closed and not above.bullet)
    return not below.line.blank_before or (alone and column.lines[i].parted and below.width > 2 * column.lines[i].width)


def _text_below(column: Column, i: int, heads: dict[int, Title]) -> bool:
    """Whether text begins at line ``i``, on the same page: a heading does not stand at a page's foot."""
    if i >= len(column.lines) or column.lines[i].page:
        return False
    if i in heads:
        return True
    below = column.lines[i]
    if below.opens_item or below.closed or below.line.kind != "line" or column.full(i) or goes_on(column, i):
        return True
    if matter(below.body) == "keywords":
        return True
    return i + 1 < len(column.lines) and column.lines[i + 1].opens_item


def bare_line(printed: Printed) -> bool:
    """Whether a line taken alone could be a bare heading."""
    return printed.line.kind == "line" and not printed.closed and not printed.opens_item and may_head(printed.body)
