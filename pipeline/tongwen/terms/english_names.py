"""Where the long form begins of an English short one: X (hereinafter referred to as "Y"), X (the "Y"), X (ABBR).

An acronym is made of the initials of its long form (after Schwartz and Hearst, "A Simple Algorithm for Identifying
Abbreviation Definitions", PSB 2003; here of initials alone, which is surer). Another long form begins where its
capitals do, or behind an article; where neither tells, it is a guess. No word is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tongwen.terms.running import Place, Running
from tongwen.terms.styles import abbreviation_style

LONGEST = 200
"""Characters before a bracket that are looked at."""

WORDS = 8
"""Words of a long form that is told by an article alone."""

_WORD = re.compile(r"[^\s\"()]+")
_BORDER = re.compile(
    r"[;:!?。\"]|(?<!\bco)(?<!\bltd)(?<!\binc)(?<!\bcorp)[.,](?=\s)(?!\s*(?:ltd|inc|co|corp)\b)|(?<!\(s)\)|\((?!s\))"
)
_LETTERS = re.compile(r"[a-z]+(?:[a-z&/-]*[a-z])?")
_ACRONYM = re.compile(r"(?:the )?([A-Z][A-Za-z&/-]{0,10}[A-Z])s?")


def is_english(run: Running, end: int) -> bool:
    """Whether what ends there, before a bracket, is in Latin letters."""
    before = run.key[max(0, end - 3) : end].rstrip(" \"')")
    return bool(before) and before[-1].isascii() and before[-1].isalnum()


def long_form(run: Running, end: int, short: Place) -> tuple[int, int, bool] | None:
    """Where the long form before ``end`` begins and ends, and whether that is sure."""
    low, end = max(run.label, end - LONGEST), len(run.key[:end].rstrip())
    if run.key[end - 1] in "\"'" and (opened := run.key.rfind(run.key[end - 1], low, end - 1)) >= 0:
        return opened + 1, end - 1, True
    if low > run.label:
        low += len(run.key[low:end]) - len(run.key[low:end].partition(" ")[2])
    printed = run.printed[slice(*short)]
    acronym = _ACRONYM.fullmatch(printed)
    if acronym and (found := _initials(run, low, end, acronym[1])):
        return *found, True
    borders = [border.end() for border in _BORDER.finditer(run.key, low, end - 1)]
    words = [word.span() for word in _WORD.finditer(run.key, borders[-1] if borders else low, end)]
    if not words:
        return None
    start, told = _capitals(run, words) or _behind_article(run, words) or (words[0][0], False)
    if not run.key[start].isalnum() or run.key[end - 1] == ")":
        return start, end, False
    return start, end, told and _is_part(run.key[slice(*short)], run.key[start:end])


def acronym_of(run: Running, end: int, short: Place) -> Place | None:
    """The long form before ``end`` whose initials make the acronym ``short``."""
    found = _ACRONYM.fullmatch(run.printed[slice(*short)])
    low, end = max(run.label, end - LONGEST), len(run.key[:end].rstrip())
    return _initials(run, low, end, found[1]) if found else None


def _initials(run: Running, low: int, end: int, acronym: str) -> Place | None:
    """The last words before ``end``, or before a comma, of which an acronym holds all initials but small words'."""
    letters = re.sub("[^a-z]", "", acronym.lower())
    for stop in (end, *(at.start() for at in [*re.finditer(",", run.key[:end])][:-4:-1] if at.start() > low)):
        words = [(a + m.start(), a + m.end()) for a, b in _words(run.key, low, stop) for m in _parts(run.key[a:b])]
        for first in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 1), -1):
            small = abbreviation_style("joint").fullmatch(run.key, *words[first])
            if not small and _made_of([run.key[a:b] for a, b in words[first:]], letters):
                start = words[first][0]
                return None if run.key[start - 1 : start] == "-" else (start, stop)
    return None


def _words(key: str, low: int, end: int) -> Sequence[Place]:
    return [word.span() for word in _WORD.finditer(key, low, end)]


def _parts(word: str) -> Sequence[re.Match[str]]:
    return [*re.finditer(r"[a-z']+", word)]


def _made_of(words: Sequence[str], letters: str) -> bool:
    """Whether the letters are the words' initials, in order; small words may give none."""
    if not letters:
        return not words
    if not words or not words[0]:
        return False
    small = bool(abbreviation_style("joint").fullmatch(words[0])) and len(words) > 1
    taken = words[0][0] == letters[0] and _made_of(words[1:], letters[1:])
    return taken or (small and _made_of(words[1:], letters) and words[0][0] != letters[0])


def _capitals(run: Running, words: Sequence[Place]) -> tuple[int, bool] | None:
    """Back over words with capitals and the small words that join them, not over the number of an article."""
    printed, joint = run.printed, abbreviation_style("joint")
    first = len(words)
    for i in range(len(words) - 1, -1, -1):
        start, end = words[i]
        if printed[start].isupper() or (first < len(words) and run.key[start:end].isdigit()):
            first = i
        elif not (joint.fullmatch(run.key, start, end) or (i == len(words) - 1 and run.key[start:end].isdigit())):
            break
    if first == len(words):
        return None
    start, end = words[first][0], words[-1][1]
    name = run.key[start:end]
    leads = [start + m.end() for m in abbreviation_style("begins").finditer(name) if m.end() < len(name)]
    start = leads[-1] if leads else start
    return start, " and the " not in run.key[start:end]


def _behind_article(run: Running, words: Sequence[Place]) -> tuple[int, bool] | None:
    """Behind the last article, where no verb or preposition stands behind it."""
    article, breaks = abbreviation_style("article"), abbreviation_style("breaks")
    for (start, end), after in reversed([*pairwise(words)]):
        if article.fullmatch(run.key, start, end):
            rest = [word for word in words if word[0] >= after[0]]
            told = len(rest) <= WORDS and not any(breaks.fullmatch(run.key, *word) for word in rest)
            return after[0], told
    return None


def _is_part(short: str, long: str) -> bool:
    """Whether all words of the short form stand in the long one."""
    words = [word for word in _LETTERS.findall(short) if not abbreviation_style("article").fullmatch(word)]
    return all(any(have.startswith(word.rstrip("s")) for have in _LETTERS.findall(long)) for word in words)
