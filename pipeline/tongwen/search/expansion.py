"""A query widened by a glossary: which of its words are names there, and the rows of terms for their other names.

The longest run of neighbouring words that is a name counts: of ``harm reduction 政策``, ``harm reduction``. A phrase in
quotation marks, and each side of an OR, counts by itself. What must not stand in a hit is never widened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tongwen.search import grams
from tongwen.search.acronyms import capitals, is_acronym
from tongwen.search.plan import Meaning, Stage, Wanted, asked, in_capitals
from tongwen.search.query import Group, Phrase, Query, phrase
from tongwen.search.thesaurus import Entry, Name, Thesaurus

LISTED = 6  # other names of an entry that are told
LONGEST = 12  # typed words of one name: the 1988 convention is called by ten

Known = Mapping[str, Sequence[Entry]]
"""Of each typed text the entries that have other names for it."""


class _Part(NamedTuple):
    """Groups ``start`` to ``end`` of a query as one: a name of several words, or one group as it was typed."""

    start: int
    end: int
    group: Group


def expanded(query: Query, thesaurus: Thesaurus) -> tuple[Query, Stage | None]:
    """The query, its acronyms in capitals alone; and by all names of what it names, None where that adds nothing."""
    parts = [part for start in range(len(query.groups)) for part in _parts(query.groups, start)]
    phrases = [*(phrase for part in parts for phrase in part.group), *_phrases(query)]
    entries = _entries(phrases, thesaurus)
    acronyms = _acronyms(entries)
    query = _in_capitals(query, acronyms)
    known = _useful(phrases, entries)
    if not known:
        return query, None
    chosen = list(_longest(parts, known))
    told = [told for part in chosen for typed in part.group for told in _told(typed, known)]
    groups = tuple(_widened(tuple(_marked(one, acronyms) for one in part.group), known) for part in chosen)
    return query, Stage("glossary", groups, tuple(dict.fromkeys(told)))


def named(typed: Phrase, thesaurus: Thesaurus) -> tuple[tuple[Wanted, ...], tuple[str, ...]]:
    """One phrase by all names of what it names; and how it was read."""
    entries = _entries([typed], thesaurus)
    known, typed = _useful([typed], entries), _marked(typed, _acronyms(entries))
    alone = (in_capitals(typed.capitals),) if typed.capitals else ()
    return _widened((typed,), known), (*alone, *_told(typed, known))


def _entries(phrases: Iterable[Phrase], thesaurus: Thesaurus) -> Mapping[str, Sequence[Entry]]:
    """Of the phrases, and of the words in capitals in them."""
    return thesaurus.entries(list(dict.fromkeys(text for one in phrases for text in (one.typed, *capitals(one.typed)))))


def _phrases(query: Query) -> Iterator[Phrase]:
    """All that was typed, with what must not stand in a hit."""
    yield from (phrase for group in query.groups for phrase in group)
    yield from query.excluded
    if query.literal:
        yield query.literal


def _acronyms(entries: Mapping[str, Sequence[Entry]]) -> frozenset[str]:
    """The words of those typed texts that are acronyms, and written so as names of entries too."""
    texts = (text for text, found in entries.items() if is_acronym(text) and _has_acronym(text, found))
    return frozenset(word for text in texts for word in capitals(text))


def _has_acronym(text: str, entries: Sequence[Entry]) -> bool:
    tokens = phrase(text).tokens
    names = (name.text for entry in entries for name in entry.names)
    return any(is_acronym(name) and phrase(name).tokens == tokens for name in names)


def _marked(typed: Phrase, acronyms: Collection[str]) -> Phrase:
    return typed._replace(capitals=tuple(word for word in capitals(typed.typed) if word in acronyms))


def _in_capitals(query: Query, acronyms: Collection[str]) -> Query:
    groups = tuple(tuple(_marked(one, acronyms) for one in group) for group in query.groups)
    excluded = tuple(_marked(one, acronyms) for one in query.excluded)
    return query._replace(literal=query.literal and _marked(query.literal, acronyms), groups=groups, excluded=excluded)


def _parts(groups: Sequence[Group], start: int) -> Iterator[_Part]:
    """What begins at a group and may be a name, the longest first."""
    end = start
    while end < min(len(groups), start + LONGEST) and len(groups[end]) == 1 and not groups[end][0].quoted:
        end += 1
    for stop in range(end, start + 1, -1):
        typed = " ".join(group[0].typed for group in groups[start:stop])
        yield _Part(start, stop, (phrase(typed),))
    yield _Part(start, start + 1, groups[start])


def _useful(phrases: Iterable[Phrase], entries: Mapping[str, Sequence[Entry]]) -> Known:
    typed = {phrase.typed: phrase for phrase in phrases}
    useful = {text: [e for e in entries.get(text, ()) if any(_others(one, e))] for text, one in typed.items()}
    return {text: found for text, found in useful.items() if found}


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
    wanted = asked(phrase(name.text))
    return Wanted(wanted.row, name.text, capitals=capitals(name.text) if is_acronym(name.text) else ())


def _told(typed: Phrase, known: Known) -> Iterator[str]:
    for entry in known.get(typed.typed, ()):
        others = {phrase(name.text).tokens: name.text for name in reversed(list(_others(typed, entry)))}
        listed, where = _listed(list(reversed(others.values()))), _where(typed, entry)
        yield f"glossary: {grams.unwrapped(typed.typed)} = {listed} ({entry.id}{where})"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more:,} more" if more > 0 else "")


def _where(typed: Phrase, entry: Entry) -> str:
    """In which documents alone all the other names count."""
    docs = [None if name.beside else name.docs for name in _others(typed, entry)]
    within = frozenset().union(*(one for one in docs if one))
    if None in docs:
        return ""
    return f", in {next(iter(within))} alone" if len(within) == 1 else f", in {len(within):,} documents alone"
