"""What stands outside the articles: page labels, the preamble, the closing formula, the list of attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tongwen.lexicon import rows
from tongwen.structure.lines import Line


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((region, re.compile(pattern)) for region, pattern, _reason in rows("regions.tsv"))


def region(line: Line) -> str | None:
    """``nav``, ``closing``, ``annexed``, ``note`` or ``caption`` where a line is one of regions.tsv, else None."""
    return next((name for name, pattern in _patterns() if pattern.match(line.key)), None)


def closing(lines: Sequence[Line], start: int, end: int) -> int:
    """Index of the first line in ``[start, end)`` that closes the text after its last article; ``end`` if none does."""
    for i in range(start, end):
        name = region(lines[i])
        if name in ("closing", "annexed") or (name == "note" and lines[i - 1].key[-1] == "。"):
            return i
    return end
