"""Which language a text is in, by the characters that only one script writes (lexicon/language_marks.tsv)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tongwen.lexicon import rows
from tongwen.model import Block, Language, Span

_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|for|is)\b", re.IGNORECASE)
_HANS, _HANT, _HANZI, _LATIN, _OTHER = "sthl."
_LETTERS = "".join(chr(code) for code in range(0x250) if chr(code).isalpha())
_LETTER = re.compile(f"[{_LETTERS}]")
_BEGINNING = 500  # characters: of most texts enough to know their language
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


def _weigh(text: str) -> Evidence:
    classes = text.translate(_classes())
    hans, hant = classes.count(_HANS), classes.count(_HANT)
    return Evidence(hans, hant, hans + hant + classes.count(_HANZI), classes.count(_LATIN))


def _whole(text: str, found: Evidence) -> Language:
    """The language of a whole text: ``und`` without evidence (no text, or characters that both scripts write)."""
    if found.letters > _PER_LETTER * found.hanzi:
        return "en" if _ENGLISH.search(text) else "und"
    return "zh-Hans" if found.hans > found.hant else "zh-Hant" if found.hant > found.hans else "und"


class _Strangers:
    """What a text in a language has little of: the other script's marks and letters; in English, hanzi.

    A block without any is in its document's language, and need not be weighed: that is most of them.
    """

    def __init__(self, text: str, language: Language) -> None:
        self._text, self._language = text, language
        self._runs = [] if language == "und" else [match.span() for match in _unlike(language).finditer(text)]
        self._ends = [end for _, end in self._runs]
        self._clear = language not in ("und", "en")

    def outweighed(self, found: Evidence) -> bool:
        """Whether what was ``found`` at the text's beginning outweighs them all: then the whole is in the language."""
        against = _weigh("".join([self._text[start:end] for start, end in self._runs]))
        if self._language == "en":
            return found.letters > _PER_LETTER * against.hanzi and bool(_ENGLISH.search(self._text))
        if self._language == "und":
            return False
        own, other = (found.hans, against.hant) if self._language == "zh-Hans" else (found.hant, against.hans)
        return own > other and against.letters <= _PER_LETTER * found.hanzi

    def marked(self, block: Block) -> Block:
        """The block with its language, where the text is in the language."""
        span = block.span
        at = bisect_right(self._ends, span.start)
        within = at < len(self._ends) and self._runs[at][0] < span.end
        language = self._language if self._clear and not within else self._weighed(span, within=within)
        if language == block.language:
            return block
        return Block(block.kind, span, block.level, language, block.grid, block.label, block.frame)

    def _weighed(self, span: Span, *, within: bool) -> Language:
        """The language of a block: whether strangers stand in it is known, but not all that tells."""
        if within or self._language == "und" or not _LETTER.search(self._text, span.start, span.end):
            return _part(_weigh(span.of(self._text)), self._language)
        return self._language


@cache
def _unlike(language: Language) -> re.Pattern[str]:
    if language == "en":
        return re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
    marks = (hanzi for script, hanzi, _ in rows("language_marks.tsv") if script != language)
    return re.compile(f"[{_LETTERS}{''.join(marks)}]+")


def mark(text: str, blocks: Iterable[Block], known: Language | None = None) -> tuple[Language, tuple[Block, ...]]:
    """The document's language (``known``, where the manifest says it), and the blocks with theirs."""
    beginning = _weigh(text[:_BEGINNING])
    whole = known or _whole(text[:_BEGINNING], beginning)
    strangers = _Strangers(text, whole)
    if not known and not strangers.outweighed(beginning) and (found := _whole(text, _weigh(text))) != whole:
        whole, strangers = found, _Strangers(text, found)
    return whole, tuple(map(strangers.marked, blocks))


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
