"""The drafting styles of definitions and of abbreviations, from the tables."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows


def style(*roles: str) -> re.Pattern[str]:
    """Any pattern of the roles of a definition, in the table's order."""
    return _pattern("definition_styles.tsv", roles)


def abbreviation_style(*roles: str) -> re.Pattern[str]:
    """Any pattern of the roles of an abbreviation, in the table's order."""
    return _pattern("abbreviation_styles.tsv", roles)


@cache
def _pattern(table: str, roles: tuple[str, ...]) -> re.Pattern[str]:
    found = (pattern for role, pattern, _reason in rows(table) if role in roles)
    return re.compile("|".join(f"(?:{pattern})" for pattern in found), re.M)  # a run is a line: see ``Runs``
