"""The order in which a report is read, where its pages were taken apart in another.

Two faults of the dumps that PDF gives: a heading that comes at the end of its page, or in the middle of a sentence, and
two columns that come in the wrong order. Both show themselves by sentences that break off and go on elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from tongwen.structure.lines import squeezed
from tongwen.structure.report.column import Column
from tongwen.structure.report.evidence import Evidence
from tongwen.structure.report.heading_shape import LONGEST_HEADING
from tongwen.structure.report.printed import Printed
from tongwen.structure.report.title import NOTES, Title

CLEARLY = 3.0
"""Evidence by which another order must be better than the printed one."""

HARDLY = -1.5
"""Evidence below which a full line that breaks off before a heading does not go on behind it."""

BREAK = -2.0
"""Weight of a sentence that breaks off before a heading, an item or what cannot follow."""

LONGEST_PAGE = 250
"""Lines: no page has more, and what has is not known in pages."""

BALANCE = 0.8
"""Weight of columns of unequal length."""

INVERSION = 1.0
"""Weight of two note markers in the wrong order."""

HEADED = 1.0
"""Weight of a column that begins with a heading."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A heading that is read elsewhere than it is printed: ``first`` on its page, or further down; ``sure`` is False
    where its place is a guess."""

    printed: int
    first: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Ordered:
    """Lines in reading order; ``moved``: headings by their printed number; ``turned``: pages whose columns were
    exchanged, as the printed numbers of their first and last lines."""

    lines: tuple[Printed, ...]
    moved: tuple[Moved, ...] = ()
    turned: tuple[tuple[int, int], ...] = ()


def reading_order(
    column: Column, heads: Mapping[int, Title], notes: Mapping[int, Sequence[int]], name: str = ""
) -> Ordered:
    """``heads``: headings by place; ``notes``: numbers of the note markers on each line, by its number in print;
    ``name``: the document's title."""
    inner = {i + k for i, title in heads.items() for k in range(1, title.lines)}
    sheets = _sheets(column.lines, inner)
    within = {column.lines[i].number for i in inner}
    late = _late(column, heads, sheets)
    out: list[Printed] = []
    moved, turned = [], []
    for n, sheet in enumerate(sheets):
        held = [i for i in sheet if i in late]
        taken = {i + k for i in held for k in range(heads[i].lines)}
        rest = [i for i in sheet if i not in taken]
        following = [i for i in (sheets[n + 1] if n + 1 < len(sheets) else ()) if i not in late]
        after = column.lines[following[0]] if following else None
        before = out[-1] if out and not held else None
        page = _Page(column, rest, before, after, heads, notes)
        order = rest if _settled(column, sheet, heads, name) else page.turned(held)
        if order != rest:
            turned.append((column.lines[sheet[0]].number, column.lines[sheet[-1]].number))
        lines = [column.lines[i] for i in order]
        for i in held:
            block = [column.lines[i + k] for k in range(heads[i].lines)]
            place, sure = _place(column, lines, heads, i, out[-1] if out else None)
            moved.append(Moved(block[0].number, place == 0, sure))
            place = next((k for k in range(place, len(lines)) if lines[k].number not in within), len(lines))
            lines[place:place] = block
        changed = order != rest or held
        out += [replace(p, page=k == 0 and n > 0) for k, p in enumerate(lines)] if changed else lines
    return Ordered(tuple(out), tuple(moved), tuple(turned))


def _settled(column: Column, sheet: Sequence[int], heads: Mapping[int, Title], name: str) -> bool:
    """Whether a page begins with the document's title, or ends with its notes: its columns stand in order."""
    noted = any(i in heads and heads[i].rank == NOTES for i in sheet)
    first = squeezed(column.lines[sheet[0]].line.text) if sheet else ""
    return noted or (bool(first) and squeezed(name).startswith(first))


def _sheets(lines: Sequence[Printed], inner: Collection[int]) -> list[list[int]]:
    """Places of the lines of each page; ``inner``: lines with which a heading goes on, so that no page begins there."""
    out: list[list[int]] = []
    for i, printed in enumerate(lines):
        if (printed.page and i not in inner) or not out:
            out.append([])
        out[-1].append(i)
    return out


