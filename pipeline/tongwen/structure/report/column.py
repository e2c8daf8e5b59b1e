"""The lines of one column of a page, each judged by those around it: which is full, and which goes on in the next.

A page has boxes, columns and headings of several widths, so a line is full by its neighbours and not by one measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tongwen.labels import Label, labels
from tongwen.structure.lines import LATIN_SLACK, MINIMUM_WIDTH, NEVER_LAST, SLACK, columns
from tongwen.structure.report.bibliography import entries, is_title
from tongwen.structure.report.evidence import GOING_ON, Evidence, waiting
from tongwen.structure.report.matter import matter
from tongwen.structure.report.printed import AROUND, DASHED, Printed

NARROWEST = 28
"""Columns: narrower lines are cells of a table or headings."""

LIST = 8
"""Lines that an item takes at most, so that the next still belongs to its list."""

WIDER = 2
"""Columns by which a line must be wider than those of a list to be none of it."""

LAST = 0.7
"""Share of the measure below which a line is a paragraph's last."""

OFTEN = 4
"""Such lines that show a habit."""

GAPPED = 0.8
"""Share of them that a blank line follows, where blank lines part the paragraphs."""

FULL_STOP = 4
"""Columns that a line with a full stop at its end may be short of the measure and its paragraph still go on."""

GOES_ON = 2.0
"""Evidence from which a line that is not full still goes on in the next."""

GLOSSED = 3
"""Abbreviations near one another that make a list of them."""

