"""The labels over a table's columns, on one line or broken over several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongwen.model import Problem, Span
from tongwen.structure.flat.cells import cell, cut, joined
from tongwen.structure.flat.parsed import doubtful, fitted
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatCell, Row
from tongwen.structure.flat.words import WEAK

_CAPITAL = re.compile(r"\S+(?: (?![A-Z])\S+)*")


@dataclass(frozen=True, slots=True)
class Header:
    """``start``: the first of its lines."""

    row: Row
    start: int
    problems: tuple[Problem, ...] = ()


def header(sheet: Sheet, start: int, end: int, width: int, *, upwards: bool) -> Header | None:
    """The header of ``width`` columns in lines ``[start, end)``, all of them or with ``upwards`` the last that do."""
    starts = range(end - 1, start - 1, -1) if upwards else [start]
    for first in starts:
        found = _read(sheet, first, end, width)
        if found:
            return found
    return None


def _read(sheet: Sheet, start: int, end: int, width: int) -> Header | None:
    for labels in (stacked(sheet, range(start, end)), _each(sheet, start, end), _capitals(sheet, start, end)):
        fit = fitted(labels, width)
        if fit:
            return Header(fit[0], start, fit[1])
    if end - start == 1 and sheet.parts(start) > width:
        line = sheet.lines[start]
        row = tuple(cell(part, line) for part in cut(sheet.words(start), width))
        return Header(row, start, (doubtful(row, f"The header has more words than the {width} columns."),))
    return None


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


def _capitals(sheet: Sheet, start: int, end: int) -> list[FlatCell]:
    """English labels on one line: each begins with a capital."""
    if end - start != 1:
        return []
    line = sheet.lines[start]
    found = _CAPITAL.finditer(line.text)
    return [FlatCell((Span(line.span.start + m.start(), line.span.start + m.end()),)) for m in found]
