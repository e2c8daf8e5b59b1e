"""Front and back matter: imprint, signature, contact, contents, by the table matter.tsv."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows

SHORT = 200
"""Characters: what says that it is an imprint or a contact is no longer."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((part, re.compile(pattern)) for part, pattern, _reason in rows("matter.tsv"))


def part_of(body: str) -> str:
    """``imprint``, ``contact``, ``contents``, ``signature``, or ``body`` for all else."""
    if len(body) > SHORT:
        return "body"
    return next((part for part, pattern in _patterns() if pattern.match(body)), "body")
