"""Rows that name the rows below them: a cell across the table, or a label whose other cells are empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_REMARK = re.compile(r"[(（]([^()（）]+)[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Group:
    """``row`` has the label, ``first`` to ``last`` are its members; places in the table's rows, counted from 0."""

    label: str
    row: int
    first: int
    last: int


def groups(rows: Sequence[Sequence[str]], across: Sequence[bool]) -> list[Group]:
    """``across``: which rows are one cell that spans the table.

    A group ends where the next begins; of two labels in a row the first is of a higher level. A remark in brackets that
    names the members (各州/领地) ends it where they end.
    """
    labels = [r for r in range(len(rows) - 1) if across[r] or _alone(rows, r)]
    if 2 * len(labels) > len(rows):
        labels = [r for r in labels if across[r]]
    higher = {r for r in labels if r + 1 in labels}
    found = []
    for r in labels:
        ends = (other for other in labels if other > r + 1 and (other in higher or r not in higher))
        last = _named(rows, r, next(ends, len(rows)) - 1)
        found.append(Group(rows[r][0], r, r + 1, last))
    return found


def _alone(rows: Sequence[Sequence[str]], r: int) -> bool:
    """Whether the row has its first cell alone, and the next has more: several in a row only lack their values."""
    first, *others = rows[r]
    return bool(first and others) and not any(others) and any(rows[r + 1][1:])


def _named(rows: Sequence[Sequence[str]], r: int, last: int) -> int:
    """The last row up to ``last`` that the remark in the label of row ``r`` names, or ``last`` where it names none."""
    remark = _REMARK.search(rows[r][0])
    named = r
    while remark and named < last and _is_named(rows[named + 1][0], remark[1]):
        named += 1
    return named if named > r else last


def _is_named(member: str, remark: str) -> bool:
    """``首都领地`` by ``各州/领地不同``: the character that a Chinese name of a kind ends in."""
    kind = member.strip()[-1:]
    return bool(kind) and not kind.isascii() and kind in remark
