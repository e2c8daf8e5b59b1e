"""Numbers that are set high: markers of notes, or powers, isotopes and the like (lexicon/superscripts.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4.element import Tag

from tongwen.decode.superscripts import is_marker

_NUMBERS = re.compile(r"[\[［〔(（]?\s*(\d{1,4})(?:\s*[,，、–-]\s*\d{1,4})*\s*[\]］〕)）]?")


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
    """Those that are markers, or the numbers of notes: with the ``numbers`` that they print.

    Behind a figure only a number that goes on from the marker before is one: 2015 with a high 36, after 35.
    """
    markers: list[High] = []
    last = 0
    for one in found:
        match = _NUMBERS.fullmatch(one.text.strip())
        if not match or (not one.first and not is_marker(one.before, match[1], one.after)):
            continue
        number = int(match[1])
        if not one.first and one.before.strip()[-1:].isdecimal() and not 0 < number - last <= 1:
            continue
        one.numbers = tuple(str(int(found)) for found in re.findall(r"\d+", one.text))
        markers.append(one)
        last = number if not one.first else last
    return markers
