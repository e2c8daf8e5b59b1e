"""What stands outside the articles: page labels, the preamble, the closing formula, the list of attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tongwen.lexicon import rows
from tongwen.structure.lines import Line

_UNSIGNED = re.compile(r"[=,、)）]|^[(（\d]?[一二三四五六七八九十0-9]{1,3}[)、.]")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((region, re.compile(pattern)) for region, pattern, _reason in rows("regions.tsv"))


def region(line: Line) -> str | None:
    """``nav``, ``closing``, ``annexed`` or ``note`` where a line is one of regions.tsv, else None."""
    return next((name for name, pattern in _patterns() if pattern.match(line.key)), None)


def is_label(key: str) -> bool:
    """Whether a line is the label of a web page above its text: 公约内容."""
    return any(name == "nav" and pattern.match(key) for name, pattern in _patterns())


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
    """Index of the first line in ``[start, end)`` that closes the text after its last article; ``end`` if none does."""
    end = _signed(lines, start, end)
    for i in range(start, end):
        name = region(lines[i])
        if name in ("closing", "annexed") or (name == "note" and lines[i - 1].key[-1] == "。"):
            return i
    return end
