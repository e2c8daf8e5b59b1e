"""How common a string is in other texts: what is common everywhere names nothing in particular."""

from __future__ import annotations

from functools import cache
from typing import Literal

from tongwen.lexicon import rows

Background = Literal["legal", "prose"]
"""Of 1,000 statutes, how many have it; how often the general language has it in a million words."""


def common(string: str, background: Background) -> float:
    """0 for what the table does not have."""
    return _table(background).get(string, 0.0)


@cache
def _table(background: Background) -> dict[str, float]:
    shares = (
        (float(share), strings) for name, share, strings in rows("candidate_background.tsv") if name == background
    )
    return {string: share for share, strings in shares for string in strings.split(" ")}