def _late(column: Column, heads: Mapping[int, Title], sheets: Sequence[Sequence[int]]) -> set[int]:
    """Headings that stand after what they head: inside a sentence; or at the foot of their page, or where a sentence
    breaks off, if others do so."""
    proven, likely = set(), set()
    for sheet in sheets:
        for i in sheet[1:]:
            if i not in heads or heads[i].number is None or column.lines[i].line.kind == "heading":
                continue
            end = i + heads[i].lines
            last = end > sheet[-1]
            fits = _interrupts(column, i, end) if _free(i, end, heads) else None
            foot = last and end < len(column.lines) and not _above(heads, i, end)
            if _misnumbered(i, heads) or (fits or 0.0) > 0 or (foot and end in heads):
                proven.add(i)
            elif foot or (fits is not None and fits > HARDLY):
                likely.add(i)
    return proven | likely if len(proven) >= 2 else proven


def _free(i: int, end: int, heads: Mapping[int, Title]) -> bool:
    """Whether no other heading stands right above, and no numbered one right below."""
    return not _headed(i, heads) and not (end in heads and heads[end].number is not None)


def _headed(i: int, heads: Mapping[int, Title]) -> bool:
    """Whether the lines above are a heading too."""
    return any(at + title.lines == i for at, title in heads.items() if i - 3 <= at < i)


def _above(heads: Mapping[int, Title], i: int, end: int) -> bool:
    """Whether the heading that follows stands below this one: 4 and 4.1."""
    return end in heads and heads[end].rank > heads[i].rank


def _interrupts(column: Column, i: int, end: int) -> float | None:
    """How well the sentence before a heading goes on behind it; None where none breaks off."""
    left = column.lines[i - 1]
    if left.closed or end >= len(column.lines) or column.lines[end].opens_item or _listed(column, i - 1):
        return None
    fits = column.evidence.fits(left.body, column.lines[end].body)
    return fits if fits > 0 or column.full(i - 1) else None


def _listed(column: Column, i: int) -> bool:
    """Whether a line stands below others from a blank one on of which none is a sentence or goes on: names below a
    foreword."""
    start = i
    while start and not (column.lines[start].parted or column.lines[start].page):
        if column.lines[start - 1].closed or column.joins(start):
            return False
        start -= 1
    return start < i


def _misnumbered(i: int, heads: Mapping[int, Title]) -> bool:
    """2.3 printed after 2.3.1."""
    number = heads[i].number
    before = [t.number for at, t in heads.items() if at < i and t.number and t.decimal and heads[i].decimal]
    return bool(number and before and before[-1] > number and before[-1][: len(number)] == number)


def _place(
    column: Column, lines: Sequence[Printed], heads: Mapping[int, Title], i: int, before: Printed | None
) -> tuple[int, bool]:
    """Where among the lines of its page a late heading is read, and whether that is certain: at the top; behind the
    sentence that comes over from the page before; before the first heading with a greater number; and never before one
    with a smaller number. Where all that does not help, behind the sentence that it interrupts."""
    own = heads[i].number or ()
    numbers = {column.lines[at].number: title.number or own for at, title in heads.items() if _alike(title, heads[i])}
    smaller = [k for k, p in enumerate(lines) if numbers.get(p.number, own) < own]
    greater = [k for k, p in enumerate(lines) if numbers.get(p.number, own) > own]
    if not lines or not smaller:
        if greater and _long(lines):
            return greater[0], True
        return _top(column, lines, heads, before)
    if greater and greater[0] > smaller[-1]:
        return greater[0], True
    view = replace(column, lines=lines)
    start = next((k for k, p in enumerate(lines) if p.number > column.lines[i].number), len(lines))
    borders = (k for k in range(start + 1, len(lines)) if not view.joins(k) and not lines[k].opens_item)
    return next(borders, len(lines)), False


def _alike(one: Title, other: Title) -> bool:
    """Whether the numbers of two headings count up together."""
    return one.number is not None and one.decimal == other.decimal and (one.decimal or one.rank == other.rank)


def _rising(titles: Sequence[Title]) -> bool:
    """Whether no number of the outermost headings is followed by a smaller one."""
    outer = min((title.rank for title in titles), default=0)
    return all((a.number or ()) < (b.number or ()) for a, b in pairwise(t for t in titles if t.rank == outer))


