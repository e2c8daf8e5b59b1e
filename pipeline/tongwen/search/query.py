"""What is typed → what is looked for. ``docs/search.md`` describes the language; its examples are tests.

Nothing that can be typed is an error but nothing at all, and too much: an operator that makes no sense where it stands
(an unbalanced quote, an OR without a neighbour, exclusions alone) is read as the text that it is. The hyphen binds
closest, then OR, then the space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from tongwen.errors import QueryError
from tongwen.normalise import fold
from tongwen.search import brackets, grams
from tongwen.search.brackets import AND, NOT, OPERATORS, OR
from tongwen.search.engine import Part

LONGEST = 1000  # characters: a passage is found by far fewer, and what it costs grows with them

QUOTED = '"(?P<a>[^"]+)"|“(?P<b>[^”]+)”|「(?P<c>[^」]+)」|『(?P<d>[^』]+)』'
ITEM = re.compile(rf'(?P<minus>-?)(?:(?:{QUOTED})(?=\s|$|["“「『|])|(?P<bar>\|)|(?P<word>[^\s|]+))')
CHOICE = re.compile(
    rf"{QUOTED}|(?:(?P<not>(?<!\S)(?:-|NOT\s*))|(?<!-))[(（](?P<choice>[^()（）]*(?:\sOR\s|\|)[^()（）]*)[)）]"
)
STARRED = re.compile(r"^(\*?)(.*?)(\*?)$", re.DOTALL)
PARTS: dict[tuple[bool, bool], Part] = {
    (False, False): "whole",
    (False, True): "prefix",
    (True, False): "suffix",
    (True, True): "infix",
}
WIDE = {ord(wide): narrow for wide, narrow in zip("｜＊－＂", '|*-"', strict=True)}  # as a Chinese keyboard types them


class Phrase(NamedTuple):
    """A row of tokens; ``typed`` is how it was written. ``capitals``: words of it that count in capitals alone.

    ``part``: how much of a text's words its ends must be: ``narcot*`` is a prefix.
    """

    typed: str
    tokens: tuple[str, ...]
    quoted: bool = False
    capitals: tuple[str, ...] = ()
    part: Part = "whole"

    @property
    def plain(self) -> bool:
        return not self.quoted and self.part == "whole"


Group = tuple[Phrase, ...]  # one of them must stand in the text


class Query(NamedTuple):
    """``groups`` must all stand in a hit, ``excluded`` must not.

    ``literal`` is all that was typed, read as one row; None where an exclusion denies it. ``joined``: by AND.
    """

    typed: str
    literal: Phrase | None
    groups: tuple[Group, ...]
    excluded: tuple[Phrase, ...] = ()
    joined: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing but words was typed: who writes operators means just what they say."""
        said = not self.excluded and not self.joined
        return said and all(len(group) == 1 and group[0].plain for group in self.groups)


def parse(typed: str) -> Query:
    """Raises ``QueryError``."""
    if len(typed) > LONGEST:
        message = f"The query has {len(typed):,} characters; at most {LONGEST:,} are read."
        raise QueryError(message, "Search for one sentence of it, or for its rarest words.")
    literal = phrase(typed)
    if not literal.tokens:
        raise QueryError("The query is empty.", "Type what you look for, such as: tongwen search 精神药物")
    plain = typed.translate(WIDE)
    items = _negated(list(_items(brackets.spread(plain) or _unbracketed(plain))))
    spaced = _spaced(items)
    groups, excluded = _arranged(spaced)
    if not groups:
        return Query(typed, literal, ((literal,),))
    return Query(typed, None if excluded else literal, groups, excluded, len(spaced) < len(items))


def phrase(typed: str, quoted: bool = False) -> Phrase:
    return Phrase(typed.strip(), tuple(grams.tokens(fold(typed))), quoted)


class _Item(NamedTuple):
    phrase: Phrase
    minus: bool

    def among(self, operators: frozenset[str]) -> bool:
        return not self.phrase.quoted and not self.minus and self.phrase.typed in operators


def _unbracketed(typed: str) -> str:
    """Without brackets around a choice: OR binds closer than the space as it is."""
    return CHOICE.sub(_choice, typed)


def _choice(match: re.Match[str]) -> str:
    """What may be none of several is neither the one nor the other; of words side by side that would not hold."""
    choice = match["choice"]
    if not choice or not match["not"]:
        return f" {choice} " if choice else match[0]
    words = [item[0] for item in ITEM.finditer(choice)]
    of_words = not any(word in OPERATORS or word.startswith("-") for word in words[::2])
    if of_words and len(words) % 2 and all(word in OR for word in words[1::2]):
        return f" {' '.join(f'-{word}' for word in words[::2])} "
    return match[0]


def _items(typed: str) -> Iterator[_Item]:
    for match in ITEM.finditer(typed):
        quoted = match["a"] or match["b"] or match["c"] or match["d"]
        found = phrase(quoted, True) if quoted else _word(match["bar"] or match["word"])
        if found.tokens:
            yield _Item(found, bool(match["minus"]))


def _word(typed: str) -> Phrase:
    """A star at an end of what is typed stands for the rest of the word; any other is a character like any other."""
    before, inner, after = STARRED.findall(typed)[0]
    found = phrase(inner)
    ends = [*([found.tokens[:1]] if before else []), *([found.tokens[-1:]] if after else [])]
    if not all(end and end[0].isalnum() for end in ends):
        return phrase(typed)
    return found._replace(part=PARTS[bool(before), bool(after)])


def _negated(items: list[_Item]) -> list[_Item]:
    """NOT before a word is the hyphen."""
    out, negative = [], False
    for item, following in zip_longest(items, items[1:]):
        if item.among(NOT) and not negative and following and not (following.minus or following.among(OPERATORS)):
            negative = True
        else:
            out.append(item._replace(minus=True) if negative else item)
            negative = False
    return out


def _spaced(items: list[_Item]) -> list[_Item]:
    """AND between two words is the space."""
    bare = [True, *(item.among(OPERATORS) for item in items), True]
    return [item for at, item in enumerate(items) if not item.among(AND) or bare[at] or bare[at + 2]]


def _arranged(items: list[_Item]) -> tuple[tuple[Group, ...], tuple[Phrase, ...]]:
    """OR joins what stands on its two sides; all else stands side by side. A choice that is typed twice is one."""
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
    return tuple(tuple(dict.fromkeys(group)) for group in groups), tuple(dict.fromkeys(excluded))


def _between(items: list[_Item], at: int) -> bool:
    """Whether the item is an OR with something to choose from on both sides."""
    around = items[max(at - 1, 0) : at] + items[at + 1 : at + 2]
    return items[at].among(OR) and len(around) == 2 and not any(item.among(OR) or item.minus for item in around)
