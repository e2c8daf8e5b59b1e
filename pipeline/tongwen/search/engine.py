"""What an engine is: it keeps passages as tokens and finds runs of them. All else is the same for every engine.

An engine knows passages by the integer keys that the store gave them, and the documents they are of. What it does not
know: scores, words, scripts, records. ``tests/test_engine_conformance.py`` is the whole of what is asked of one.

A *generation* is a state of what the engine keeps, named by a string. A writer makes a new one beside the one it
started from, which stays as it is until ``tidy``: who reads either goes on, and a writer that dies leaves nothing that
any generation uses. An engine in the database has this from the transaction that it shares with the records.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, repeat
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

Part = Literal["whole", "prefix", "suffix", "infix"]


class Rows(NamedTuple):
    """Passages of one document as columns: key, number of the record, how often it is there, tokens."""

    keys: Sequence[int] = ()
    records: Sequence[int] = ()
    counts: Sequence[int] = ()
    lengths: Sequence[int] = ()


Counted = tuple[Sequence[int], Sequence[int]]
"""The keys of passages, in their order, and how often what was looked for stands in each."""


class Found:
    """The passages that match, as columns: those of a document side by side, in the order in which they were added.

    ``docs``: document id → where its passages are in the columns, of which nothing is left over. ``keys``: the
    passages'. ``records``: the number of the record that each is of. ``counts``: how often what was looked for stands
    in it. ``lengths``: its tokens. Columns, since what is common stands in half of all passages: they are worked on as
    a whole. An engine may look up all but ``keys`` and ``counts`` where it is asked for, and of what document it is.
    """

    def __init__(
        self,
        docs: Mapping[str, slice] = MappingProxyType({}),
        keys: Sequence[int] = (),
        records: Sequence[int] = (),
        counts: Sequence[int] = (),
        lengths: Sequence[int] = (),
    ) -> None:
        self.docs, self.keys, self.records, self.counts, self.lengths = docs, keys, records, counts, lengths

    @classmethod
    def by(cls, found: Iterable[tuple[str, Rows]]) -> Found:
        """Of documents, each with its rows."""
        docs: dict[str, slice] = {}
        columns: tuple[list[int], ...] = ([], [], [], [])
        for doc, rows in found:
            start = len(columns[0])
            for column, part in zip(columns, rows, strict=True):
                column.extend(part)
            docs[doc] = slice(start, len(columns[0]))
        return Found(docs, *columns)

    @cached_property
    def repeated(self) -> list[list[int]]:
        """See ``repeated``; most records have one passage."""
        return list(repeated(self.docs.values(), self.records))

    def at(self, doc: str) -> slice | None:
        """Where the document's passages are in the columns; None where none of them matches."""
        return self.docs.get(doc)

    def rows(self, doc: str) -> Rows:
        at = self.at(doc)
        return Rows(self.keys[at], self.records[at], self.counts[at], self.lengths[at]) if at else Rows()

    def of(self, doc: str) -> dict[int, int]:
        """The keys of the document's passages that match, each with how often."""
        at = self.at(doc)
        return dict(zip(self.keys[at], self.counts[at], strict=True)) if at else {}

    def within(self, holds: Callable[[str], bool]) -> Found:
        """Without the documents of which ``holds`` is not true."""
        return Found.by((doc, self.rows(doc)) for doc in self.docs if holds(doc))

    def added(self, others: Sequence[Found]) -> Found:
        """What is here or in one of ``others``, with the counts of each passage added up."""
        parts = (self, *others)
        keys, counts = together([(part.keys, part.counts) for part in parts])
        records = dict(chain.from_iterable(zip(part.keys, part.records, strict=True) for part in parts))
        lengths = dict(chain.from_iterable(zip(part.keys, part.lengths, strict=True) for part in parts))
        ordered = (list(map(column.__getitem__, keys)) for column in (records, lengths))
        return Found(_parted(keys, parts), keys, next(ordered), counts, next(ordered))


def repeated(docs: Iterable[slice], records: Sequence[int]) -> Iterator[list[int]]:
    """The places of each record that stands several times in a column; ``docs``: where each document is in it."""
    for at in docs:
        if at.stop - at.start > 1 and len(set(records[at])) < at.stop - at.start:
            places: dict[int, list[int]] = {}
            for place in range(at.start, at.stop):
                places.setdefault(records[place], []).append(place)
            yield from (held for held in places.values() if len(held) > 1)


