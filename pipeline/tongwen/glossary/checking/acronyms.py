"""Acronyms in Latin letters as they stand in a text: where, and where the text says what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tongwen.glossary.checking.findings import Run
from tongwen.glossary.naming import capitals, name_key
from tongwen.lexicon import rows

_WORD = re.compile(r"(?<![A-Za-z0-9@._&-])[A-Z][A-Za-z]*(?:&[A-Z]+)?(?![A-Za-z0-9@&$＄]|-[0-9]|\.[A-Za-z])")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[!-~]+@[!-~]+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_SHOUTED = re.compile(r"[A-Z]{2,}(?:[ ,]+[A-Z]{2,})+")  # words in capitals side by side: a heading, or stress
_OPEN, _CLOSE = "(（[［", ")）]］"
_SAYS = re.compile(r"[(（](?=[^()（）]{4})[^()（）0-9]+[)）]")  # what may follow an acronym and say what it means


_BEFORE = 40  # characters in which they stand


class Acronym(NamedTuple):
    """``key`` is without the ending of a plural; ``introduced``: its meaning stands beside it."""

    run: int
    start: int
    end: int
    key: str
    printed: str
    introduced: bool


def acronyms(runs: Sequence[Run]) -> Iterator[Acronym]:
    """All that have two capitals or more, but for figures and the like, and texts printed in capitals."""
    for number, run in enumerate(runs):
        text = _without(run.printed)
        for found in _WORD.finditer(text):
            printed = found[0]
            bare = printed[:-1] if printed.endswith("s") and printed[:-1].isupper() else printed
            if capitals(bare) and not _ROMAN.fullmatch(bare):
                introduced = _introduced(run, found.start(), found.end())
                yield Acronym(number, found.start(), found.end(), name_key(bare), bare, introduced)


def _without(printed: str) -> str:
    """The text with blanks for what is in capitals for other reasons."""
    for pattern in (_ADDRESS, _SHOUTED):
        printed = pattern.sub(lambda found: " " * len(found[0]), printed)
    return printed


def _introduced(run: Run, start: int, end: int) -> bool:
    """X（ABBR）, X（English name，ABBR）, (hereinafter "ABBR"), ABBR（X）, X以下简称ABBR."""
    text = run.printed
    if _called().search(run.key[max(0, start - _BEFORE) : start]):
        return True
    before, after = text[:start].rstrip(' "“「'), text[end:].lstrip(' "”」')
    closed = after[:1] in _CLOSE and after != ""
    opened = max(before.rfind(mark) for mark in _OPEN)
    inside = before[opened + 1 :] if opened > max(before.rfind(mark) for mark in _CLOSE) else None
    if closed and inside is not None and opened > 0:
        return not re.search(r"[0-9]", inside)
    return bool(_SAYS.match(after))


@cache
def _called() -> re.Pattern[str]:
    """The words between a name and its short form, right before it."""
    forms = (pattern for role, pattern, _reason in rows("abbreviation_styles.tsv") if role == "short")
    return re.compile(rf"(?:{'|'.join(forms)})[\"' ]*$")


@cache
def known() -> frozenset[str]:
    """Those that every reader knows, by ``lexicon/known_acronyms.tsv``."""
    return frozenset(name_key(word) for word, _reason in rows("known_acronyms.tsv"))
