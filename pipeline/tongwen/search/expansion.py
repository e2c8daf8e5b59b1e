"""A query widened by a glossary: which of its words are names there, and the rows of terms for their other names.

The longest run of neighbouring words that is a name counts: of ``harm reduction 政策``, ``harm reduction``. A phrase in
quotation marks, and each side of an OR, counts by itself. What must not stand in a hit is never widened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tongwen.search import grams
from tongwen.search.plan import Meaning, Stage, Wanted, asked
from tongwen.search.query import Group, Phrase, Query, phrase
from tongwen.search.thesaurus import Entry, Name, Thesaurus

LONGEST = 12  # typed words of one name: the 1988 convention is called by ten

Known = Mapping[str, Sequence[Entry]]
"""Of each typed text the entries that have other names for it."""


class _Part(NamedTuple):
    """Groups ``start`` to ``end`` of a query as one: a name of several words, or one group as it was typed."""

    start: int
    end: int
    group: Group


def expanded(query: Query, thesaurus: Thesaurus) -> Stage | None:
    """The query by all names of what it names; None where that adds nothing."""
    parts = [part for start in range(len(query.groups)) for part in _parts(query.groups, start)]
    known = _known((phrase for part in parts for phrase in part.group), thesaurus)
    if not known:
        return None
    chosen = list(_longest(parts, known))
    told = [told for part in chosen for typed in part.group for told in _told(typed, known)]
    return Stage("glossary", tuple(_widened(part.group, known) for part in chosen), tuple(dict.fromkeys(told)))


def named(typed: Phrase, thesaurus: Thesaurus) -> tuple[tuple[Wanted, ...], tuple[str, ...]]:
    """One phrase by all names of what it names; and how it was read."""
    known = _known((typed,), thesaurus)
    return _widened((typed,), known), tuple(_told(typed, known))


def _parts(groups: Sequence[Group], start: int) -> Iterator[_Part]:
    """What begins at a group and may be a name, the longest first."""
    end = start
    while end < min(len(groups), start + LONGEST) and len(groups[end]) == 1 and not groups[end][0].quoted:
        end += 1
    for stop in range(end, start + 1, -1):
        typed = " ".join(group[0].typed for group in groups[start:stop])
        yield _Part(start, stop, (phrase(typed),))
    yield _Part(start, start + 1, groups[start])


def _known(phrases: Iterable[Phrase], thesaurus: Thesaurus) -> Known:
    typed = {phrase.typed: phrase for phrase in phrases}
    found = thesaurus.entries(list(typed))
    useful = {text: [e for e in entries if any(_others(typed[text], e))] for text, entries in found.items()}
    return {text: entries for text, entries in useful.items() if entries}


def _longest(parts: Sequence[_Part], known: Known) -> Iterator[_Part]:
    """The parts that cover the query from left to right; single groups where no name of several words begins."""
    at = 0
    for part in parts:
        if part.start == at and (part.end == at + 1 or part.group[0].typed in known):
            yield part
            at = part.end


def _widened(group: Group, known: Known) -> tuple[Wanted, ...]:
    """The group's own rows, and behind them those of other names; a row of several entries is there once."""
    rows = {wanted.row: wanted for wanted in map(asked, group)}
    for typed in group:
        for entry in known.get(typed.typed, ()):
            for name in _others(typed, entry):
                other = _by(entry, name)
                rows[other.row] = rows[other.row].also(other) if other.row in rows else other
    return tuple(rows.values())


def _others(typed: Phrase, entry: Entry) -> Iterator[Name]:
    return (name for name in entry.names if (tokens := phrase(name.text).tokens) and tokens != typed.tokens)


def _by(entry: Entry, name: Name) -> Wanted:
    everywhere = [one for one in entry.names if one.docs is None and not one.beside]
    beside = tuple(_row(one) for one in everywhere) if name.beside else ()
    docs = None if name.docs is None and not name.beside else name.docs or frozenset()
    wanted = _row(name)
    return Wanted(wanted.row, name.text, (Meaning(entry.id, docs, beside),), wanted.capitals)


def _row(name: Name) -> Wanted:
    """A name in capitals is an abbreviation, whose key may be a word: WHO counts as it is written alone."""
    wanted = asked(phrase(name.text))
    return Wanted(wanted.row, name.text, capitals=name.text.isascii() and name.text.isupper())


def _told(typed: Phrase, known: Known) -> Iterator[str]:
    for entry in known.get(typed.typed, ()):
        others = {phrase(name.text).tokens: name.text for name in reversed(list(_others(typed, entry)))}
        listed, where = ", ".join(reversed(others.values())), _where(typed, entry)
        yield f"glossary: {grams.unwrapped(typed.typed)} = {listed} ({entry.id}{where})"


def _where(typed: Phrase, entry: Entry) -> str:
    """In which documents alone all the other names count."""
    docs = [None if name.beside else name.docs for name in _others(typed, entry)]
    within = frozenset().union(*(one for one in docs if one))
    if None in docs:
        return ""
    return f", in {next(iter(within))} alone" if len(within) == 1 else f", in {len(within):,} documents alone"
