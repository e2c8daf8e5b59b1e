"""What stands around a table: its caption, before or after it, and the notes below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from tongwen.lexicon import rows
from tongwen.numerals import CHINESE, chinese
from tongwen.structure.naming import unspaced

LONGEST = 80
"""Characters of a paragraph that can be a caption without mark-up that says so."""

_LATIN_NUMBER = r"(?:[A-Z][.．]?)?[0-9０-９]{1,3}(?:[.．-][0-9０-９]{1,3})*[a-z]?"
_MENTION = re.compile(r"[,，;；、]|.*[。！？!?]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Caption:
    """``表 4 持有数量`` → label ``表4``, number ``4``, title ``持有数量``; without a number all of it is the title."""

    label: str
    number: str | None
    title: str | None


def read_caption(text: str) -> Caption:
    """A caption that is known to be one. Numbers in Chinese become Arabic: 表一 is table 1."""
    found = _label("caption").match(text.strip())
    if found is None:
        return Caption("", None, text.strip() or None)
    title = found["title"].strip()
    return Caption(unspaced(found["label"]), _number(found["number"]), title or None)


def is_caption(text: str) -> bool:
    """Whether a paragraph beside a table is its caption: it begins with a table's number and is no sentence."""
    found = _label("caption").match(text.strip())
    if found is None or len(text) > LONGEST or _MENTION.match(found["title"]):
        return False
    return found["number"][0] not in CHINESE or bool(found["gap"]) or not found["title"]


def caption_length(text: str) -> int:
    """The characters that the word and the number of a caption take, 0 where a line begins with none."""
    found = _label("caption").match(text)
    return found.end("label") if found else 0


def is_of_figure(text: str) -> bool:
    """Whether a caption names a figure."""
    return _label("figure").match(text.strip()) is not None


def is_note(text: str) -> bool:
    """Whether a paragraph right below a table belongs to it."""
    return _matching("note").match(text.strip()) is not None


def is_unit(text: str) -> bool:
    """Whether a line says in what a table's figures are counted, and nothing else."""
    return _matching("unit").fullmatch(text.strip()) is not None


def _number(printed: str) -> str:
    number = chinese(printed)
    return str(number) if number is not None else normalize("NFKC", printed)


@cache
def _label(kind: str) -> re.Pattern[str]:
    words = sorted((word for role, word, _ in rows("table_words.tsv") if role == kind), key=len, reverse=True)
    named = "|".join(map(re.escape, words))
    number = rf"{_LATIN_NUMBER}|[{CHINESE}]{{1,3}}"
    pattern = rf"(?P<label>(?:{named})\s*(?P<number>{number}))(?![0-9％%])(?P<gap>[.。:：．]?\s*)(?P<title>.*)"
    return re.compile(pattern, re.DOTALL | re.IGNORECASE)


@cache
def _matching(role: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for r, pattern, _ in rows("table_words.tsv") if r == role))
