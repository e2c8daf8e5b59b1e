"""A printed line as pieces that no border between two cells can cut, with how much speaks for a border before each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tongwen.lexicon import rows
from tongwen.structure.lines import Line, columns

STRONG, WEAK, FAINT = 3, 2, 1
"""Borders: two columns of blanks or a tab; a blank where running text has none; a blank that words may have too."""

_WORD = re.compile(r"\S+")
_DIGITS = r"\d(?:[\d,.]*\d)?"
_FIGURE = rf"[+-]?[$¥€£]?{_DIGITS}(?:[-–—~/:]{_DIGITS})*"
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[-/](?:1[89]|20)?\d\d)?(?: ?年)?")
_MARK = re.compile(r"[*†‡§]{1,3}$")


@dataclass(frozen=True, slots=True)
class Word:
    """``start``, ``end`` in the line's key; ``at``: its first column; ``border``: what parts it from the one before."""

    start: int
    end: int
    at: int
    border: int
    key: str
    value: bool


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for r, p, _reason in rows("table_values.tsv") if r == role))


@cache
def _value() -> re.Pattern[str]:
    """A number with sign, unit and remark, or another sign of table_values.tsv."""
    unit, before = _pattern("unit").pattern, _pattern("before").pattern
    figure = rf"(?:{before})?\s*{_FIGURE}(?:\s*(?:{unit})(?:{_FIGURE})?){{0,3}}"
    pair = rf"{figure}(?:\s*(?:{_pattern('link').pattern})\s*{figure})?"
    return re.compile(rf"\(?(?:{pair})\)?(?:\s*\([^()]*\))?\*{{0,3}}|\(?(?:{_pattern('value').pattern})\)?")


def is_value(key: str) -> bool:
    return bool(_value().fullmatch(_MARK.sub("", key.strip())))


def is_year(key: str) -> bool:
    """Whether a value may name a column instead: 2014年."""
    return bool(_YEAR.fullmatch(key.strip()))


def words(line: Line) -> list[Word]:
    """The pieces of a line: ranges, numbers with their units, remarks in brackets and Latin words stay together."""
    out: list[Word] = []
    for word in _printed(line):
        before = out[-1] if out else None
        if before and word.border < STRONG and _together(before, word, line.key):
            text = line.key[before.start : word.end]
            out[-1] = replace(before, end=word.end, key=text, value=is_value(text))
        else:
            out.append(word)
    return [replace(w, border=_border(out[i - 1], w)) if i else w for i, w in enumerate(out)]


def _printed(line: Line) -> Iterator[Word]:
    end, at = 0, line.indent
    for match in _WORD.finditer(line.key):
        blank = line.text[end : match.start()]
        at += columns(blank)
        wide = columns(blank) > 1 or "\t" in blank
        yield Word(match.start(), match.end(), at, STRONG if wide and end else WEAK, match[0], is_value(match[0]))
        at += columns(line.text[match.start() : match.end()])
        end = match.end()


def _together(before: Word, word: Word, key: str) -> bool:
    joined = key[before.start : word.end]
    if before.key.count("(") > before.key.count(")"):
        return True
    if _pattern("before").fullmatch(before.key) and word.value:
        return True
    if word.key.startswith("(") and not (word.value and before.value and before.key.count("(")):
        return True
    number = before.value and any(map(str.isdigit, before.key))
    linked = _pattern("link").fullmatch(word.key) and number and _goes_on(key, word.end)
    if linked or re.search(rf"\s(?:{_pattern('link').pattern})$", before.key):
        return bool(linked or word.value)
    if _pattern("unit").fullmatch(word.key) and before.value and before.key[-1].isdigit():
        return is_value(joined)
    return _latin(before.key[-1]) and _latin(word.key[0]) and not (before.value or word.value)


def _goes_on(key: str, end: int) -> bool:
    """Whether a number follows: ``10,000 – 20,000`` is one value, ``12 –`` are two."""
    after = _WORD.search(key, end)
    return bool(after and after[0][0].isdigit())


def _latin(char: str) -> bool:
    return (char.isascii() and not char.isdigit()) or "\u00c0" <= char <= "\u024f"


def _border(before: Word, word: Word) -> int:
    if word.border == STRONG:
        return STRONG
    if before.value or word.value:
        return WEAK if word.value or not _latin(word.key[0]) else FAINT
    latin = before.key[-1].isascii() or word.key[0].isascii()
    return FAINT if latin and before.key[-1] not in ")%" else WEAK
