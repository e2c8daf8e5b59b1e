"""The labels over a table's columns, on one line or broken over several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from tongwen.model import Problem, Span
from tongwen.structure.flat.cells import cell, cut, joined
from tongwen.structure.flat.parsed import doubtful, fitted
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatCell, Row
from tongwen.structure.flat.words import WEAK

SAMPLE = 10
"""Rows that show which columns are written alike."""

TALLEST = 40
"""Lines of a header at most: ten labels of four lines each. More would be tried in every way that they can be cut."""

_DIGITS = re.compile(r"\d+")
_CAPITAL = re.compile(r"\S+(?: (?![A-Z])\S+)*")


@dataclass(frozen=True, slots=True)
class Header:
    """Lines ``[start, end)``; ``rows``: the labels level by level, mostly one."""

    rows: tuple[Row, ...]
    start: int
    end: int
    problems: tuple[Problem, ...] = ()


def header(sheet: Sheet, lines: range, width: int, *, upwards: bool, groups: bool) -> Header | None:
    """The header of ``width`` columns in ``lines``: from the first on, or ``upwards`` to the last.

    A label alone on its line right above the rows may name ``groups`` of them, where there are others below, or go on
    from the line above.
    """
    alone = list(takewhile(lambda i: sheet.parts(i) == 1, reversed(lines[1:][-TALLEST:])))
    ends = [*alone, lines.stop] if groups else [lines.stop, *alone]
    starts = reversed(lines[-2 * TALLEST :]) if upwards else lines[:1]
    tried = ((first, last) for first in starts for last in ends if first < last <= first + TALLEST)
    found = [read for first, last in tried if (read := _read(sheet, first, last, width))]
    return min(found, key=lambda read: len(read.problems), default=None)


def _read(sheet: Sheet, start: int, end: int, width: int) -> Header | None:
    for labels in (stacked(sheet, range(start, end)), _each(sheet, start, end), capitals(sheet, range(start, end))):
        fit = fitted(labels, width)
        if fit and not fit[1]:
            return Header((fit[0],), start, end)
    named = _levels(sheet, start, end, width)
    if named:
        return named
    fit = fitted(stacked(sheet, range(start, end)), width)
    if fit:
        return Header((fit[0],), start, end, fit[1])
    if end - start == 1 and sheet.parts(start) > width:
        line = sheet.lines[start]
        row = tuple(cell(part, line) for part in cut(sheet.words(start), width))
        unsure = doubtful(row, f"The header has more words than the {width} columns.")
        return Header((row,), start, end, (unsure,))
    return None


def _levels(sheet: Sheet, start: int, end: int, width: int) -> Header | None:
    """Two lines of labels: each of the upper but the first stands over as many of the lower, or one over them all."""
    if end - start != 2:
        return None
    upper, lower = (max(stacked(sheet, [i]), capitals(sheet, [i]), key=len) for i in (start, start + 1))
    if len(lower) == width - 1:
        rows = levels([*upper, *lower], width)
        return Header(rows, start, end) if rows else None
    if min(len(upper), len(lower)) < 2 or len(upper) - 1 + len(lower) != width:
        return None
    ways = sorted((_unlike(sheet, end, range(n, n + len(lower)), width), n) for n in range(1, len(upper)))
    rows = _over_some(upper, lower, ways[0][1])
    unsure = len(ways) > 1 and ways[0][0] == ways[1][0]
    hint = "The text does not say which label of the upper line stands over those of the lower."
    return Header(rows, start, end, (doubtful(rows[0], hint),) if unsure else ())


def _over_some(upper: Sequence[FlatCell], lower: Sequence[FlatCell], n: int) -> tuple[Row, ...]:
    """Two rows in which the upper label ``n`` stands over all of the lower and the others reach down."""
    again = [replace(label, repeat=True) for label in upper]
    top = (*upper[: n + 1], *again[n : n + 1] * (len(lower) - 1), *upper[n + 1 :])
    return top, (*again[:n], *lower, *again[n + 1 :])


def _unlike(sheet: Sheet, start: int, among: range, width: int) -> int:
    """How many shapes of numbers the columns ``among`` have in the rows from ``start`` on, more than one a row: what
    stands below one label is written alike."""
    lines = takewhile(sheet.tabular, range(start, len(sheet)))
    rows = islice((row for i in lines if len(row := cut(sheet.words(i), width)) == width), SAMPLE)
    return sum(len({_DIGITS.sub("0", "".join(word.key for word in row[n])) for n in among}) - 1 for row in rows)


def levels(labels: Sequence[FlatCell], width: int) -> tuple[Row, ...]:
    """Labels on two levels over ``width`` columns, the upper first; () where their number does not come out even."""
    upper, lower = labels[: 1 - width], labels[1 - width :]
    over, rest = divmod(len(lower), max(1, len(upper) - 1))
    if len(upper) < 2 or rest or over < 2 or len(lower) + 1 != width:
        return ()
    top = [upper[0], *(replace(label, repeat=n > 0) for label in upper[1:] for n in range(over))]
    return tuple(top), (replace(upper[0], repeat=True), *lower)


def stacked(sheet: Sheet, lines: Sequence[int]) -> list[FlatCell]:
    """Labels parted by blanks or by blank lines; a line without one before it goes on from the label above."""
    out: list[FlatCell] = []
    for i in lines:
        for n, word in enumerate(sheet.words(i)):
            piece = cell([word], sheet.lines[i])
            onwards = word.border < WEAK if n else not sheet.breaks(i)
            if out and onwards:
                out[-1] = _longer(out[-1], piece, same_line=n > 0)
            else:
                out.append(piece)
    return out


def _longer(label: FlatCell, piece: FlatCell, *, same_line: bool) -> FlatCell:
    if not same_line:
        return joined(label, piece)
    return FlatCell((*label.pieces[:-1], Span(label.pieces[-1].start, piece.pieces[0].end)))


def _each(sheet: Sheet, start: int, end: int) -> list[FlatCell]:
    """One label a line."""
    return [cell(sheet.words(i), sheet.lines[i]) for i in range(start, end)]


def capitals(sheet: Sheet, lines: Sequence[int]) -> list[FlatCell]:
    """English labels: each begins with a capital, and a line that does not goes on from the one above."""
    out: list[FlatCell] = []
    for i in lines:
        line = sheet.lines[i]
        for n, match in enumerate(_CAPITAL.finditer(line.text)):
            piece = FlatCell((Span(line.span.start + match.start(), line.span.start + match.end()),))
            if out and n == 0 and not match[0][0].isupper():
                out[-1] = joined(out[-1], piece)
            else:
                out.append(piece)
    return out
