"""Lists of literature without numbers: where each entry begins, for its lines are not set apart in a dump of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from tongwen.labels import division_label, labels
from tongwen.lexicon import rows
from tongwen.structure.lines import squeezed
from tongwen.structure.report.printed import Printed

FEWEST = 3
"""Entries that show a list of literature to be printed in this way."""

_NUMBERED = re.compile(r"^(?:第?[0-9.一二三四五六七八九十壹贰叁肆伍陆]+[、.章 ]?|\([一二三四五六七八九十0-9]+\))")
_ENDED = re.compile(r"[。.)\]\d/]$|(?:https?://|www\.)\S+$")


def entries(lines: Sequence[Printed]) -> dict[int, bool]:
    """The lines in lists of literature, and whether an entry begins with each; none where few begin like one."""
    out: dict[int, bool] = {}
    for i, printed in enumerate(lines):
        if i not in out and is_title(printed.body):
            inside = {n: _begins(lines, n) for n in takewhile(lambda n: _inside(lines[n]), range(i + 1, len(lines)))}
            out |= inside if sum(inside.values()) >= FEWEST else {}
    return out


def is_title(body: str) -> bool:
    """Whether a line heads a list of literature, its number aside."""
    return _pattern("title").fullmatch(_NUMBERED.sub("", squeezed(body))) is not None


def _inside(printed: Printed) -> bool:
    """Whether the list may go on: not behind the heading of another part."""
    return printed.line.kind == "line" and not (division_label(printed.body) and not printed.closed)


def _begins(lines: Sequence[Printed], i: int) -> bool:
    above, here = lines[i - 1], lines[i]
    ended = here.line.blank_before or is_title(above.body) or _ENDED.search(above.body)
    return bool(ended) and not labels(here.body) and _pattern("entry").match(here.line.text) is not None


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for r, pattern, _reason in rows("bibliography.tsv") if r == role))
