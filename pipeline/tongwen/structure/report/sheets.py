"""Where the pages of a text begin, and what of its lines is a page's own: running heads and page numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from tongwen.labels import division_label
from tongwen.model import Document
from tongwen.structure.lines import Line, ends_sentence, squeezed
from tongwen.structure.pages import WITH_NUMBER, beside_head, counts_things, furniture, page_number, running_head
from tongwen.structure.report.page_heads import SHORTEST, TOP, page_heads

SELDOM = 0.04
"""Share of lines that may begin with a lone space where it marks a page: more often it is a habit of the text."""

OFTEN = 3
"""Such lines that a text must have."""

DEEP = 3
"""Lines at the edge of a page that can be its own: a rule, a running head and a page number."""

_RULE = re.compile(r"_{3,}|(?:_ ){3,}_?|\* ?\* ?\*(?: ?\*)*|[─━]{3,}|-{12,}")

_HUNG = "“‘「『《（(\"'"  # set out into the margin, which leaves a space too


def running(document: Document, lines: Sequence[Line]) -> set[int]:
    """Page numbers and running heads. Two that carry growing page numbers are enough, and one that is the document's
    title."""
    heads: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        number = beside_head(line.text) if line.kind == "line" and _may_run(line) else None
        if number is not None:
            head = squeezed(WITH_NUMBER.sub("", line.key))
            heads.setdefault(head, []).append((i, number))
    name = squeezed(document.title)
    out = furniture(lines) | _edges(document, lines, name) | page_heads(lines, name)
    for head, found in heads.items():
        growing = len(found) > 1 and all(a < b for (_, a), (_, b) in pairwise(found))
        if len(head) >= SHORTEST and (growing or squeezed(WITH_NUMBER.sub("", lines[found[0][0]].text)) == name):
            out |= {i for i, _ in found}
    out |= _between(lines, heads, out) | _last_number(lines) | {i for i in range(len(lines)) if _rule(lines, i)}
    return {i for i in out if i >= TOP or squeezed(lines[i].text) != name}


def _may_run(line: Line) -> bool:
    """No sentence, unless it asks or calls, nor what is counted, and not the bare number of a chapter."""
    if counts_things(line.key):
        return False
    chapter = division_label(line.key)
    return (not line.ends_sentence or line.key[-1] in "?!") and not (chapter and chapter.length == len(line.key))


def _between(lines: Sequence[Line], heads: Mapping[str, Sequence[tuple[int, int]]], known: Collection[int]) -> set[int]:
    """A running head that comes once, its number the next of those before or the last of those behind."""
    pages = sorted((i, n) for i in known if (n := _page_of(lines[i])) is not None)
    out = set()
    for i, n in (place for found in heads.values() for place in found):
        at = bisect_left(pages, (i, 0))
        if i not in known and 0 < at < len(pages):
            before, after = pages[at - 1][1], pages[at][1]
            out |= {i} if before < n < after and n in (before + 1, after - 1) else set()
    return out


def _last_number(lines: Sequence[Line]) -> set[int]:
    """The number below the last sentence of a text, and those that stand alone below others and count up to it."""
    out: set[int] = set()
    due = page_number(lines[-1].key) if lines and _alone(lines, len(lines) - 1) else None
    for i in range(len(lines) - 1, 0, -1):
        if due and lines[i].key.isdigit() and page_number(lines[i].key) == due and _alone(lines, i):
            out.add(i)
            due -= 1
    return out


def _alone(lines: Sequence[Line], i: int) -> bool:
    """Whether a line stands between blank ones, and a sentence above it."""
    apart = i + 1 == len(lines) or lines[i + 1].blank_before
    return i > 0 and lines[i].kind == "line" and lines[i].blank_before and apart and _said(lines[i - 1])


def _said(line: Line) -> bool:
    """Whether a sentence ends with the line, or with the note that it marks."""
    return ends_sentence(line.key.rstrip("0123456789 "))


def _rule(lines: Sequence[Line], i: int) -> bool:
    """A stroke across the page, as above the notes; those of a table have its cells beside them."""
    if lines[i].kind != "line" or not _RULE.fullmatch(lines[i].key):
        return False
    beside = [lines[n] for n in (i - 1, i + 1) if 0 <= n < len(lines)]
    return not any(line.drawn for line in beside) or not lines[i].drawn


def _page_of(line: Line) -> int | None:
    number = beside_head(line.text)
    return page_number(line.key) if number is None else number


def _edges(document: Document, lines: Sequence[Line], name: str) -> set[int]:
    """Numbers that go up at the edges of known pages, and short lines there that return or are the document's title:
    the outermost lines of each page, and those inside them."""
    pages = _known(document, lines)
    out: set[int] = set()
    for _ in range(DEEP if pages else 0):
        edges = {_outward(i, -1, out) for i in (*pages, len(lines))} | {_outward(i - 1, 1, out) for i in (0, *pages)}
        within = [i for i in sorted(edges & set(range(len(lines)))) if lines[i].kind == "line"]
        numbers = {i: n for i in within if (n := page_number(lines[i].key)) is not None}
        growing = len(numbers) > 1 and all(a < b for a, b in pairwise(numbers.values()))
        texts = {i: head for i in within if (head := squeezed(running_head(lines[i])))}
        often = {head for head, n in Counter(texts.values()).items() if n > 1 or head == name}
        out |= {i for i, head in texts.items() if head in often} | (set(numbers) if growing else set())
    return out


def _outward(i: int, step: int, removed: Collection[int]) -> int:
    """The next line from ``i`` on that is not removed."""
    i += step
    while i in removed:
        i += step
    return i


def _known(document: Document, lines: Sequence[Line]) -> set[int]:
    """Lines with which a page begins that the format tells, or a form feed."""
    feeds = {n for n, line in enumerate(lines) if n and "\f" in document.text[lines[n - 1].span.end : line.span.start]}
    return feeds | {_first(lines, offset) for offset in document.pages[1:]}


def starts(document: Document, lines: Sequence[Line], removed: Collection[int]) -> frozenset[int]:
    """Indices of lines with which a page begins: known from the format, by a form feed, behind a page number, or by the
    lone space that dumps of PDF leave there."""
    known = _known(document, lines)
    after = {i + 1 for i in removed if i + 1 < len(lines)}
    lone = {i for i, line in enumerate(lines) if line.kind == "line" and line.indent == 1 and line.text[0] not in _HUNG}
    if not OFTEN <= len(lone) <= SELDOM * len(lines):
        lone = set()
    return frozenset((known or lone | after) - {0, len(lines)})


def _first(lines: Sequence[Line], offset: int) -> int:
    return bisect_left(lines, offset, key=lambda line: line.span.start)
