"""Ids, and language tags as this project writes them, whatever another tool wrote."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows

ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,99}")
"""What the id of a concept looks like."""

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as its shape goes
_SCRIPT = 4  # letters of a script's subtag; a region has two
_REGION = re.compile(r"-([A-Z]{2}|[0-9]{3})(?=-|$)")


@cache
def _known() -> dict[str, str]:
    return {foreign.casefold(): ours for foreign, ours, *_ in rows("language_tags.tsv")}


def tag(written: str) -> str:
    """In the case that BCP 47 recommends, and with the script that a region implies: ``zh_tw`` is ``zh-Hant-TW``."""
    plain = written.strip().replace("_", "-")
    return _known().get(plain.casefold()) or "-".join(_cased(i, part) for i, part in enumerate(plain.split("-")))


def tag_of(written: str) -> str | None:
    """The same; None where it has not the shape of a tag."""
    found = tag(written)
    return found if TAG.fullmatch(found) else None


def _cased(position: int, part: str) -> str:
    if position and len(part) == _SCRIPT and part.isalpha():
        return part.capitalize()
    return part.upper() if position and len(part) == 2 else part.lower()


def region(language: str) -> str:
    """``TW`` of ``zh-Hant-TW``; empty where the tag names none."""
    found = _REGION.search(language)
    return found[1] if found else ""
