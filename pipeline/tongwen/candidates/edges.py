"""Where a candidate may begin and end: by words, as the segmentation cuts them, and the table of edges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tongwen.lexicon import rows

Role = Literal["break", "edge", "head", "tail", "number", "glue", "begin", "end", "whole"]

BORDER = ""
"""Stands for what no candidate reaches across: punctuation, figures, words that break, the end of a run."""

KNOWN = 1 << 16
"""Words whose roles are remembered; most come again and again."""

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇]")
WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇]+|[0-9.+-]*[a-z][a-z0-9.+-]*", re.ASCII)


class Ends(NamedTuple):
    """Whether a word may be the first or the last of a candidate, and whether it only joins others inside one."""

    first: bool
    last: bool
    joins: bool


def bordered(runs: Iterable[Sequence[str]]) -> list[str]:
    """The words of all runs in one list, a border before, between and behind them and for each word that breaks."""
    words = [BORDER]
    for run in runs:
        words += map(_inside, run)
        words.append(BORDER)
    return words


@lru_cache(KNOWN)
def ends(word: str) -> Ends:
    if word == BORDER:
        return Ends(False, False, False)
    joins, plain = word in words_of("edge"), word in words_of("whole")
    first = plain or not (joins or word in words_of("head") or word[0] in words_of("begin"))
    last = plain or not (joins or word in words_of("tail") or word[-1] in words_of("end"))
    return Ends(first, last, joins)


@lru_cache(KNOWN)
def _inside(word: str) -> str:
    """The word, or a border where it breaks."""
    return BORDER if _breaks(word) else word


def _breaks(word: str) -> bool:
    if not WORD.fullmatch(word) or word in words_of("break") or _number().fullmatch(word):
        return True
    return len(word) > 1 and word not in words_of("whole") and words_of("glue").issuperset(word)


@cache
def words_of(role: Role) -> frozenset[str]:
    return frozenset(word for found, words, _ in rows("candidate_edges.tsv") if found == role for word in words.split())


@cache
def _number() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in sorted(words_of("number"))))