def _parted(keys: Sequence[int], parts: Iterable[Found]) -> dict[str, slice]:
    """Where each document is in ``keys``, which are in order: between two of its own there are none of another's."""
    firsts: dict[str, int] = {}
    for part in parts:
        for doc, at in part.docs.items():
            first = part.keys[at.start]
            firsts[doc] = min(first, firsts.get(doc, first))
    docs = sorted(firsts, key=firsts.__getitem__)
    starts = [bisect_left(keys, firsts[doc]) for doc in docs]
    return dict(zip(docs, map(slice, starts, [*starts[1:], len(keys)]), strict=True))


def together(found: Sequence[Counted]) -> Counted:
    """What several found, each passage once."""
    if len(found) == 1:
        return found[0]
    return counted(chain.from_iterable(chain.from_iterable(map(repeat, *one) for one in found)))


def counted(keys: Iterable[int]) -> Counted:
    """``keys``: each as often as what was looked for stands in its passage, in no order."""
    counts = Counter(keys)
    ordered = sorted(counts)
    return ordered, list(map(counts.__getitem__, ordered))


class Term(NamedTuple):
    """A token as a phrase asks for it: the token itself, or any word or number that it is a part of.

    ``prefix``: the words that begin with it; ``suffix``: that end with it; ``infix``: that hold it; itself included.
    Only the first and the last term of a phrase can be a part.
    """

    token: str
    part: Part = "whole"


class Home(NamedTuple):
    """Where an engine keeps what it keeps: a folder of its own, or the database in which the records are.

    ``database``: the caller's connection to it, in whose transaction all is done; None where there is none.
    """

    folder: Path
    database: object = None


class Reader(Protocol):
    """One generation. Every method raises ``IndexDamaged`` where a file cannot be trusted."""

    @property
    def count(self) -> int:
        """How many passages there are."""
        ...

    @property
    def size(self) -> int:
        """How many tokens they hold together."""
        ...

    def phrase(self, terms: Sequence[Term]) -> Found:
        """The passages in which ``terms`` stand one after the other; overlapping occurrences count each."""
        ...

    def frequency(self, terms: Sequence[Term], enough: int | None = None) -> int:
        """How often ``phrase`` finds ``terms``, at most; cheap. More than ``enough`` need not be counted to the end."""
        ...

    def lengths(self, doc: str) -> Mapping[int, int]:
        """The number of tokens of every passage of a document, by key."""
        ...

    def vocabulary(self, term: Term) -> list[str]:
        """The words and numbers that ``term`` stands for, in code point order."""
        ...

    def amiss(self, held: Callable[[str], Mapping[int, str]] | None) -> Iterator[str]:
        """Looks at every byte that is kept, and gives the documents that are not held token for token.

        ``held``: the key text of each passage of a document, by its key; nothing for one that is not known. That all
        passages are there is asked by ``lengths``. None: only whether what is kept is as it was written.
        """
        ...

    def close(self) -> None: ...


class Writer(Protocol):
    def add(self, key: int, doc_id: str, record: int, key_text: str) -> None:
        """``record``: the number in the document of the record that the passage is of.

        The passages of one document come one after the other, their keys in order; a key is never used twice.
        """
        ...

    def remove(self, keys: Iterable[int], text: Callable[[int], str]) -> None:
        """Forgets passages, also such as this writer added; unknown keys are ignored. ``text``: the key text of one."""
        ...

    def commit(self) -> str:
        """Makes everything lasting under a new generation's name, which it returns; the writer is done."""
        ...

    def cancel(self) -> None:
        """Deletes what this writer made; nothing changes."""
        ...


class SearchIndex(Protocol):
    """An engine. ``generation`` None is the empty index that needs no files."""

    @classmethod
    def writer(cls, home: Home, generation: str | None) -> Writer: ...

    @classmethod
    def reader(cls, home: Home, generation: str | None) -> Reader: ...

    @classmethod
    def tidy(cls, home: Home, keep: str | None) -> None:
        """Deletes every file of the engine's that the generation ``keep`` does not use."""
        ...
