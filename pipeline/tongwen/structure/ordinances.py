"""Ordinances as Hong Kong prints them: ``1. 簡稱`` heads what is cited as 第1條.

So does many a list in a report: the numbers are believed only where the document's title says that it is an ordinance,
and where they head texts and count up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tongwen.labels import ArticleLabel, article_label, division_label, labels
from tongwen.lexicon import rows
from tongwen.structure.headings import Candidate
from tongwen.structure.lines import Line, ends_sentence, leads

_NUMBER = re.compile(r"(?P<n>[0-9]{1,3})(?P<letters>[a-z]{0,2})\.(?![0-9])\s*")

FEW = 3
"""Sections that an ordinance has at least."""

LONGEST = 60
"""Code points of a title; in Latin letters twice as many."""


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(pattern for pattern, _reason in rows("ordinances.tsv")), re.IGNORECASE)


def ordinance(title: str) -> bool:
    """Whether a title is that of an ordinance, in either script or in English."""
    return _titles().search(title) is not None


def sections(lines: Sequence[Line], title: str) -> list[Candidate]:
    """The lines that may head sections: a number and a short title, before the first schedule."""
    found: list[Candidate] = []
    for i, line in enumerate(lines) if ordinance(title) else ():
        if found and _schedule(line):
            break
        label = _section(line) or _repealed(line)
        if label is not None and i + 1 < len(lines):
            found.append(Candidate(i, 0, label, 1.0))
    return found if len(found) >= FEW else []


def _schedule(line: Line) -> bool:
    label = division_label(line.key)
    return label is not None and label.kind == "annex" and label.length == len(line.key)


def _repealed(line: Line) -> ArticleLabel | None:
    """第4條 (由1994年第62號廢除): all that is left of a section."""
    label = article_label(line.key)
    return label if label and line.key[label.length :].lstrip()[:1] in ("", "(") else None


def _section(line: Line) -> ArticleLabel | None:
    match = _NUMBER.match(line.key)
    if match is None or line.kind == "item":
        return None
    said, letters = line.key[match.end() :], match["letters"]
    capital = line.text[match.start("letters") : match.end("letters")].isupper() or not letters
    most = LONGEST * (2 if said.isascii() else 1)
    if not capital or not said or len(said) > most or leads(line.key) or said[-1] in ",、" or ends_sentence(said):
        return None
    if labels(said):
        return None
    subs = (ord(letter) - ord("a") + 1 for letter in letters)
    return ArticleLabel((int(match["n"]), *subs), match.end("letters") + 1)