_GLOSSED = re.compile(r"[A-Z][A-Za-z0-9./&+-]{1,14}(?:[ \u3000\t]+[《“「]?[\u3400-\u9fff]|(?: {3,}|\t)\S)")
_FIRST = re.compile(r"[(（“‘《〈「『【〔]*(?:[A-Za-z0-9][\w.,%/:-]*|.)[，。、；：！？）」』》〉】〕”’,.;:!?)]*")
_OPENING = re.compile(
    r"[注註]\d{0,2}[:：]|(?:\d{1,2}月\d{1,2}日|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?)(?: {2,}|[\u3000\t])"
)
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+")
"""A great figure, which is not parted at a line's end."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[-/._=&?]$")


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _apart(left: Printed, right: Printed) -> bool:
    """Whether lines of an address or of an imprint follow each other, or a paragraph begins with a dash, as a remark,
    or in a list of events with a date that stands apart."""
    told = matter(left.body)
    if told == "contact" or told == matter(right.body) == "imprint":
        return True
    return left.closed and (right.body.startswith(DASHED) or _OPENING.match(right.line.text) is not None)


@dataclass(frozen=True)
class Column:
    """Lines in the order in which they are read; ``evidence`` is the document's; ``wrapped``: a line's end may be a
    layout wrap."""

    lines: Sequence[Printed]
    evidence: Evidence
    wrapped: bool = True

    def measure(self, i: int) -> int:
        """Columns of the widest line around, of those that are set alike: a list has a measure of its own."""
        around = self._around(i)
        above = self._above(i)
        if self._block[i] or above:
            return self._block[i] or above
        setting = self._setting[i]
        printed = (n for n in around if self.lines[n].line.kind == "line" and not self.lines[n].line.drawn)
        return max(self.lines[n].width for n in (i, *printed) if self._setting[n] == setting)

    def _around(self, i: int) -> range:
        low, high = self._near[i]
        return range(max(low, i - AROUND), min(high, i + AROUND + 1))

    @cached_property
    def _near(self) -> list[tuple[int, int]]:
        """Between which lines each is judged: running text that blank lines part, by its own alone."""
        starts = [i for i, p in enumerate(self.lines) if i == 0 or p.parted]
        out: list[tuple[int, int]] = []
        for start, end in pairwise([*starts, len(self.lines)]):
            running = end - start > AROUND and max(p.width for p in self.lines[start:end]) >= MINIMUM_WIDTH
            out += [(start, end) if running else (0, len(self.lines))] * (end - start)
        return out

    def _above(self, i: int) -> int:
        """The measure of the lines right above and this one, where they are alike; else 0. What follows may be set in
        another, on another page or in another column."""
        start = i
        while start > max(0, i - AROUND) and not (self.lines[start].parted or self.lines[start].page):
            start -= 1
        widths = [p.width for p in self.lines[start:i]]
        alike = len(widths) > 1 and max(widths) - min(widths) <= SLACK and self._setting[i] == self._setting[start]
        return max(*widths, self.lines[i].width) if alike and min(widths) >= NARROWEST else 0

    @cached_property
    def _block(self) -> list[int]:
        """The measure of the paragraph that blank lines set apart, where its lines show one of their own; else 0."""
        starts = [i for i, p in enumerate(self.lines) if i == 0 or p.parted or p.page or p.opens_item]
        out = [0] * len(self.lines)
        for start, end in pairwise([*starts, len(self.lines)]):
            out[start:end] = [self._own_measure(start, end)] * (end - start)
        for start, end in self._set_in.items():
            out[start:end] = [self.lines[start].width] * (end - start)
        return out

    @cached_property
    def _set_in(self) -> dict[int, int]:
        """Where each text begins and ends that stands behind a colon in a measure of its own."""
        opened = (i for i, (above, p) in enumerate(pairwise(self.lines), 1) if above.introduces and not p.opens_item)
        return {i: end for i in opened if (end := self._quoted_to(i)) > i}

    def _quoted_to(self, start: int) -> int:
        """Where a text ends behind a colon that is set narrower than what follows; ``start`` where none is."""
        width, end = self.lines[start].width, start
        while end < len(self.lines) and abs(self.lines[end].width - width) <= SLACK and not self.lines[end].opens_item:
            end += 1
        if end - start < 2 or width < NARROWEST or end + 1 >= len(self.lines):
            return start
        end += not self.lines[end - 1].closed and self.lines[end].width < width
        narrower = end < len(self.lines) and self.lines[end].width > width + WIDER
        return end if narrower and self.lines[end - 1].closed and not self.lines[end].parted else start

    def _own_measure(self, start: int, end: int) -> int:
        widths = [p.width for p in self.lines[start : end - 1]]
        alike = len(widths) > 1 and max(widths) - min(widths) <= SLACK and min(widths) >= NARROWEST
        whole = alike and self.lines[end - 1].closed and self.lines[end - 1].width <= max(widths) + 2
        return max(widths) if whole and not any(p.line.drawn for p in self.lines[start:end]) else 0

    @cached_property
    def _setting(self) -> list[str]:
        """The style of the item in which a line stands, from the first item of a list to where the last one ends; ""
        outside lists."""
        out: list[str] = []
        widest = 0
        for i, printed in enumerate(self.lines):
            before = out[-1] if out else ""
            widest = widest if before else 0
            out.append(printed.style or (before if before and not self._ends_item(i, widest) else ""))
            widest = max(widest, printed.width)
        return out

    def _ends_item(self, i: int, widest: int) -> bool:
        """Whether line ``i`` is no part of the item above, in a list whose widest line is ``widest``."""
        left, right = self.lines[i - 1], self.lines[i]
        if right.width > widest + WIDER or right.line.kind != "line":
            return True
        if left.closed:
            return right.parted or right.page or left.width < widest - FULL_STOP
        return right.parted and left.width < widest - SLACK

    def full(self, i: int, slack: int = SLACK) -> bool:
        """Whether line ``i`` fills its measure, but for what the next word or a mark may have taken along."""
        printed = self.lines[i]
        below = self.lines[i + 1].body if i + 1 < len(self.lines) else ""
        last = printed.body[-1:]
        words = _latin(last) or (last.isascii() and last.isdigit() and _latin(below[:1]))
        figure = _FIGURE.match(below)
        slack = max(slack, len(figure[0]) + 2) if figure else slack
        return printed.width >= max(NARROWEST, self.measure(i) - (LATIN_SLACK if words else slack))

    def joins(self, i: int) -> bool:
        """Whether line ``i`` is the rest of what line ``i - 1`` ends in."""
        left, right = self.lines[i - 1], self.lines[i]
        marker = not right.body  # of a note, on a line to itself
        if marker or left.line.kind == right.line.kind == "quote":
            return marker or (self.wrapped and not left.closed)  # a column or a page ends inside a quotation
        if left.line.drawn or right.line.drawn or not left.line.kind == right.line.kind == "line":
            return left.line.kind == right.line.kind == "line" and right.line.drawn and not right.line.blank_before
        if self.wrapped and (right.body.startswith(GOING_ON) or _ADDRESS.search(left.body) or self._marked_on(i)):
            return True
        if not self.wrapped or {i - 1, i} <= self.addressed or i in self._set_in.values() or _apart(left, right):
            return False
        if right.opens_item and not left.body.endswith(NEVER_LAST) and not self._no_item(i):
            return False
        return self._text_goes_on(i)

    def _marked_on(self, i: int) -> bool:
        """Whether a note's marker with which line ``i`` begins belongs to the sentence that ends above it."""
        left, right = self.lines[i - 1], self.lines[i]
        return right.marked and left.closed and not right.line.blank_before and right.number == left.number + 1

    def _text_goes_on(self, i: int) -> bool:
        left, right = self.lines[i - 1], self.lines[i]
        if i in self._glossed:
            return False
        if i in self._entries and not right.line.blank_before:
            return not self._entries[i] and not is_title(left.body)
        ended = left.closed and not left.body.endswith(";")
        return self._paragraph_goes_on(i) if ended else self._sentence_goes_on(i)

    @cached_property
    def _entries(self) -> dict[int, bool]:
        """Which lines stand in a list of literature, and which of them begin an entry."""
        return entries(self.lines)

    @cached_property
    def _glossed(self) -> set[int]:
        """Lines of a list of abbreviations: AIDS, a blank, and what it stands for."""
        found = [i for i, p in enumerate(self.lines) if _GLOSSED.match(p.line.text)]
        near = (found[n : n + GLOSSED] for n in range(len(found) - GLOSSED + 1))
        return {i for some in near if some[-1] - some[0] < 2 * GLOSSED for i in some}

    @cached_property
    def addressed(self) -> set[int]:
        """Lines that stand together with an address, none of them a sentence: each is by itself."""
        starts = [i for i, p in enumerate(self.lines) if i == 0 or p.parted or p.page]
        parts = (range(a, b) for a, b in pairwise([*starts, len(self.lines)]))
        lines = ((part, [self.lines[i] for i in part]) for part in parts)
        return {
            i
            for part, near in lines
            if any(matter(p.body) == "contact" for p in near) and not any(p.closed for p in near)
            for i in part
        }

    @cached_property
    def _gapped(self) -> bool:
        """Whether blank lines part the paragraphs: what ends in a short line is followed by one, numbers aside."""
        ends = [
            right.parted or right.page
            for i, (left, right) in enumerate(pairwise(self.lines))
            if left.closed and not (left.introduces or right.opens_item) and left.width < LAST * self.measure(i)
        ]
        return len(ends) >= OFTEN and sum(ends) > GAPPED * len(ends)

    def _sentence_goes_on(self, i: int) -> bool:
        left, right = self.lines[i - 1], self.lines[i]
        if left.body.endswith(";"):
            return self._no_room(i)
        if right.page and _latin(left.body[-1:]) != _latin(right.body[:1]):
            return self._resumed(i)
        if left.body.endswith(NEVER_LAST) or self._resumed(i):
            return True
        if right.parted and right.line.text[:1].isupper():
            return False
        if (
            not right.parted
            and right.closed
            and NARROWEST <= left.width > right.width
            and right.number == left.number + 1
        ):
            return True
        below = right.number == left.number + 1
        wider = below and right.width > self.measure(i - 1) + SLACK  # prose behind the rows of a table
        further = below and right.line.indent > max(left.line.indent, 1)  # a paragraph's first line
        return self.full(i - 1) and (not right.parted or (not wider and not further and self._no_room(i)))

    def _no_room(self, i: int) -> bool:
        """Whether what line ``i`` begins with would not have fitted behind line ``i - 1``."""
        left, right = self.lines[i - 1], self.lines[i]
        first = _FIRST.match(right.line.text)
        need = columns(first[0]) + _latin(right.body[:1]) if first else 2
        return left.width >= NARROWEST and left.width + need >= self.measure(i - 1)

    def _no_item(self, i: int) -> bool:
        """A number with which a line happens to begin: 见表 / 1)."""
        left, right = self.lines[i - 1], self.lines[i]
        ended = left.closed and not left.body.endswith(";")
        if right.bullet or ended or right.line.blank_before:
            return False
        found = labels(right.body)
        half = any(label.style.endswith("half") for label in found) and waiting(left.body)
        return bool(half) or (self.full(i - 1, FULL_STOP) and not any(self._due(i, label) for label in found))

    def _due(self, i: int, label: Label) -> bool:
        """Whether an item of the same style, one less, stands above."""
        above = (other for p in self.lines[max(0, i - 4 * LIST) : i] for other in labels(p.body))
        return any(other.style == label.style and other.value == label.value - 1 for other in above)

    def _paragraph_goes_on(self, i: int) -> bool:
        """A sentence that happens to end where its line does."""
        left = self.lines[i - 1]
        if self.lines[i].parted or self.lines[i].page or not (self.lines[i].closed or self.full(i)):
            return False
        if left.introduces or _latin(self.lines[i].body[:1]):
            return self._no_room(i) and self.lines[i].line.indent <= left.line.indent
        loose = self._gapped and not self.lines[i].line.blank_before and not self._setting[i - 1]
        short = LAST * self.measure(i - 1) if loose else self.measure(i - 1) - FULL_STOP
        return left.width >= short and self.lines[i].line.indent <= left.line.indent

    def _resumed(self, i: int) -> bool:
        """A sentence that something else has interrupted."""
        left, right = self.lines[i - 1], self.lines[i]
        if right.number == left.number + 1 and not right.page:
            return False
        fits = self.evidence.fits(left.body, right.body)
        return fits >= GOES_ON if self.full(i - 1) else fits >= 2 * GOES_ON and left.width >= NARROWEST
