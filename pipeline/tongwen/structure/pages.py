"""Page numbers and running heads that stand among the lines of a text taken from pages: read apart from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile

from tongwen import lexicon
from tongwen.labels import article_label, division_label, labels
from tongwen.numerals import roman
from tongwen.structure.lines import Line, columns

EDGE = "page"
"""Label of a line that stands at the edge of a page, as the reader of the format has seen."""

OFTEN = 3
"""Pages that a text must have before what returns on each can be told from the text."""

SHORT = 100
"""Columns: no running head is longer."""

_NUMBER = re.compile(
    r"[-–—·/ ]*(?:第 ?|page |p\. ?)?(?P<n>\d{1,4}|[ivxl]{1,7})(?: ?页)?"
    r"(?: ?[,/]? ?(?:共|of)? ?\d{1,4}(?: ?页)?)?[-–—·/ ]*"
)
_NAMED = re.compile(r"第 ?\d{1,4} ?页|page \d")
_DRESSED = re.compile(r"(?P<d>[-–—·]) *\d{1,4} *(?P=d)")
"""- 12 -, which is a page number even where it stands once."""

_NAMED_HEAD = re.compile(r"(?:(?P<head>\S.*?) {2,})?[-–— ]*第 ?\d{1,4} ?页(?: ?[,/]? ?共 ?\d{1,4} ?页)?[-–— ]*")

WITH_NUMBER = re.compile(
    r"^\d{1,4} +(?=\D)|^第 ?\d{1,4} ?[页頁] +|(?:(?<=[^\d ])|(?<=\d )) +(?:\d{1,4}|第 ?\d{1,4} ?[页頁])$"
)
"""A page number before or behind a running head; behind a figure it stands apart."""


def beside_head(text: str) -> int | None:
    """The page number that a running head carries."""
    found = WITH_NUMBER.search(text)
    return int(found[0].strip(" 第页頁")) if found else None


def furniture(lines: Sequence[Line], paged: bool = True) -> set[int]:
    """Indices of the lines that are no text: what the format tells, page numbers that go up or stand between dashes,
    and short lines that return with them. Unless the text is ``paged``, by its format or its layout, a number alone
    may be anything, and only those that name the page count."""
    known = {i for i, line in enumerate(lines) if line.label == EDGE or _DRESSED.fullmatch(line.key)}
    return known | _seen(lines, paged) | _named(lines)


def _named(lines: Sequence[Line]) -> set[int]:
    """第 3 页 alone on its line; or behind a running head and a wide gap, if this stands twice, be it as a title."""
    paged = ((i, line.key) for i, line in enumerate(lines) if "页" in line.key[-4:])  # most lines end otherwise
    told = {i: match for i, key in paged if (match := _NAMED_HEAD.fullmatch(key))}
    counts = Counter(line.key for line in lines) + Counter(match["head"] for match in told.values() if match["head"])
    return {i for i, match in told.items() if not match["head"] or counts[match["head"]] > 1}


def _seen(lines: Sequence[Line], paged: bool) -> set[int]:
    numbers = [
        (i, n)
        for i, line in enumerate(lines)
        if (paged or _NAMED.search(line.key)) and (n := page_number(line.key)) is not None
    ]
    if not paged and len(numbers) < OFTEN:
        return set()
    out = next(({i for i, _ in run} for run in _runs(lines, numbers) if len(run) >= OFTEN and _rises(run)), set())
    heads = [running_head(line) for line in lines]
    counts = Counter(heads)
    often = {head for head, n in counts.items() if head and n >= OFTEN}
    marked = Counter(head for i, head in enumerate(heads) if _numbered(lines[i], head) or {i - 1, i + 1} & out)
    return out | {i for i, head in enumerate(heads) if head in often and 2 * marked[head] > counts[head]}


def _runs(lines: Sequence[Line], numbers: Sequence[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    """All numbers, counted on from Roman figures before the first other, iv, v, 1, 2, or without these."""
    yield numbers
    front = list(takewhile(lambda at: lines[at[0]].key.isalpha(), numbers))
    if len(front) > 1 and _rises(front):
        rest = numbers[len(front) :]
        highest = front[-1][1]
        yield [*front, *((i, n + highest) for i, n in rest)]
    yield numbers[len(front) :]


def _rises(numbers: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers go up, but for a few."""
    return sum(a < b for (_, a), (_, b) in pairwise(numbers)) >= 0.8 * (len(numbers) - 1)


def page_number(key: str) -> int | None:
    """The number of a line that holds nothing else: 3, - 3 -, 第3页 共12页, Page 3 of 12, iv."""
    match = _NUMBER.fullmatch(key)
    if match is None:
        return None
    return int(match["n"]) if match["n"].isdigit() else roman(match["n"])


def _numbered(line: Line, head: str) -> bool:
    """Whether a running head carries the page's number itself."""
    return bool(head) and line.key != head


def running_head(line: Line) -> str:
    """What a running head has in common from page to page; empty where a line can be none."""
    if line.kind != "line" or line.ends_sentence or line.drawn:
        return ""
    head = WITH_NUMBER.sub("", line.key).strip()
    if counts_things(line.key):
        return ""
    if not 2 < columns(head) <= SHORT or head[-1] in ",、)":
        return ""
    return "" if labels(line.key) or article_label(line.key) or division_label(line.key) else head


def counts_things(key: str) -> bool:
    """Whether a line is a word and the number of what it counts: 建议 3, Case study 2."""
    return key[-1:].isdigit() and _things().fullmatch(key) is not None


@cache
def _things() -> re.Pattern[str]:
    patterns = (pattern for pattern, _reason in lexicon.rows("numbered_things.tsv"))
    return re.compile(rf"(?:{'|'.join(patterns)}) ?[0-9]{{1,2}}")
