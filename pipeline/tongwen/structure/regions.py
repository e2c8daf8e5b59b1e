"""What stands outside the articles: page labels, the preamble, the closing formula, the list of attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tongwen.labels import article_label, division_label, labels
from tongwen.lexicon import rows
from tongwen.structure.lines import Line, leads, squeezed

_UNSIGNED = re.compile(r"[=,、)）]|^[(（\d]?[一二三四五六七八九十0-9]{1,3}[)、.]")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((region, re.compile(pattern)) for region, pattern, _reason in rows("regions.tsv"))


def region(line: Line) -> str | None:
    """``nav``, ``closing``, ``annexed``, ``note`` or ``enacting`` where a line is one of regions.tsv, else None."""
    return next((name for name, pattern in _patterns() if pattern.match(line.key)), None)


def is_label(key: str) -> bool:
    """Whether a line is the label of a web page above its text: 公约内容."""
    return any(name == "nav" and pattern.match(key) for name, pattern in _patterns())


@cache
def _treaty_titles() -> re.Pattern[str]:
    return re.compile("|".join(pattern for pattern, _reason in rows("treaties.tsv")), re.IGNORECASE)


def treaty_title(text: str) -> bool:
    """Whether a title is that of a treaty, in either script: …公約, …議定書, Convention on …"""
    return _treaty_titles().search(text) is not None


@cache
def _contents_titles() -> frozenset[str]:
    return frozenset(word for word, _reason in rows("contents_titles.tsv"))


def contents(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines of a table of contents: those that lead to a page, and those under 目录 that name articles
    and divisions, with what stands between them."""
    out = {i for i, line in enumerate(lines) if leads(line.key)}
    begins = next((i for i, line in enumerate(lines) if squeezed(line.key) in _contents_titles()), None)
    if begins is None:
        return out
    last = begins
    for i in range(begins + 1, len(lines)):
        key = lines[i].key
        if i in out or ((article_label(key) or division_label(key)) and not lines[i].ends_sentence):
            last = i
        elif i - last > BETWEEN:
            break
    return out | (set(range(begins, last + 1)) if last > begins else set())


BETWEEN = 2
"""Lines of a table of contents in a row that are neither: 序言, 页次."""

SIGNATURE = 25
"""Characters: the lines of a signature are short and have no full stop."""


def _signed(lines: Sequence[Line], start: int, end: int) -> int:
    """Index of the first of the short lines in which the text ends: an office and a name, a date, a place."""
    at = end
    while at > start and _may_sign(lines[at - 1]):
        at -= 1
    return at if at > start and lines[at - 1].key[-1] in "。." else end


def _may_sign(line: Line) -> bool:
    return len(line.key) <= SIGNATURE and not line.ends_sentence and not line.drawn and not _UNSIGNED.search(line.key)


def closing(lines: Sequence[Line], start: int, end: int) -> int:
    """Index of the first line in ``[start, end)`` that closes the text after its last article; ``end`` if none does.

    What stands right below the article's heading is its text, whatever it says, and so is what has a number.
    """
    end, said = _signed(lines, start, end), False
    for i in range(start, end):
        name = region(lines[i])
        said = said or lines[i - 1].ends_sentence
        if labels(lines[i].key) and name == "closing":
            continue
        if (said and name in ("closing", "annexed")) or (name == "note" and lines[i - 1].key[-1] == "。"):
            return i
    return end
