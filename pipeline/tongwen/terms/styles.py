"""The drafting styles of definitions and of abbreviations, from the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tongwen.lexicon import rows

_DEFINITIONS, _ABBREVIATIONS = "definition_styles.tsv", "abbreviation_styles.tsv"


@cache
def style(*roles: str) -> re.Pattern[str]:
    """Any pattern of the roles of a definition, in the table's order."""
    return _any(_patterns(_DEFINITIONS, *roles))


@cache
def abbreviation_style(*roles: str) -> re.Pattern[str]:
    """Any pattern of the roles of an abbreviation, in the table's order."""
    return _any(_patterns(_ABBREVIATIONS, *roles))


@cache
def signs() -> re.Pattern[str]:
    """Any of the signs without which a run says nothing that is looked for."""
    return _any([*_patterns(_DEFINITIONS, "leads", "sign", "deems", "extends"), *_patterns(_ABBREVIATIONS, "sign")])


def _patterns(table: str, *roles: str) -> Iterator[str]:
    return (pattern for role, pattern, _reason in rows(table) if role in roles)


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.M)  # a run is a line: see ``Runs``
