"""Rows that name the rows below them: a cell across the table, or a label whose other cells are empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_REMARK = re.compile(r"[(（]([^()（）]+)[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Group:
    """``row`` has the label, ``first`` to ``last`` are its members; places in the table's rows, counted from 0.

    ``sure`` is False where nothing shows the end: no group follows, and rows that belong to none stand above.
    """

    label: str
    row: int
    first: int
    last: int
    sure: bool = True


def groups(rows: Sequence[Sequence[str]], across: Sequence[bool]) -> list[Group]:
    """``across``: which rows are one cell that spans the table.

    A group ends where the next begins; of two labels in a row the first is of a higher level. A remark in brackets that
    names the members (各州/领地) ends it where they end.
    """
    alone = [not whole and _is_alone(row) for row, whole in zip(rows, across, strict=True)]
    labels = [r for r in range(len(rows) - 1) if across[r] or (alone[r] and _names(rows, alone, r))]
    higher = {r for r in labels if r + 1 in labels}
    found = []
    for r in labels:
        ends = (other for other in labels if other > r + 1 and (other in higher or r not in higher))
        end = next(ends, None)
        last = _named(rows, r, (end or len(rows)) - 1)
        sure = end is not None or last < len(rows) - 1 or labels[0] == 0 or last == r + 1
        found.append(Group(rows[r][0], r, r + 1, last, sure))
    return found


def _is_alone(row: Sequence[str]) -> bool:
    """Whether the row has its first cell alone."""
    first, *others = row
    return bool(first and others) and not any(others)


def _names(rows: Sequence[Sequence[str]], alone: Sequence[bool], r: int) -> bool:
    """Whether such a row is a label and does not only lack its values, as several in a row do, or one value may."""
    if alone[r + 1] or (r and alone[r - 1]):
        return False
    label = rows[r][0].rstrip()
    remark = _REMARK.search(label)
    told = label.endswith((":", "：")) or (remark is not None and _is_named(rows[r + 1][0], remark[1]))
    return told or len(rows[r]) > 2


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
