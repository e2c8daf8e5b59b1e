"""Text → words, as jieba finds them, on the key: so both scripts give the same words at the same places.

Law: the tokens tile the text. Added to jieba's dictionary are the words of drug policy and law
(``lexicon/words.tsv``) and the words that are spelt otherwise as keys (``lexicon/folded_words.tsv``).

``rjieba`` is the same algorithm and dictionary in Rust, without the second that jieba takes to start; the tests hold
it against jieba. They differ in runs of Latin letters and digits (``11-1`` is one word here, three in jieba) and of
ideographs outside the main block.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from tongwen import lexicon
from tongwen.model import Span, Text, Token

# Half of a pair, as a broken file may hold it, cannot be handed over in UTF-8; what stands in has the same length.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
STAND_IN = "\ufffd"


def segment(text: Text, words: tuple[str, ...] = ()) -> list[Token]:
    """The words of the key, with their spans. ``words``: more of them, as keys, such as a corpus brings along."""
    key = LONE_SURROGATE.sub(STAND_IN, text.key)
    return [Token(text.key[start:end], Span(start, end)) for _, start, end in _segmenter(words).tokenize(key)]


def edges(key: str) -> frozenset[int]:
    """Where words begin and end in a key, and its end; without the tokens, which cost more than finding them."""
    cut = _segmenter(()).tokenize(LONE_SURROGATE.sub(STAND_IN, key))
    return frozenset({0, *(end for _, _, end in cut)})


def words(key: str) -> list[str]:
    """The words of a key that is at hand without its original; they tile it."""
    return [key[start:end] for _, start, end in _segmenter(()).tokenize(LONE_SURROGATE.sub(STAND_IN, key))]


class Segmenter(Protocol):
    def add_word(self, word: str, freq: int | None, tag: str | None) -> int: ...
    def tokenize(self, text: str) -> list[tuple[str, int, int]]: ...


@cache
def _segmenter(words: tuple[str, ...]) -> Segmenter:
    segmenter = _jieba(own=bool(words))
    for word, frequency in [*vocabulary(), *((word, None) for word in words)]:
        segmenter.add_word(word, frequency, None)
    return segmenter


def _jieba(own: bool) -> Segmenter:
    """The dictionary that comes loaded with the module; one of its own for a corpus that brings words along."""
    import rjieba  # noqa: PLC0415  a tenth of a second: only who segments shall wait for that

    return rjieba.Jieba() if own else rjieba._DEFAULT_JIEBA


def vocabulary() -> list[tuple[str, int | None]]:
    """What is added to jieba's dictionary, in order; without a frequency a word gets the least that keeps it whole."""
    added = [*lexicon.rows("folded_words.tsv"), *lexicon.rows("words.tsv")]
    return [(word, int(frequency) if frequency else None) for word, frequency, _ in added]
