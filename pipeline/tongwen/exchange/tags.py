"""Language tags as this project writes them, whatever another tool wrote."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows

_SCRIPT = 4  # letters of a script's subtag; a region has two
_REGION = re.compile(r"-([A-Z]{2}|[0-9]{3})(?=-|$)")


@cache
def _known() -> dict[str, str]:
    return {foreign.casefold(): ours for foreign, ours, *_ in rows("language_tags.tsv")}


def tag(written: str) -> str:
    """In the case that BCP 47 recommends, and with the script that a region implies: ``zh_tw`` is ``zh-Hant-TW``."""
    plain = written.strip().replace("_", "-")
    return _known().get(plain.casefold()) or "-".join(_cased(i, part) for i, part in enumerate(plain.split("-")))


def _cased(position: int, part: str) -> str:
    if position and len(part) == _SCRIPT and part.isalpha():
        return part.capitalize()
    return part.upper() if position and len(part) == 2 else part.lower()


def region(language: str) -> str:
    """``TW`` of ``zh-Hant-TW``; empty where the tag names none."""
    found = _REGION.search(language)
    return found[1] if found else ""
