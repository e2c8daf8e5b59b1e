"""What stands outside the articles: page labels, the preamble, the closing formula, the list of attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tongwen.labels import labels
from tongwen.lexicon import rows
from tongwen.structure.lines import Line

_UNSIGNED = re.compile(r"[=,、)）]|^[(（\d]?[一二三四五六七八九十0-9]{1,3}[)、.]")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((region, re.compile(pattern)) for region, pattern, _reason in rows("regions.tsv"))


def region(line: Line) -> str | None:
    """``nav``, ``closing``, ``annexed``, ``note`` or ``enacting`` where a line is one of regions.tsv, else None."""
    return next((name for name, pattern in _patterns() if pattern.match(line.key)), None)


def is_label(key: str) -> bool:
    """Whether a line is the label of a web page above its text: 公约内容."""
    return any(name == "nav" and pattern.match(key) for name, pattern in _patterns())


@cache
def _treaty_titles() -> re.Pattern[str]:
    return re.compile("|".join(pattern for pattern, _reason in rows("treaties.tsv")), re.IGNORECASE)


def treaty_title(text: str) -> bool:
    """Whether a title is that of a treaty, in either script: …公約, …議定書, Convention on …"""
    return _treaty_titles().search(text) is not None


SIGNATURE = 25
"""Characters: the lines of a signature are short and have no full stop."""


def _signed(lines: Sequence[Line], start: int, end: int) -> int:
    """Index of the first of the short lines in which the text ends: an office and a name, a date, a place."""
    at = end
    while at > start and _may_sign(lines[at - 1]):
        at -= 1
    return at if at > start and lines[at - 1].key[-1] in "。." else end


def _may_sign(line: Line) -> bool:
    return len(line.key) <= SIGNATURE and not line.ends_sentence and not line.drawn and not _UNSIGNED.search(line.key)


def closing(lines: Sequence[Line], start: int, end: int) -> int:
    """Index of the first line in ``[start, end)`` that closes the text after its last article; ``end`` if none does.

    What stands right below the article's heading is its text, whatever it says, and so is what has a number.
    """
    end, said = _signed(lines, start, end), False
    for i in range(start, end):
        name = region(lines[i])
        said = said or lines[i - 1].ends_sentence
        if labels(lines[i].key) and name == "closing":
            continue
        if (said and name in ("closing", "annexed")) or (name == "note" and lines[i - 1].key[-1] == "。"):
            return i
    return end
