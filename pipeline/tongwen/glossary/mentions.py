"""Definitions that name another concept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tongwen.concept import Concept, Definition
from tongwen.glossary.heads import is_general
from tongwen.glossary.naming import name_key
from tongwen.glossary.occurrences import Finder, sentence
from tongwen.normalise import fold

SHORTEST = 3  # characters of a Chinese name: two stand in other words and senses too (接受, 保留, 加入)
WORDS = 2  # of an English name, for the same reason (search, appeal)
COMMON = 0.03  # of all definitions: a name in more of them says nothing about one
RARE = 10  # definitions in which any name may stand
MOST = 8  # concepts that one is related with by its definitions


class Mention(NamedTuple):
    """The definition of ``concept`` names ``other``, in the sentence ``words``."""

    concept: str
    other: str
    definition: Definition
    words: str


def mentions(concepts: Sequence[Concept], named: Mapping[str, str]) -> Iterator[Mention]:
    """Rarest first for each concept; ``named``: names as keys, each with the id of the one concept that it means."""
    finder = Finder(key for key in named if _telling(key))
    found = [one for concept in concepts for one in _of(concept, finder, named)]
    total = sum(len(concept.definitions) for concept in concepts)
    often = Counter(one.other for one in found)
    by_concept = defaultdict(list)
    for one in found:
        if often[one.other] <= max(RARE, COMMON * total):
            by_concept[one.concept].append(one)
    for those in by_concept.values():
        yield from sorted(those, key=lambda one: often[one.other])[:MOST]


def _telling(key: str) -> bool:
    if is_general(key):
        return False
    return key.count(" ") + 1 >= WORDS if key.isascii() else len(key) >= SHORTEST


def _of(concept: Concept, finder: Finder, named: Mapping[str, str]) -> Iterator[Mention]:
    """Each other concept once, in the first definition that names it."""
    seen = {concept.id}
    for definition in concept.definitions:
        key = name_key(definition.text)
        for match in finder.matches(key):
            other = named[match.key]
            if other not in seen:
                seen.add(other)
                yield Mention(concept.id, other, definition, _words(definition.text, match.key))


def _words(text: str, name: str) -> str:
    """The sentence with the name; the beginning where the name is printed over the end of a line."""
    at = fold(text).find(name)
    return sentence(text, at, at + len(name)) if at >= 0 else sentence(text, 0, 1)
