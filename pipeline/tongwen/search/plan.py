"""A query → the ways in which it is looked for, the closest first."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from tongwen.normalise import fold, normalise
from tongwen.search import grams
from tongwen.search.engine import Part, Term
from tongwen.search.query import Group, Phrase, Query

Why = Literal["citation", "exact", "words", "glossary", "partial", "similar"]

Row = tuple[Term, ...]

PLURAL = "s"  # of an acronym in English: STIs
INNER: list[Part] = ["whole"]
CUT_BEFORE, CUT_BEHIND = ("suffix", "infix"), ("prefix", "infix")

SIMILAR = "nothing holds all of it; shown are the passages that share most characters with it"
"""What the hits of the last way are."""


class Meaning(NamedTuple):
    """That a row is a name of the glossary's ``entry``: everywhere, or in ``docs`` and where one of ``beside`` is."""

    entry: str
    docs: frozenset[str] | None = None
    beside: tuple[Wanted, ...] = ()


class Wanted(NamedTuple):
    """A row of terms; ``typed`` is the original writing that ``--exact-script`` compares.

    ``meanings``: of a row that was not typed, why it is looked for. ``capitals``: words of it that count in capitals
    alone.
    """

    row: Row
    typed: str
    meanings: tuple[Meaning, ...] = ()
    capitals: tuple[str, ...] = ()

    def also(self, other: Wanted) -> Wanted:
        """The same row for both reasons; what was typed needs no other."""
        if not self.meanings:
            return self
        both = tuple(word for word in self.capitals if word in other.capitals)
        return Wanted(self.row, self.typed, (*self.meanings, *other.meanings), both)


class Stage(NamedTuple):
    """One way: every one of ``groups`` must be there, by one of its rows."""

    why: Why
    groups: tuple[tuple[Wanted, ...], ...]
    read_as: tuple[str, ...]

    @property
    def as_typed(self) -> bool:
        """Whether its rows are whole pieces of what was typed."""
        return self.why in ("exact", "words")

    @property
    def wanted(self) -> Iterator[Wanted]:
        return (wanted for group in self.groups for wanted in group)


def close(query: Query, expanded: Stage | None = None) -> list[Stage]:
    """What was typed, as it was typed: in one row, by its words, by its other names, and as a part of words."""
    stages = []
    if query.literal:
        stages.append(_stage("exact", ((query.literal,),), query))
    if not _same(query):
        single = len(query.groups) == 1 and len(query.groups[0]) == 1
        stages.append(_stage("exact" if single else "words", query.groups, query))
    if expanded:
        stages.append(expanded)
    if query.literal and (row := _parts(query.literal)):
        wanted = Wanted(row, query.literal.typed, capitals=query.literal.capitals)
        stages.append(Stage("partial", ((wanted,),), (f"part of a word: {query.literal.typed}", *_alone(query))))
    return stages


def _same(query: Query) -> bool:
    """Whether the only phrase is the whole of what was typed."""
    phrases = [phrase.tokens for group in query.groups for phrase in group]
    return query.literal is not None and phrases == [query.literal.tokens]


def loose(query: Query, words: tuple[str, ...] = ()) -> list[Stage]:
    """By the words that the typed words are made of; empty where these are not made of several."""
    groups = tuple(part for (phrase,) in query.groups for part in _words_of(phrase, words))
    return [_stage("words", groups, query)] if groups and groups != query.groups else []


def similar(query: Query) -> Stage:
    """By every token, and every pair of neighbours, that the words asked for hold."""
    phrases = [phrase for group in query.groups for phrase in group]
    rows = [(row, phrase) for phrase in phrases for row in _grams(phrase.tokens)]
    found = (Wanted(row, "", capitals=_within(phrase, [term.token for term in row])) for row, phrase in rows)
    wanted = tuple(dict.fromkeys(found))
    return Stage("similar", (wanted,), (SIMILAR, *_alone(query)))


