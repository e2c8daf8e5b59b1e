"""What a paragraph of the front or back matter says of itself, by the table matter.tsv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tongwen.lexicon import rows


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((part, re.compile(pattern)) for part, pattern, _reason in rows("matter.tsv"))


@lru_cache(maxsize=1 << 14)
def matter(body: str) -> str | None:
    """``imprint``, ``contact``, ``contents``, ``history`` or ``keywords`` where a paragraph says so itself."""
    return next((part for part, pattern in _patterns() if pattern.match(body)), None)
