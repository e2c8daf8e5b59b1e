"""What the text of a link and the name of its target say of notes: note_links.tsv."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows

_LONGEST = 40  # characters: a longer text is neither a marker nor a way back


def leads_back(printed: str) -> bool:
    """Whether a link says that it leads from a note back to the text."""
    text = printed.strip()
    return len(text) < _LONGEST and bool(_pattern("back").fullmatch(text))


def marker_in(printed: str) -> str:
    """The number or sign that a link prints, "" where it is no note's marker."""
    text = printed.strip()
    match = _pattern("marker").fullmatch(text) if len(text) < _LONGEST else None
    return next((group for group in match.groups() if group), "") if match else ""


def names_note(anchor: str) -> bool:
    """Whether a place is named as notes are."""
    return bool(_pattern("target").fullmatch(anchor))


@cache
def _pattern(use: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{pattern})" for listed, pattern, _ in rows("note_links.tsv") if listed == use), re.I
    )
