"""Key text → tokens → grams: what the engines index, and what a query is turned into.

A token is one character for every ideograph, kana and punctuation mark, a run of letters for alphabetic scripts, a run
of digits for numbers. White space makes no token: a layout wrap inside a sentence is no border, and two Latin words are
neighbours. A punctuation mark holds a place of its own, so a phrase without it never matches across it, and a typed
「定。各」 is found where it stands.

A gram is a token with the one that follows it. Every position of a text begins exactly one gram, so the grams that
begin with a token are all its occurrences, and a row of grams is a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

LONGEST = 64  # letters or digits of one token: a run without end is cut, so that no term is as large as a file
BATCH = 1 << 20  # code points that are split at a time: a line of 200 MB must not become one list

# Scripts without spaces between words, and the enclosed letters and numbers, count character by character.
SINGLE = "\u1100-\u11ff\u2460-\u24ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001f000-\U0003ffff"
LETTER, DIGIT = rf"[^\W\d_{SINGLE}]", r"\d"
# The same letters by where they may stand. It takes a tenth of the time to compile, and longer to match.
BESIDE = "\0-\u10ff\u1200-\u245f\u2500-\u2e7f\ua4d0-\uabff\ufb00-\uff65\uffdd-\U0001efff\U00040000-\U0010ffff"
ONE_LETTER = rf"(?=[^\W\d_])[{BESIDE}]"
# The ideographs of nearly all texts come first, although the last way finds them too: it is tried after two others.
TOKEN = re.compile(rf"[\u4e00-\u9fff]|{LETTER}{{1,{LONGEST}}}|{DIGIT}{{1,{LONGEST}}}|\S")

JOINT = " "  # stands in no token


@lru_cache
def _wordless() -> re.Pattern[str]:
    """Ideographs, their punctuation and that of ASCII, of which none joins another: most passages hold nothing else."""
    return re.compile(r"[\s!-/:-@[-`{-~\u2e80-\u2fff\u3001-\ua4cf]*")


def stream(key: str) -> Iterator[str]:
    """The tokens of a key text, in order: a token's place is its position."""
    if _wordless().fullmatch(key):
        return chain.from_iterable(key.split())
    edges = [*range(0, len(key), BATCH), len(key)]
    return chain.from_iterable(TOKEN.findall(key, start, end) for start, end in pairwise(edges))


def tokens(key: str) -> list[str]:
    return TOKEN.findall(key) if len(key) <= BATCH else list(stream(key))


def units(key: str) -> Sequence[str]:
    """As ``tokens``; a string where each is a character, and so none a word: then they need not be told apart."""
    return "".join(key.split()) if _wordless().fullmatch(key) else tokens(key)


def grams(run: Iterable[str]) -> Iterator[str]:
    """One gram for each token of ``run``; the last one's follower is nothing, which is a passage's border."""
    return map(JOINT.join, pairwise(chain(run, ("",))))


def kind(token: str) -> str | None:
    """One character, as a pattern, of those that ``token`` is a run of; None where it is no word and no number."""
    first = token[0]
    if first.isdecimal():
        return DIGIT
    return ONE_LETTER if first.isalnum() and not _single(first) else None


@lru_cache(maxsize=1 << 12)
def _single(character: str) -> bool:
    return any(low <= character <= high for low, high in zip(SINGLE[::3], SINGLE[2::3], strict=True))


def is_word(token: str) -> bool:
    """Whether ``token`` is a word or a number, of which a typed text may hold a part."""
    return kind(token) is not None


def unwrapped(text: str) -> str:
    """``text`` without the white space that says nothing: one space is left between two words."""
    pieces = text.split()
    joined = "".join(
        left + JOINT if is_word(left[-1]) and is_word(right[0]) else left for left, right in pairwise(pieces)
    )
    return joined + "".join(pieces[-1:])
