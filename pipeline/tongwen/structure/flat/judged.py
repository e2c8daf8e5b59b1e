"""Readings of the same lines, and how well the cells of each column agree in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from statistics import median

from tongwen.model import Problem
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import Row
from tongwen.structure.flat.words import is_value, is_year

MIXED, UNEVEN = 1.0, 0.25
"""What a cell costs that is a value among words or words among values, and one e times as long as the others."""

NO_HEADER = 2
"""What speaks against a table whose columns have no names."""

FIRST = 0.3
"""How much of the former counts in the first column, whose labels may be of any kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of lines ``[start, end)``; ``cost``: what speaks against it."""

    header: Row | None
    rows: tuple[Row, ...]
    start: int
    end: int
    problems: tuple[Problem, ...]
    cost: float
    head: int = 1


def spread(sheet: Sheet, rows: Sequence[Row]) -> float:
    """How little the cells of a column, or those of a row, are of one kind, and those of a column of one length."""
    columns = [[sheet.text(cell) for cell in column if cell.pieces] or [""] for column in zip(*rows, strict=True)]
    first, *others = [MIXED * _mixed(texts) for texts in columns]
    mixed = sum(others)
    if len(others) > 1:
        mixed = min(mixed, sum(MIXED * _mixed([sheet.text(cell) for cell in row[1:] if cell.pieces]) for row in rows))
    return FIRST * first + mixed + UNEVEN * sum(map(_uneven, columns))


def misnamed(sheet: Sheet, header: Row) -> float:
    """What speaks against labels of columns of which some are years and some are not, the first left out."""
    years = [is_year(sheet.text(label)) for label in header[1:]]
    return MIXED * min(sum(years), len(years) - sum(years))


def _mixed(texts: Sequence[str]) -> int:
    values = sum(is_value(text) for text in texts)
    return min(values, len(texts) - values)


def _uneven(texts: Sequence[str]) -> float:
    usual = median(len(text) + 1 for text in texts)
    return sum(abs(log((len(text) + 1) / usual)) for text in texts)
