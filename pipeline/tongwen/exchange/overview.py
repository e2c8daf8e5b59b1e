"""A glossary on one sheet for reading: a row for each concept, a column for each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tongwen.concept import Concept, Term, languages

FIRST = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "en")
"""The order of the columns; other languages follow by the alphabet."""


def columns(concepts: Iterable[Concept]) -> list[str]:
    """The languages that some term has."""
    found = languages(concepts)
    return [*(tag for tag in FIRST if tag in found), *(tag for tag in found if tag not in FIRST)]


def overview(concepts: Sequence[Concept]) -> list[list[str]]:
    """The header and the rows: terms of a language on lines of their own, best first, without deprecated ones."""
    tags = columns(concepts)
    rows = [[c.id, c.subject, *(_terms(c, tag) for tag in tags), _definition(c, tags)] for c in concepts]
    return [["concept", "subject", *tags, "definition"], *rows]


def _terms(c: Concept, tag: str) -> str:
    return "\n".join(t.text for t in c.in_language(tag) if t.language == tag and _shown(t))


def _shown(t: Term) -> bool:
    return t.status != "deprecated"


def _definition(c: Concept, tags: Sequence[str]) -> str:
    """In the first language that has one."""
    return next((said.text for tag in tags for said in c.definitions if said.language == tag), "")
