"""Which name is the head of another: 警方司法转处 → 司法转处, police diversion → diversion.

Chinese compounds are head-final, English noun phrases too, up to their first preposition. The longest name that ends
another is its head, and nothing is skipped. Where that is no kind is told by ``lexicon/head_guards.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from tongwen.lexicon import rows
from tongwen.model import Text
from tongwen.segment import segment

SHORTEST = 2  # characters of a head in Chinese: 化, 者, 性 end all kinds of words
LONGEST = 12  # characters before a head: what has more is a clause
JOINED = re.compile("[、,;]|以及|或者|[和及与或暨](?=.)")


def head(name: str, is_name: Callable[[str], bool]) -> str | None:
    """The head of ``name`` (a key) that is a name itself; None where there is none, or it is not of its kind."""
    found = next((one for one in _ends(name) if is_name(one)), None)
    return found if found and _is_kind(name, found) else None


def is_general(name: str) -> bool:
    """Whether a name says too little to be a wider concept."""
    return bool(_pattern("general").fullmatch(name))


def _ends(name: str) -> Iterator[str]:
    """What may be the head, the longest first."""
    if not name.isascii():
        yield from (name[at:] for at in range(1, len(name) - SHORTEST + 1) if not _splits(name, at))
        return
    phrase = _pattern("preposition").split(name)[0].strip()
    words = phrase.split()
    yield from (" ".join(words[at:]) for at in range(phrase == name, len(words)))


def _splits(name: str, at: int) -> bool:
    """Whether a Latin word or a number goes on over this place."""
    return all(c.isascii() and c.isalnum() for c in name[at - 1 : at + 1])


def _crosses(name: str, at: int) -> bool:
    """Whether a word of the modifier goes on into the head: 取水 in 地下水取|水工程. A word that is the rest of the
    name is no hindrance: dictionaries have long compounds."""
    tokens = segment(Text(name, name))
    return any(token.span.start < at < token.span.end < len(name) for token in tokens)


def _is_kind(name: str, found: str) -> bool:
    if is_general(found) or _pattern("sense").fullmatch(name):
        return False
    if name.isascii():
        return not _pattern("joined").search(name)
    modifier = name.removesuffix(found)
    acts = _pattern("acts").search(modifier) and not _pattern("doer").search(found)
    guarded = any(_pattern(role).search(modifier) for role in ("start", "end")) or JOINED.search(modifier)
    return len(modifier) <= LONGEST and not acts and not guarded and not _crosses(name, len(modifier))


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for of, pattern, _reason in rows("head_guards.tsv") if of == role))
