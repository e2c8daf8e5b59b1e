"""Acronyms: names in capitals whose key may be a word. WHO is no who, and ART no art."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from tongwen.search import grams

LETTERS = 2  # at least: what has one capital letter is written in capitals by chance


def is_acronym(text: str) -> bool:
    """Whether a name is written in capital Latin letters alone, of either width."""
    written = normalize("NFKC", text)
    return written.isascii() and written.isupper() and sum(map(str.isalpha, written)) >= LETTERS


def capitals(text: str) -> tuple[str, ...]:
    """The words in it that are written in capitals: of ``HIV/AIDS 2030`` two."""
    words = grams.tokens(normalize("NFKC", text))
    return tuple(dict.fromkeys(word for word in words if word.isascii() and word.isalpha() and word.isupper()))


def in_capitals(words: Sequence[str], spelling: str) -> bool:
    """Whether all ``words`` stand in capitals where they are known to stand."""
    written = normalize("NFKC", spelling)
    return all(word in written for word in words)
