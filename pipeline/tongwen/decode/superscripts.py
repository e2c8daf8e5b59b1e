"""What a number that is set high is, by what stands around it: lexicon/superscripts.tsv."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows

NUMBERS = re.compile(r"[\[［〔(（]?\s*(\d{1,4})(?:\s*[,，、–-]\s*\d{1,4})*\s*[\]］〕)）]?")
"""What may mark one note or several: 12, [12], 12–14."""


def is_marker(before: str, number: str, after: str) -> bool:
    """Whether it marks a note, and is no power, isotope or part of a provision's number."""
    return not any(
        left.search(before) and figure.fullmatch(number) and right.match(after) for left, figure, right in _others()
    )


@cache
def _others() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (_pattern(before, "", "$"), _pattern(number, r"\d+"), _pattern(after, ""))
        for _, before, number, after, _ in rows("superscripts.tsv")
    )


def _pattern(printed: str, otherwise: str, end: str = "") -> re.Pattern[str]:
    return re.compile(otherwise if printed == "-" else f"(?:{printed}){end}")
