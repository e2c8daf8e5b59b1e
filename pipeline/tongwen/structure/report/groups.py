"""Lines put together to headings, items and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tongwen.labels import labels
from tongwen.structure.lines import squeezed
from tongwen.structure.report.column import FULL_STOP, LIST, Column
from tongwen.structure.report.group import Group
from tongwen.structure.report.printed import Printed
from tongwen.structure.report.quotations import quotations
from tongwen.structure.report.title import Title
from tongwen.structure.report.unit import Unit


def groups(column: Column, heads: Mapping[int, Title], name: str = "") -> list[Group]:
    """``name``: the document's title, which nothing goes on from."""
    name = squeezed(name)
    out: list[list[Printed]] = []
    titles: list[Title | None] = []
    heading = 0
    for i, printed in enumerate(column.lines):
        if i in heads:
            heading = i + heads[i].lines
            out.append([printed])
            titles.append(heads[i])
        elif i < heading or (out and titles[-1] is None and _goes_on(column, i, out, name)):
            out[-1].append(printed)
        else:
            out.append([printed])
            titles.append(None)
    return _items([Group(tuple(lines), title) for lines, title in zip(out, titles, strict=True)], column)


def _goes_on(column: Column, i: int, out: Sequence[Sequence[Printed]], name: str) -> bool:
    """Whether line ``i`` belongs to the lines above it: the rest of the document's title does; nothing goes on from the
    whole of it, nor from a text behind a colon that has named its source in a note."""
    above, last = _text(out[-1]), out[-1][-1]
    if above == name:
        return False
    if above and name.startswith(above + _text([column.lines[i]])):
        return True
    quoted = len(out) > 1 and out[-2][-1].introduces and not out[-1][0].opens_item
    return column.joins(i) and not (quoted and last.closed and last.source is not None)


def _text(lines: Sequence[Printed]) -> str:
    return squeezed("".join(p.line.text for p in lines))


def _items(found: list[Group], column: Column) -> list[Group]:
    """An item whose full line ends a sentence before a blank one has its rest between it and the next item."""
    places = {p.number: i for i, p in enumerate(column.lines)}
    out: list[Group] = []
    for n, group in enumerate(found):
        after = found[n + 1] if n + 1 < len(found) else None
        if out and after and _rest(out[-1], group, after) and column.full(places[out[-1].last.number], FULL_STOP):
            out[-1] = Group((*out[-1].lines, *group.lines))
        else:
            out.append(group)
    return out


def _rest(item: Group, group: Group, after: Group) -> bool:
    bullets = [g.lines[0].body[:1] for g in (item, after) if g.title is None and g.lines[0].bullet]
    plain = group.title is None and not group.mark and group.lines[0].line.kind == "line"
    short = len(group.lines) <= LIST and not group.lines[0].page
    short = short and not item.last.introduces and not group.last.introduces
    return len(bullets) == 2 and bullets[0] == bullets[1] and plain and short


def units(found: Sequence[Group], moved: Mapping[int, bool], name: str = "") -> Iterator[Unit]:
    """``moved``: printed numbers of the headings that are read elsewhere than they stand; ``name``: the document's
    title, as it is printed above the first heading."""
    name = squeezed(name)
    above = True
    quoted = quotations(found)
    for n, group in enumerate(found):
        pieces = tuple(p.line.span for p in group.lines)
        if group.title:
            above = False
            yield Unit("heading", pieces, title=group.title, moved=group.lines[0].number in moved)
        elif _is_item(found, n):
            first = group.lines[0].line
            yield Unit("item", pieces, mark=group.mark or group.marked, depth=first.level, indent=first.indent)
        else:
            part = "title" if above and name == _text(group.lines) else "quotation" if quoted[n] else "body"
            yield Unit("paragraph", pieces, part=part)


def _is_item(found: Sequence[Group], n: int) -> bool:
    """An item by mark-up, by the mark that its line begins with, or as a paragraph in a row of numbered ones."""
    group = found[n]
    kind = group.lines[0].line.kind
    if kind == "item" or not group.mark:
        return kind == "item" or _counts_on(found, n)
    beside = [g for g in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]) if g.title is None]
    if group.dashed:
        return _announced(found, n) and any(other.dashed for other in beside)
    return kind == "line" or (kind == "paragraph" and any(_next_to(group, other) for other in beside))


def _counts_on(found: Sequence[Group], n: int) -> bool:
    """Whether a number that a figure follows is one of a row: 1、110年 before 2、."""
    if not found[n].marked or found[n].lines[0].line.kind != "line":
        return False
    beside = [g for g in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]) if g.title is None]
    return any(_next_to(found[n], other) for other in beside)


def _announced(found: Sequence[Group], n: int) -> bool:
    """Whether a colon announces the row of groups, all of which begin with a dash."""
    while n and found[n - 1].dashed:
        n -= 1
    return n > 0 and found[n - 1].last.introduces


def _next_to(group: Group, other: Group) -> bool:
    """Whether two paragraphs bear numbers of one style that follow each other, or the same bullet."""
    first, second = group.lines[0], other.lines[0]
    if first.bullet or second.bullet:
        return first.style == second.style
    return any(
        a.style == b.style and abs(a.value - b.value) == 1 for a in labels(first.body) for b in labels(second.body)
    )
