"""What a heading of a report is, and how deep it stands."""

from __future__ import annotations

from dataclasses import dataclass

NOTES = 58
BARE = 90
BRACKETED = 93
BULLETED = 95
DECIMAL = 60
ENUMERATED = {
    "formal-dun": 66,
    "roman-dot": 66,
    "alpha-dot": 68,
    "cn-dun": 70,
    "cn-dot": 70,
    "cn-paren": 72,
    "ar-dot": 74,
    "ar-dun": 74,
    "ar-paren": 76,
}
"""Ranks of headings that mark-up does not announce, outermost first; division words have theirs in divisions.tsv."""


AMONG = {"alpha-paren": 78, "roman-paren": 80}
"""The same for styles that are headings between numbered paragraphs alone: elsewhere items bear them."""


@dataclass(frozen=True, slots=True)
class Title:
    """``lines``: how many lines it takes; ``mark``: length of the printed number in the first line's key;
    ``decimal``: the number is a path (2.3.1); ``number`` is None for a bare heading."""

    lines: int
    rank: int
    kind: str
    number: tuple[int, ...] | None
    mark: int
    decimal: bool = False
