"""What is typed → what is looked for. ``docs/search.md`` describes the language; its examples are tests.

Nothing that can be typed is an error but nothing at all, and too much: an operator that makes no sense where it stands
(an unbalanced quote, an OR without a neighbour, exclusions alone) is read as the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tongwen.errors import QueryError
from tongwen.normalise import fold
from tongwen.search import grams

LONGEST = 1000  # characters: a passage is found by far fewer, and what it costs grows with them

QUOTED = '"(?P<a>[^"]+)"|“(?P<b>[^”]+)”|「(?P<c>[^」]+)」|『(?P<d>[^』]+)』'
ITEM = re.compile(rf'(?P<minus>-?)(?:(?:{QUOTED})(?=\s|$|["“「『|])|(?P<bar>\|)|(?P<word>[^\s|]+))')
OR = frozenset({"OR", "|"})


class Phrase(NamedTuple):
    """A row of tokens; ``typed`` is how it was written. ``capitals``: words of it that count in capitals alone."""

    typed: str
    tokens: tuple[str, ...]
    quoted: bool = False
    capitals: tuple[str, ...] = ()


Group = tuple[Phrase, ...]  # one of them must stand in the text


class Query(NamedTuple):
    """``groups`` must all stand in a hit, ``excluded`` must not.

    ``literal`` is all that was typed, read as one row; None where an exclusion denies it.
    """

    typed: str
    literal: Phrase | None
    groups: tuple[Group, ...]
    excluded: tuple[Phrase, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing but words was typed: who writes operators means just what they say."""
        return not self.excluded and all(len(group) == 1 and not group[0].quoted for group in self.groups)


def parse(typed: str) -> Query:
    """Raises ``QueryError``."""
    if len(typed) > LONGEST:
        message = f"The query has {len(typed):,} characters; at most {LONGEST:,} are read."
        raise QueryError(message, "Search for one sentence of it, or for its rarest words.")
    literal = phrase(typed)
    if not literal.tokens:
        raise QueryError("The query is empty.", "Type what you look for, such as: tongwen search 精神药物")
    groups, excluded = _arranged(list(_items(typed)))
    if not groups:
        return Query(typed, literal, ((literal,),))
    return Query(typed, None if excluded else literal, groups, excluded)


def phrase(typed: str, quoted: bool = False) -> Phrase:
    return Phrase(typed.strip(), tuple(grams.tokens(fold(typed))), quoted)


class _Item(NamedTuple):
    phrase: Phrase
    minus: bool

    @property
    def joins(self) -> bool:
        return not self.phrase.quoted and not self.minus and self.phrase.typed in OR


def _items(typed: str) -> Iterator[_Item]:
    for match in ITEM.finditer(typed):
        quoted = match["a"] or match["b"] or match["c"] or match["d"]
        item = _Item(phrase(quoted or match["bar"] or match["word"], bool(quoted)), bool(match["minus"]))
        if item.phrase.tokens:
            yield item


def _arranged(items: list[_Item]) -> tuple[tuple[Group, ...], tuple[Phrase, ...]]:
    """OR joins what stands on its two sides; all else stands side by side."""
    groups: list[list[Phrase]] = []
    excluded: list[Phrase] = []
    joining = False
    for at, item in enumerate(items):
        if item.minus:
            excluded.append(item.phrase)
        elif joining:
            groups[-1].append(item.phrase)
        elif not _between(items, at):
            groups.append([item.phrase])
        joining = not joining and _between(items, at)
    return tuple(map(tuple, groups)), tuple(excluded)


def _between(items: list[_Item], at: int) -> bool:
    """Whether the item is an OR with something to choose from on both sides."""
    around = items[max(at - 1, 0) : at] + items[at + 1 : at + 2]
    return items[at].joins and len(around) == 2 and not any(item.joins or item.minus for item in around)
