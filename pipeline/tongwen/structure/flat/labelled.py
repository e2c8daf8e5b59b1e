"""Tables of a label and a long text: 德国 根据临界量，…, each row with its text wrapped at the full measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from tongwen.labels import article_label, division_label, labels
from tongwen.model import Span
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.sheet import Sheet
from tongwen.structure.flat.table import FlatCell, Row

LABEL = 16
"""Columns of the longest label that a running text may follow on its line."""

_NO_LABEL = re.compile(r"[\d,.;:。、!?“”\"'()•·●*-]")


def labelled(sheet: Sheet, edge: int, *, upwards: bool) -> Parsed | None:
    """The rows that end at line ``edge``, ``upwards``, or begin there: blocks that open with a label and a blank."""
    rows = sorted(takewhile(lambda block: _opens(sheet, block), _blocks(sheet, edge, upwards=upwards)))
    head = None if upwards or not rows else _headed(sheet, rows)
    body = rows[1:] if head else rows
    if len(body) < 2 or not _running(sheet, body):
        return None
    return Parsed(head, tuple(_row(sheet, block) for block in body), rows[0][0], rows[-1][-1] + 1)


def _blocks(sheet: Sheet, edge: int, *, upwards: bool) -> Iterator[list[int]]:
    """The blocks of lines from ``edge`` on, or back from it, one after the other."""
    block: list[int] = []
    lines = range(edge - 1, -1, -1) if upwards else range(edge, len(sheet))
    for i in takewhile(sheet.usable, lines):
        if not upwards and block and _begins(sheet, i):
            yield block
            block = []
        block = [i, *block] if upwards else [*block, i]
        if upwards and _begins(sheet, i):
            yield block
            block = []
    if block:
        yield block


def _begins(sheet: Sheet, i: int) -> bool:
    """Whether a row may begin with line ``i``: a blank line stands above it, or a sentence ends there."""
    return sheet.breaks(i) or (sheet.lines[i - 1].ends_sentence and _opens(sheet, [i]))


def _opens(sheet: Sheet, block: Sequence[int]) -> bool:
    """Whether a block begins with a label: short, without a mark, and no other line of it has such a blank."""
    first = sheet.words(block[0])
    line = sheet.lines[block[0]]
    label = line.key[: first[0].end]
    short = first[0].end < len(line.key) and len(first) > 1 and first[1].at <= LABEL + line.indent
    numbered = labels(line.key) or article_label(line.key) or division_label(line.key)
    value = len(first) == 2 and first[1].value
    return short and not _NO_LABEL.search(label) and not label.isascii() and not value and not numbered


def _running(sheet: Sheet, rows: Sequence[Sequence[int]]) -> bool:
    """Whether most texts are sentences, or wrapped."""
    long = sum(len(block) > 1 or sheet.lines[block[-1]].ends_sentence for block in rows)
    return 2 * long > len(rows)


def _headed(sheet: Sheet, rows: Sequence[Sequence[int]]) -> Row | None:
    """Two short labels on one line above the rows."""
    first = rows[0]
    plain = len(first) == 1 and len(sheet.words(first[0])) == 2 and sheet.narrow(first[0])
    return _row(sheet, first) if plain and not sheet.lines[first[0]].ends_sentence else None


def _row(sheet: Sheet, block: Sequence[int]) -> Row:
    line, words = sheet.lines[block[0]], sheet.words(block[0])
    at = line.span.start
    label = Span(at + words[0].start, at + words[0].end)
    rest = Span(at + words[1].start, line.span.end)
    return FlatCell((label,)), FlatCell((rest, *(sheet.lines[i].span for i in block[1:])))
