"""Tables whose cells are parted by bars with no frame around them: | a | b | over |---|---|."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile

from tongwen.model import Span
from tongwen.structure.flat.table import EMPTY, FlatCell, FlatTable, Row, grouped
from tongwen.structure.lines import Line

_BAR = re.compile(r"[|│┃║｜]")
_RULE = re.compile(r"[-:=+|\s\u2500-\u257f]+")


def piped(lines: Sequence[Line], key: str, taken: Collection[int]) -> list[FlatTable]:
    """Runs of lines with one number of bars, two at least and a rule among them or a bar at their beginnings."""
    return [table for run in _runs(lines, taken) if (table := _table(lines, run, key))]


def _runs(lines: Sequence[Line], taken: Collection[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for i, line in enumerate(lines):
        barred = line.kind == "line" and i not in taken and (_BAR.search(line.text) or (run and _is_rule(line)))
        if run and (not barred or line.blank_before):
            yield run
            run = []
        if barred:
            run.append(i)
    if run:
        yield run


def _is_rule(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text))


def _table(lines: Sequence[Line], run: Sequence[int], key: str) -> FlatTable | None:
    read = {i: _row(lines[i]) for i in run if not _is_rule(lines[i])}
    width = len(next(iter(read.values()), ()))
    rows = list(takewhile(lambda row: len(row) == width, read.values()))
    sure = len(read) < len(run) or all(_BAR.match(lines[i].text) for i in run)
    if width < 2 or len(rows) < 2 or len(rows) < len(read) or not sure:
        return None
    headed = any(_is_rule(lines[i]) for i in run[1:-1])
    body = tuple(rows[headed:])
    return FlatTable(
        lines=tuple(run),
        caption=(),
        number=None,
        header=rows[0] if headed else None,
        rows=body,
        origin="drawn",
        head=int(headed),
        groups=grouped(body, key),
    )


def _row(line: Line) -> Row:
    """The text between the bars; one at either end of the line is its frame."""
    bars = [match.start() for match in _BAR.finditer(line.text)]
    edges = [
        *([-1] if bars[:1] != [0] else []),
        *bars,
        *([len(line.text)] if bars[-1:] != [len(line.text) - 1] else []),
    ]
    return tuple(_cell(line, a + 1, b) for a, b in pairwise(edges))


def _cell(line: Line, start: int, end: int) -> FlatCell:
    text = line.text[start:end]
    at = line.span.start + start + len(text) - len(text.lstrip())
    return FlatCell((Span(at, at + len(text.strip())),)) if text.strip() else EMPTY
