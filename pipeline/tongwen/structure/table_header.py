"""Which rows of a grid name its columns, where mark-up does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from tongwen.model import Cell
from tongwen.structure.flat.words import is_value

Row = Sequence[Cell]

LONGEST = 40
"""Characters of a label."""

SHORT, SHORTER = 0.6, 0.3
"""A label is short beside the texts that it names: below so much of their length, half a proof is had, or a whole."""

ENOUGH, AGAINST = 1.0, -1.0

_YEAR = re.compile(r"(?:19|20)\d\d ?(?:年|年度)?(?:[-–—至](?:(?:19|20)?\d\d) ?(?:年|年度)?)?|[12]\d\d年")
_SENTENCE = re.compile(r"[。！？;；]")


def header_rows(grid: Sequence[Row]) -> int:
    """How many rows at the top are the header: 0 where the first row is like those below it."""
    depth = _depth(grid)
    body = [row for row in grid[depth:] if not _is_same(row)]
    if not depth or not body or not _may_be([cell.text.strip() for cell in grid[depth - 1]]):
        return 0
    labels = [cell.text.strip() for cell in grid[depth - 1]]
    proofs = [_proof(label, [row[column].text.strip() for row in body]) for column, label in enumerate(labels)]
    return depth if min(proofs) > AGAINST and sum(proofs) >= ENOUGH else 0


def _depth(grid: Sequence[Row]) -> int:
    """One row, and as many more as merged cells of it reach down to, or divide below a cell that is merged across."""
    if len(grid) < 2 or len(grid[0]) < 2 or _is_same(grid[0]):
        return 0
    depth = 1
    while depth < len(grid) - 1 and _goes_on(grid[depth - 1], grid[depth]):
        depth += 1
    return depth


def _is_same(row: Row) -> bool:
    """Whether one text fills the row."""
    return len({cell.text for cell in row}) < 2


def has_figures(row: Row) -> bool:
    """Whether most of a row behind its first cell are figures: then it is none of a header, whatever marks it."""
    return 2 * sum(_is_figure(cell.text.strip()) for cell in row[1:]) > len(row) - 1


def _goes_on(above: Row, row: Row) -> bool:
    merged = [c for c in range(1, len(above)) if above[c].span is None and above[c].text == above[c - 1].text]
    divided = {c for column in merged for c in (column - 1, column)}
    return bool(divided) and not any(_is_figure(row[c].text.strip()) for c in divided)


def _may_be(labels: Sequence[str]) -> bool:
    """Whether a row is one of labels: short, no sentences, and none lacks but the first."""
    return all(labels[1:]) and all(len(label) <= LONGEST and not _SENTENCE.search(label) for label in labels)


def _proof(label: str, texts: Sequence[str]) -> float:
    """What a column says for its first cell being a label, from ``AGAINST`` to 1: most of all a word over figures."""
    texts = [text for text in texts if text]
    if not texts or not label:
        return 0.5 if texts else 0.0
    figures = 2 * sum(map(_is_figure, texts)) > len(texts)
    if _is_figure(label):
        return AGAINST
    if figures or 2 * sum(label in text for text in texts) > len(texts):
        return 1.0
    share = len(label) / median(map(len, texts))
    if share > 1:
        return -0.5 if len(label) > 2 * max(map(len, texts)) else 0.0
    return 1.0 if share < SHORTER else 0.5 if share < SHORT else 0.0


def _is_figure(text: str) -> bool:
    return is_value(text) and not _YEAR.fullmatch(text)
