"""What the data categories of TBX and their values mean here, by ``lexicon/tbx_values.tsv``."""

from __future__ import annotations

from functools import cache

from tongwen.lexicon import rows

# The editions call the three levels otherwise; all else that is written here is the same in both.
ENTRIES = ("conceptEntry", "termEntry")
LANGUAGES = ("langSec", "langSet")
TERMS = ("termSec", "tig", "ntig")


@cache
def _ours() -> dict[tuple[str, str], str]:
    return {(category, value.casefold()): ours for category, value, ours, *_ in rows("tbx_values.tsv")}


@cache
def _theirs() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for category, value, ours, *_ in rows("tbx_values.tsv"):
        found.setdefault((category, ours), value)
    return found


def ours(category: str, value: str) -> str | None:
    return _ours().get((category, value.casefold()))


def theirs(category: str, value: str) -> str:
    """The value to write."""
    return _theirs()[category, value]
