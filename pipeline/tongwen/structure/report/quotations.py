"""Block quotations: what tells that a text is somebody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tongwen.lexicon import rows
from tongwen.structure.report.group import Group

SET_IN = 2
"""Columns by which the lines of a block quotation are shorter than those of the text, at least."""

HABIT = 3
"""Quotations behind a colon that show it to be the document's way to introduce them."""

LONGEST = 25
"""Lines."""

_QUOTED = re.compile(r"[“\"「『].*[”\"」』]\W*(?:\([^()]{1,40}\)\W*)?$", re.DOTALL)
"""In quotation marks, and behind them in brackets who said so or where: (B1-12)."""


def quotations(found: Sequence[Group]) -> list[bool]:
    """Which groups are quotations: a text that mark-up calls one; one that a colon announces; one in the first person
    whose note says who spoke; or one that names its source in a note and is set in, where it is no habit of the
    document to announce them."""
    announced = _announced(found)
    habit = sum(announced) >= HABIT
    return [
        group.lines[0].line.kind == "quote" or announced[n] or _sourced(found, n, habit=habit)
        for n, group in enumerate(found)
    ]


def _sourced(found: Sequence[Group], n: int, *, habit: bool) -> bool:
    group = found[n]
    if not n or len(group.lines) > LONGEST or not group.noted:
        return False
    heard = found[n - 1].last.closed and _heard(group)
    return heard or (not habit and group.lines[0].parted and _inset(found, n))


def _heard(group: Group) -> bool:
    """Whether the note at its end begins with who spoke, and the text is in the first person."""
    return bool(_pattern("source").match(group.last.source or "") and _pattern("voice").search(group.body))


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for r, pattern, _reason in rows("quotations.tsv") if r == role))


def _announced(found: Sequence[Group]) -> list[bool]:
    """Texts behind a colon that stand in quotation marks or are set in; one in marks may follow another."""
    out: list[bool] = []
    for n, group in enumerate(found):
        before = found[n - 1] if n else group
        plain = n > 0 and group.title is None and not group.mark and len(group.lines) <= LONGEST
        quoted = bool(_QUOTED.match(group.body))
        if not plain:
            out.append(False)
        elif before.title or not before.last.introduces:
            out.append(quoted and out[-1] and bool(_QUOTED.match(before.body)))
        else:
            apart = _set_in(found, n) or (group.noted and len(group.lines) > 1)
            out.append(quoted or (group.lines[0].line.kind == "line" and apart))
    return out


def _inset(found: Sequence[Group], n: int) -> bool:
    """Whether the texts right before and behind are both set wider."""
    group = found[n]
    widest = max(p.width for p in group.lines)
    around = [g for g in (*found[max(0, n - 2) : n], *found[n + 1 : n + 3]) if g.title is None and len(g.lines) > 1]
    return len(group.lines) > 1 and len(around) > 1 and all(g.width >= widest + SET_IN for g in around)


def _set_in(found: Sequence[Group], n: int) -> bool:
    group = found[n]
    if len(group.lines) < 2 or not group.last.closed:
        return False
    around = [
        g.width for g in (*found[max(0, n - 3) : n], *found[n + 1 : n + 4]) if g.title is None and len(g.lines) > 1
    ]
    deeper = all(p.line.indent >= 2 for p in group.lines) and not found[n - 1].lines[-1].line.indent
    return deeper or (bool(around) and group.width <= max(around) - SET_IN)