def _long(lines: Sequence[Printed]) -> bool:
    """Whether these are more lines than a page has: where pages begin is not known."""
    return len(lines) > LONGEST_PAGE


def _top(
    column: Column, lines: Sequence[Printed], heads: Mapping[int, Title], before: Printed | None
) -> tuple[int, bool]:
    if not lines or before is None or before.closed:
        return 0, True
    first = {column.lines[at].number for at in heads}
    if lines[0].number in first or column.evidence.fits(before.body, lines[0].body) <= 0:
        return 0, True
    view = replace(column, lines=[before, *lines])
    return next((k for k in range(1, len(lines)) if not view.joins(k + 1)), 0), False


@dataclass(frozen=True, slots=True)
class _Page:
    column: Column
    rest: Sequence[int]
    before: Printed | None
    after: Printed | None
    heads: Mapping[int, Title]
    notes: Mapping[int, Sequence[int]]

    def turned(self, held: Sequence[int]) -> list[int]:
        """The lines with the two columns exchanged, where that closes sentences; else as they are."""
        rest = list(self.rest)
        if not 4 <= len(rest) <= LONGEST_PAGE or self.column.lines[rest[-1]].closed:
            return rest
        cuts = [k for k in range(1, len(rest)) if self.may_cut(k, held)]
        best = max(cuts, key=self.score, default=0)
        better = min(self.joined(best) - self.joined(0), self.score(best) - self.score(0))
        return self.order(best) if best and better >= CLEARLY and not self._misnumbers(best) else rest

    def _misnumbers(self, cut: int) -> bool:
        """Whether headings whose numbers count up as printed would no longer do so."""
        printed, turned = (
            [self.heads[i] for i in order if i in self.heads and self.heads[i].number]
            for order in (self.rest, self.order(cut))
        )
        return _rising(printed) and not _rising(turned)

    def order(self, cut: int) -> list[int]:
        return [*self.rest[cut:], *self.rest[:cut]]

    def may_cut(self, k: int, held: Sequence[int]) -> bool:
        """A column ends where a paragraph does, or where something was lifted out."""
        i, left = self.rest[k], self.column.lines[self.rest[k - 1]]
        lifted = self.column.lines[i].number != left.number + 1
        headed = any(self.rest[k - 1] < h < i for h in held)
        if any(h < i < h + self.heads[h].lines for h in range(max(0, i - LONGEST_HEADING), i) if h in self.heads):
            return False
        broken = not left.closed and self.column.evidence.fits(left.body, self.column.lines[i].body) < HARDLY
        return broken or headed or lifted or i in self.heads or (left.closed and self.column.lines[i].line.blank_before)

    def joined(self, cut: int) -> float:
        """How well the sentences at the seams go on."""
        order = [self.column.lines[i] for i in self.order(cut)]
        heads = {self.column.lines[i].number for i in self.rest if i in self.heads}
        seams = [(order[-1], self.after)] if self.after else []
        seams += [(self.before, order[0])] if self.before else []
        seam = len(self.rest) - cut
        seams += [(order[seam - 1], order[seam])] if cut else []
        inner = [] if cut else [(a, b) for a, b in pairwise(order) if b.number != a.number + 1]
        return sum(_seam(self.column.evidence, a, b, heads) for a, b in (*seams, *inner))

    def score(self, cut: int) -> float:
        inversions = sum(a > b for a, b in pairwise(n for i in self.order(cut) for n in self._notes(i)))
        balance = abs(log((len(self.rest) - cut) / cut)) if cut else 0.0
        headed = HEADED * (bool(cut) and self.rest[cut] in self.heads)
        return self.joined(cut) - INVERSION * inversions - BALANCE * balance + headed

    def _notes(self, i: int) -> Sequence[int]:
        return self.notes.get(self.column.lines[i].number, ())


def _seam(evidence: Evidence, left: Printed, right: Printed, heads: set[int]) -> float:
    if left.closed:
        return 0.0
    if right.number in heads or right.opens_item:
        return BREAK
    fits = evidence.fits(left.body, right.body)
    return max(min(fits, 6.0), BREAK)