def without(query: Query) -> tuple[Wanted, ...]:
    return tuple(asked(phrase) for phrase in query.excluded)


def denied(query: Query) -> Iterator[str]:
    """What is told of exclusions."""
    if query.excluded:
        yield f"without: {', '.join(map(_printed, query.excluded))}"


def _stage(why: Why, groups: tuple[Group, ...], query: Query) -> Stage:
    wanted = tuple(tuple(map(asked, group)) for group in groups)
    return Stage(why, wanted, (f"{why}: {_told(groups)}", *_alone(query)))


def _alone(query: Query) -> Iterator[str]:
    """What is told of words that count in capitals alone, also of those that must not stand in a hit."""
    phrases = (phrase for group in (*query.groups, query.excluded) for phrase in group)
    words = dict.fromkeys(word for phrase in phrases for word in phrase.capitals)
    if words:
        yield in_capitals(words)


def in_capitals(words: Iterable[str]) -> str:
    return f"in capitals alone: {', '.join(words)}"


def _within(phrase: Phrase, tokens: Sequence[str]) -> tuple[str, ...]:
    """The phrase's words in capitals that are among some of its tokens."""
    return tuple(word for word in phrase.capitals if fold(word) in tokens)


def _told(groups: tuple[Group, ...]) -> str:
    choices = [" OR ".join(map(_printed, group)) for group in groups]
    apart = [
        f"({choice})" if len(group) > 1 < len(groups) else choice for choice, group in zip(choices, groups, strict=True)
    ]
    return " AND ".join(apart)


def _printed(phrase: Phrase) -> str:
    typed = grams.unwrapped(fold(phrase.typed))
    return "*" * (phrase.part in CUT_BEFORE) + typed + "*" * (phrase.part in CUT_BEHIND)


def asked(phrase: Phrase) -> Wanted:
    return Wanted(_row(phrase.tokens, phrase.part), phrase.typed, capitals=phrase.capitals)


def _row(tokens: Sequence[str], part: Part, whole: Container[str] = ()) -> Row:
    """The first and the last of ``tokens`` may be cut out of a word, unless it is among ``whole`` or no word at all."""
    first: Part = "suffix" if part in CUT_BEFORE else "whole"
    last: Part = "prefix" if part in CUT_BEHIND else "whole"
    parts = [part] if len(tokens) == 1 else [first, *INNER * (len(tokens) - 2), last]
    return tuple(
        Term(token, part if grams.is_word(token) and token not in whole else "whole")
        for token, part in zip(tokens, parts, strict=True)
    )


def _parts(phrase: Phrase) -> Row | None:
    """The row in which the first and the last token may be cut out of a word; None where neither is of one.

    An acronym is no part of another word, as ART is none of PARTY; but it has a plural.
    """
    tokens, whole = phrase.tokens, set(map(fold, phrase.capitals))
    if len(tokens) == 1 and whole:
        return (Term(tokens[0] + PLURAL),)
    row = _row(tokens, "infix", whole)
    return row if any(term.part != "whole" for term in row) else None


def _words_of(phrase: Phrase, words: tuple[str, ...]) -> Iterator[Group]:
    """A typed word becomes one group for each word in it."""
    if len(phrase.tokens) < 3:
        yield (phrase,)
        return
    from tongwen.segment import segment  # noqa: PLC0415  loads a dictionary: only what is not found otherwise needs it

    text = normalise(phrase.typed)
    for token in segment(text, words):
        cut = tuple(grams.tokens(token.word))
        if any(map(_says, cut)):
            yield (Phrase(token.span.of(text.original), cut, capitals=_within(phrase, cut)),)


def _says(token: str) -> bool:
    return token.isalnum()


def _grams(tokens: tuple[str, ...]) -> Iterator[Row]:
    for token in tokens:
        if _says(token):
            yield (Term(token),)
    for first, second in pairwise(tokens):
        if _says(first) and _says(second):
            yield Term(first), Term(second)
