"""The lines that name a table, and the notes that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tongwen.lexicon import rows
from tongwen.structure.captions import caption_length, is_caption, read_caption
from tongwen.structure.lines import Line


@dataclass(frozen=True, slots=True)
class Name:
    """``number`` of the table; ``again``: it is named a second time, after a page break; ``bare``: without a title."""

    number: str
    again: bool
    bare: bool = False


def named(line: Line) -> Name | None:
    """The table that a line names, None where it is no caption: 表 4 …, Table A1. …, 续表 2; but not 表4给出…."""
    before = _pattern("before").match(line.key)
    start = before.end() if before else 0
    text = line.text[start:]
    end = start + caption_length(text)
    if not is_caption(text) or _mention(line.key[end:]):
        return None
    behind = _pattern("behind").search(line.key)
    number = read_caption(text).number
    return Name(number, bool(before or behind), end == len(line.key)) if number else None


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for r, p, _reason in rows("table_mentions.tsv") if r == role))


def _mention(rest: str) -> bool:
    """Whether a sentence goes on from the number: a Chinese title stands off, an English one begins with no verb."""
    return bool(_pattern("mention").match(rest.lstrip() if rest.lstrip()[:1].isascii() else rest))


TITLE = 40
"""Characters of the longest title without a number."""


def titled(line: Line, *, alone: bool) -> bool:
    """Whether a line right above a frame is its title: no sentence, and ``alone`` it must say that it names a table."""
    plain = line.kind == "line" and not line.drawn and len(line.key) <= TITLE and line.key[-1] not in ":,;。."
    return plain and (not alone or bool(_pattern("title").search(line.key)))
