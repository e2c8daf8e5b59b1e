"""Which concept of one glossary is meant by which of another, where the ids do not say it.

Terms are compared on their search keys, language by language and script by script; variants of
a character are one, and the region is passed over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tongwen.concept import APPROVED, Concept
from tongwen.normalise import fold

_Names = dict[str, set[str]]
"""By language the keys of the terms."""


class Matches:
    """``meant``: by the id of one of theirs the one of ours that it means; ``unclear``: those that it may mean.

    Compared are approved terms alone. Not asked for are those of theirs with an id that we have, and none of ours that
    they have by its id can be meant: they tell the two apart. It is clear which is meant where

    * there is one of ours that shares a term in each of two languages or more, or
    * there is but one that shares a term, and in no other language both have terms and none in common.

    Where two of theirs mean one of ours, it is unclear of both.
    """

    def __init__(self, ours: Sequence[Concept], theirs: Sequence[Concept]) -> None:
        known, named = {c.id for c in ours}, {c.id for c in theirs}
        self._names = {c.id: _names(c) for c in ours if c.id not in named}
        self._holders = _holders(self._names)
        self.meant: dict[str, str] = {}
        self.unclear: dict[str, list[str]] = {}
        for concept in theirs:
            if concept.id not in known:
                self._decide(concept)
        self._part()

    def _decide(self, concept: Concept) -> None:
        mine = _names(concept)
        shared = _agreements(mine, self._holders)
        sure = [key for key, languages in shared.items() if len(languages) > 1]
        if not sure and len(shared) == 1:
            sure = [key for key, languages in shared.items() if _agree(mine, self._names[key], languages)]
        if len(sure) == 1:
            self.meant[concept.id] = sure[0]
        elif shared:
            self.unclear[concept.id] = sure or sorted(shared)

    def _part(self) -> None:
        meaning = defaultdict(list)
        for theirs, ours in self.meant.items():
            meaning[ours].append(theirs)
        for ours, several in meaning.items():
            for theirs in several if len(several) > 1 else ():
                del self.meant[theirs]
                self.unclear[theirs] = [ours]


def _names(concept: Concept) -> _Names:
    names: _Names = defaultdict(set)
    for term in concept.terms:
        if term.status in APPROVED:
            names[_written(term.language)].add(fold(term.text))
    return names


def _written(tag: str) -> str:
    """The language and its script without the region: a word of Taiwan is a word of Traditional Chinese."""
    return "-".join(part for at, part in enumerate(tag.split("-")) if at == 0 or len(part) == 4)


def _holders(names: Mapping[str, _Names]) -> dict[tuple[str, str], list[str]]:
    """By language and key the concepts with such a term."""
    holders = defaultdict(list)
    for concept, of in names.items():
        for language, keys in of.items():
            for key in keys:
                holders[language, key].append(concept)
    return holders


def _agreements(mine: _Names, holders: Mapping[tuple[str, str], list[str]]) -> dict[str, set[str]]:
    """By the id of each of ours that shares a term, the languages in which it does."""
    shared = defaultdict(set)
    for language, keys in mine.items():
        for key in keys:
            for concept in holders.get((language, key), ()):
                shared[concept].add(language)
    return shared


def _agree(mine: _Names, other: _Names, shared: set[str]) -> bool:
    """Whether there is no language in which both have terms and none in common."""
    return not (mine.keys() & other.keys()) - shared


def renamed(old: Sequence[Concept], new: Sequence[Concept]) -> dict[str, str]:
    """By old id the new one of concepts that share more than half of the terms of both; the most alike come first."""
    was, now = {c.id for c in old}, {c.id for c in new}
    gone = {c.id: _keys(c) for c in old if c.id not in now}
    come = {c.id: _keys(c) for c in new if c.id not in was}
    holders = defaultdict(list)
    for other, keys in come.items():
        for key in keys:
            holders[key].append(other)
    alike = Counter((one, other) for one, keys in gone.items() for key in keys for other in holders.get(key, ()))
    share = {pair: shared / max(len(gone[pair[0]]), len(come[pair[1]])) for pair, shared in alike.items()}
    names: dict[str, str] = {}
    for one, other in sorted((pair for pair in share if share[pair] > 0.5), key=lambda pair: (-share[pair], pair)):
        if one not in names and other not in names.values():
            names[one] = other
    return names


def _keys(concept: Concept) -> set[tuple[str, str]]:
    return {(term.language, fold(term.text)) for term in concept.terms}
