"""Which language a text is in, by the characters that only one script writes (lexicon/language_marks.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from tongwen.lexicon import rows
from tongwen.model import Block, Language

_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|for|is)\b", re.IGNORECASE)
_HANS, _HANT, _HANZI, _LATIN, _OTHER = "sthl."
_PER_LETTER = 4  # a hanzi says about as much as four letters
_SENTENCE = 12  # letters: fewer are a name or an abbreviation inside a text in another language
_CONTRARY = 3  # marks: one or two are a slip or a name, and do not turn a block against its document


class _Classes(dict[int, str]):
    """Code point to class, as ``str.translate`` asks for it."""

    def __missing__(self, code: int) -> str:
        hanzi = 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF or 0xF900 <= code <= 0xFAFF
        self[code] = kind = _HANZI if hanzi else _LATIN if code < 0x250 and chr(code).isalpha() else _OTHER
        return kind


class Evidence(NamedTuple):
    hans: int
    hant: int
    hanzi: int
    letters: int


@cache
def _classes() -> _Classes:
    kinds = {"zh-Hans": _HANS, "zh-Hant": _HANT}
    return _Classes({ord(hanzi): kinds[script] for script, hanzi, _ in rows("language_marks.tsv")})


def _weigh(classes: str, start: int, end: int) -> Evidence:
    hans, hant = classes.count(_HANS, start, end), classes.count(_HANT, start, end)
    return Evidence(hans, hant, hans + hant + classes.count(_HANZI, start, end), classes.count(_LATIN, start, end))


def _whole(text: str, classes: str) -> Language:
    """The language of a whole text: ``und`` without evidence (no text, or characters that both scripts write)."""
    found = _weigh(classes, 0, len(classes))
    if found.letters > _PER_LETTER * found.hanzi:
        return "en" if _ENGLISH.search(text) else "und"
    return "zh-Hans" if found.hans > found.hant else "zh-Hant" if found.hant > found.hans else "und"


def mark(text: str, blocks: Iterable[Block], known: Language | None = None) -> tuple[Language, tuple[Block, ...]]:
    """The document's language (``known``, where the manifest says it), and the blocks with theirs."""
    classes = text.translate(_classes())
    whole = known or _whole(text, classes)
    return whole, tuple(
        replace(block, language=_part(_weigh(classes, block.span.start, block.span.end), whole)) for block in blocks
    )


def _part(found: Evidence, whole: Language) -> Language:
    """A block's language: its document's, unless the evidence for another is clear."""
    if found.letters > _PER_LETTER * found.hanzi:
        return "en" if found.letters >= _SENTENCE else whole
    if found.hans >= _CONTRARY * max(found.hant, 1):
        return "zh-Hans"
    if found.hant >= _CONTRARY * max(found.hans, 1):
        return "zh-Hant"
    return _of_few(found) if whole in ("en", "und") else whole


def _of_few(found: Evidence) -> Language:
    return "zh-Hans" if found.hans > found.hant else "zh-Hant" if found.hant > found.hans else "und"
