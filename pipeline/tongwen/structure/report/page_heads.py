"""Running heads of a text of few pages: a short line right next to a page number on a line of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongwen.structure.lines import MINIMUM_WIDTH, Line, squeezed
from tongwen.structure.pages import page_number, running_head

TOP = 3
"""Lines at the head of a text, in which the title is printed."""

SHORTEST = 6
"""Characters: what is shorter and followed by growing numbers may be a column of figures."""

STEP = 2
"""Pages from one running head to the next of the same text: left and right may have their own."""

_CHAPTER = re.compile(r"(\d{1,2})(?=[. ]|$)")


@dataclass(frozen=True, slots=True)
class _Pair:
    head: int
    number: int
    value: int

    @property
    def places(self) -> set[int]:
        return {self.head, self.number}


def page_heads(lines: Sequence[Line], name: str) -> set[int]:
    """Page numbers and the line next to each that is ``name``, the document's title; that comes so again on another
    page; or that stands with its number right below the text, as no heading does."""
    pairs = [pair for i in range(TOP, len(lines)) if (pair := _pair(lines, i))]
    titled = (pair for pair in pairs if squeezed(lines[pair.head].text) == name)
    out = {i for pair in (*titled, *_again(lines, pairs)) for i in pair.places}
    for pair in pairs:
        out |= pair.places if _below(lines, pair) and not _due(lines, pair, out) else set()
    return out


def _pair(lines: Sequence[Line], i: int) -> _Pair | None:
    if lines[i].kind != "line" or page_number(lines[i].key) is not None:
        return None
    near = (n for n in (i - 1, i + 1) if n < len(lines) and lines[n].kind == "line")
    return next((_Pair(i, n, value) for n in near if (value := page_number(lines[n].key)) is not None), None)


def _again(lines: Sequence[Line], pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Those whose lines return with growing numbers; a bare number must stand beside the text, since cells of a table
    do not."""
    found: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        dressed = not lines[pair.number].key.isalnum()
        if dressed or _wide(lines, min(pair.places) - 1) or _wide(lines, max(pair.places) + 1):
            found[_head(lines, pair)].append(pair)
    for head, same in found.items():
        if head and len(same) > 1 and all(0 < b.value - a.value <= STEP for a, b in pairwise(same)):
            yield from same


def _head(lines: Sequence[Line], pair: _Pair) -> str:
    head = squeezed(running_head(lines[pair.head]))
    return head if len(head) >= SHORTEST else ""


def _wide(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is as wide as running text is set."""
    return 0 <= i < len(lines) and lines[i].kind == "line" and lines[i].width >= MINIMUM_WIDTH


def _below(lines: Sequence[Line], pair: _Pair) -> bool:
    """Whether number and head stand right below the text, and something else begins behind them."""
    if pair.number > pair.head or not _head(lines, pair) or not _wide(lines, pair.number - 1):
        return False
    near = not lines[pair.number].blank_before and not lines[pair.head].blank_before
    return near and pair.head + 1 < len(lines) and lines[pair.head + 1].blank_before


def _due(lines: Sequence[Line], pair: _Pair, known: Collection[int]) -> bool:
    """Whether the number may be that of a chapter: the first, or the next of those that are numbered so far."""
    above = (found for i in range(pair.number) if i not in known and (found := _CHAPTER.match(lines[i].key)))
    return pair.value == 1 or any(int(found[1]) == pair.value - 1 for found in above)
