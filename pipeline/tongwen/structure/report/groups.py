"""Lines put together to headings, items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tongwen.structure.labels import labels
from tongwen.structure.report.printed import FULL_STOP, LIST, Column, Printed
from tongwen.structure.report.title import Title
from tongwen.structure.report.unit import Unit

SET_IN = 2
"""Columns by which the lines of a block quotation are shorter than those of the text, at least."""

HABIT = 3
"""Quotations behind a colon that show it to be the document's way to introduce them."""

LONGEST_QUOTATION = 25
"""Lines."""

_QUOTED = re.compile(r"[“\"「『].*[”\"」』]\W*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one heading, item or paragraph; ``title`` where it is a heading."""

    lines: tuple[Printed, ...]
    title: Title | None = None

    @property
    def body(self) -> str:
        return "\n".join(p.body for p in self.lines)

    @property
    def last(self) -> Printed:
        return self.lines[-1]

    @property
    def width(self) -> float:
        """Columns of its lines but the last, as most of them are."""
        return median(p.width for p in self.lines[:-1] or self.lines)

    @property
    def mark(self) -> int:
        """Length of the bullet or number of an item, 0 for a paragraph."""
        first = self.lines[0]
        if first.bullet:
            return first.bullet
        found = next(iter(labels(first.body)), None)
        if found is None or found.counts:
            return 0
        rest = first.body[found.length :]
        return found.length + len(rest) - len(rest.lstrip())


def groups(column: Column, heads: Mapping[int, Title], name: str = "") -> list[Group]:
    """``name``: the document's title, which nothing goes on from."""
    out: list[list[Printed]] = []
    titles: list[Title | None] = []
    heading = 0
    for i, printed in enumerate(column.lines):
        if i in heads:
            heading = i + heads[i].lines
            out.append([printed])
            titles.append(heads[i])
        elif i < heading or (out and titles[-1] is None and column.joins(i) and not _is_name(out[-1], name)):
            out[-1].append(printed)
        else:
            out.append([printed])
            titles.append(None)
    return _items([Group(tuple(lines), title) for lines, title in zip(out, titles, strict=True)], column)


def _is_name(lines: Sequence[Printed], name: str) -> bool:
    return bool(name) and "".join("".join(p.line.text for p in lines).split()) == "".join(name.split())


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
    above = True
    introduced = sum(_introduced(found, n) for n in range(len(found))) >= HABIT
    for n, group in enumerate(found):
        pieces = tuple(p.line.span for p in group.lines)
        if group.title:
            above = False
            yield Unit("heading", pieces, title=group.title, moved=group.lines[0].number in moved)
        elif _is_item(found, n):
            first = group.lines[0].line
            yield Unit("item", pieces, mark=group.mark, depth=first.level, indent=first.indent)
        else:
            part = (
                "title"
                if above and _is_name(group.lines, name)
                else "quotation"
                if _quotation(found, n, introduced)
                else "body"
            )
            yield Unit("paragraph", pieces, part=part)


def _is_item(found: Sequence[Group], n: int) -> bool:
    """An item by mark-up, by the mark that its line begins with, or as a paragraph in a row of numbered ones."""
    group = found[n]
    kind = group.lines[0].line.kind
    if kind == "item" or not group.mark:
        return kind == "item"
    beside = [g for g in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]) if g.title is None]
    return kind == "line" or (kind == "paragraph" and any(_next_to(group, other) for other in beside))


def _next_to(group: Group, other: Group) -> bool:
    """Whether two paragraphs bear numbers of one style that follow each other, or the same bullet."""
    first, second = group.lines[0], other.lines[0]
    if first.bullet or second.bullet:
        return first.style == second.style
    return any(
        a.style == b.style and abs(a.value - b.value) == 1 for a in labels(first.body) for b in labels(second.body)
    )


def _quotation(found: Sequence[Group], n: int, introduced: bool) -> bool:
    """A text that mark-up calls a quotation; one that a colon announces; or one that names its source in a note and is
    set in, where quotations are not always ``introduced``."""
    group = found[n]
    if group.lines[0].line.kind == "quote":
        return True
    if _introduced(found, n):
        return True
    small = n > 0 and len(group.lines) <= LONGEST_QUOTATION
    return small and not introduced and _noted(group) and group.lines[0].parted and _inset(found, n)


def _introduced(found: Sequence[Group], n: int) -> bool:
    """A text behind a colon that stands in quotation marks or is set in."""
    group = found[n]
    plain = group.title is None and not group.mark and len(group.lines) <= LONGEST_QUOTATION
    if not n or not plain:
        return False
    if not _announced(found[n - 1]):
        return bool(_QUOTED.match(group.body) and _QUOTED.match(found[n - 1].body)) and _introduced(found, n - 1)
    if _QUOTED.match(group.body):
        return True
    return group.lines[0].line.kind == "line" and (_set_in(found, n) or (_noted(group) and len(group.lines) > 1))


def _noted(group: Group) -> bool:
    """Whether it ends in a note, as a quotation does that names its source."""
    printed = group.last
    return printed.closed and printed.line.key.rstrip()[-1:].isdigit() and not printed.body[-1:].isdigit()


def _announced(before: Group) -> bool:
    return before.title is None and before.last.introduces


def _inset(found: Sequence[Group], n: int) -> bool:
    """Whether the texts right before and behind are both set wider."""
    group = found[n]
    widest = max(p.width for p in group.lines)
    around = [g for g in (*found[max(0, n - 2) : n], *found[n + 1 : n + 3]) if g.title is None and len(g.lines) > 1]
    return len(group.lines) > 1 and len(around) > 1 and all(g.width >= widest + SET_IN for g in around)


def _set_in(found: Sequence[Group], n: int) -> bool:
    group = found[n]
    if len(group.lines) < 2 or not group.last.closed:
        return False
    around = [
        g.width for g in (*found[max(0, n - 3) : n], *found[n + 1 : n + 4]) if g.title is None and len(g.lines) > 1
    ]
    deeper = all(p.line.indent >= 2 for p in group.lines) and not found[n - 1].lines[-1].line.indent
    return deeper or (bool(around) and group.width <= max(around) - SET_IN)
