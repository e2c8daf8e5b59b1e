"""Numbers that are set high: markers of notes, or powers, isotopes and the like (lexicon/superscripts.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4.element import Tag

from tongwen.decode.superscripts import NUMBERS, is_marker


@dataclass(slots=True)
class High:
    """An element that is set high, with what stands beside it in its block; ``first``: nothing stands before it."""

    tag: Tag
    block: Tag | None
    first: bool
    before: str
    after: str = ""
    text: str = ""
    numbers: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()


def read_high(found: Iterable[High]) -> list[High]:
    """Those that are markers, or the numbers of notes, with the ``numbers`` that they print.

    Behind a figure only a number that goes on from the marker before, or to the next, is one: 2015 with a high 36
    between 35 and 37.
    """
    candidates = [one for one in found if _read(one)]
    markers = [one for one in candidates if not one.first]
    alone = {
        id(one)
        for before, one, after in zip([None, *markers], markers, [*markers[1:], None], strict=False)
        if one.before.rstrip()[-1:].isdecimal() and not (_goes_on(before, one) or _goes_on(one, after))
    }
    return [one for one in candidates if id(one) not in alone]


def _read(one: High) -> bool:
    match = NUMBERS.fullmatch(one.text.strip())
    if not match or not (one.first or "noteref" in one.uses or is_marker(one.before, match[1], one.after)):
        return False
    one.numbers = tuple(str(int(number)) for number in re.findall(r"\d+", one.text))
    return True


def _goes_on(one: High | None, other: High | None) -> bool:
    return one is not None and other is not None and int(other.numbers[0]) - int(one.numbers[-1]) == 1
