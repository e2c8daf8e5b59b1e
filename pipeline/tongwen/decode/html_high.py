"""Numbers that are set high: markers of notes, or powers, isotopes and the like (lexicon/superscripts.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bs4.element import Tag

from tongwen.lexicon import rows

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
        if not match or (not one.first and _is_other(one, match[1])):
            continue
        number = int(match[1])
        if not one.first and one.before.strip()[-1:].isdecimal() and not 0 < number - last <= 1:
            continue
        one.numbers = tuple(str(int(found)) for found in re.findall(r"\d+", one.text))
        markers.append(one)
        last = number if not one.first else last
    return markers


def _is_other(one: High, number: str) -> bool:
    return any(
        before.search(one.before) and figure.fullmatch(number) and after.match(one.after)
        for before, figure, after in _others()
    )


@cache
def _others() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    def pattern(printed: str, otherwise: str, end: str = "") -> re.Pattern[str]:
        return re.compile(otherwise if printed == "-" else f"(?:{printed}){end}")

    return tuple(
        (pattern(before, "", "$"), pattern(number, r"\d+"), pattern(after, ""))
        for _, before, number, after, _ in rows("superscripts.tsv")
    )
