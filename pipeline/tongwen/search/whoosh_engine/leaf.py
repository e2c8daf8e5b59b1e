"""One segment, read: terms → positions → passages."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack
from functools import cached_property
from itertools import accumulate, compress, filterfalse
from pathlib import Path

from tongwen.arrays import unpacked
from tongwen.errors import IndexDamaged
from tongwen.search import grams
from tongwen.search.engine import Part, Term
from tongwen.search.whoosh_engine.codec import (
    GRAMS,
    POSITION,
    SLOT,
    SLOT_BITS,
    TABLES,
    Extent,
    Segment,
    Terms,
    encoded,
    slots,
)
from tongwen.search.whoosh_engine.sealed import REBUILD, Sealed

EDGES = 16  # bytes of where the positions of a word begin and end
SPARSE = 12  # a list so many times as long as what is looked up in it is not read through

AFTER_JOINT = "!"  # the character after ``grams.JOINT``: sorts behind all grams of a token, before any other's

PATTERNS: dict[Part, str] = {
    "whole": "\n({})(?=\n)",
    "prefix": "\n({}.*)",
    "suffix": "\n(.*{})(?=\n)",
    "infix": "\n(.*{}.*)",
}


class Leaf:
    """Raises ``IndexDamaged`` from every method that reads."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self.segment = segment
        files = {ext: Sealed(file, segment.seals[ext]) for ext, file in segment.files(folder).items()}
        self._files = files
        self._posts = files[".pst"]
        self._terms = Terms(files[".trm"], segment.seals[".trm"][0])
        self.deleted = frozenset(segment.deleted)

    def close(self) -> None:
        self._terms.close()
        self._posts.close()

    def check(self) -> None:
        """Compares every byte with its checksum."""
        for file in self._files.values():
            file.check()

    # -- what is stored; each table is read when it is asked for, as they grow with the library

    @cached_property
    def keys(self) -> array[int]:
        return self._numbers("q", self._extent(b"keys"))

    @cached_property
    def lengths(self) -> array[int]:
        return self._numbers("I", self._extent(b"lengths"))

    @cached_property
    def owners(self) -> array[int]:
        return self._numbers("I", self._extent(b"owners"))

    @cached_property
    def records(self) -> array[int]:
        return self._numbers("I", self._extent(b"records"))

    @cached_property
    def bounds(self) -> array[int]:
        return self._numbers("I", self._extent(b"bounds"))

    @cached_property
    def docs(self) -> list[str]:
        return self._text(b"docs").split("\0")

    def _extent(self, name: bytes) -> Extent:
        extent = self._terms.extent(TABLES, name)
        if extent is None:
            raise IndexDamaged(f"The search index has no table {name.decode()}.", REBUILD)
        return extent

    def _text(self, name: bytes) -> str:
        with self._posts.view(*self._extent(name)) as content:
            return str(content, "utf-8", "surrogatepass")

    def _numbers(self, typecode: str, *extents: Extent) -> array[int]:
        with ExitStack() as views:
            return unpacked(typecode, *(views.enter_context(self._posts.view(*extent)) for extent in extents))

    def grams(self) -> Iterator[tuple[str, array[int]]]:
        """Every gram with its positions, in order."""
        for field, term, extent in self._terms.items():
            if field == GRAMS:
                yield term.decode("utf-8", "surrogatepass"), self._numbers("I", extent)

    @cached_property
    def _words(self) -> str:
        return self._text(b"words")

    def vocabulary(self, term: Term) -> list[str]:
        return [word[1] for word in self._matching(term)]

    def _matching(self, term: Term) -> Iterator[re.Match[str]]:
        return re.finditer(PATTERNS[term.part].format(re.escape(term.token)), self._words)

    def _edges(self, term: Term) -> Iterator[Extent]:
        """Where the positions of each word or number that ``term`` stands for lie: two numbers each, in their order."""
        (first, end), before, seen = self._extent(b"edges"), 0, 0
        for word in self._matching(term):
            before += self._words.count("\n", seen, word.start(1))
            seen = word.start(1)
            at = first + (before - 1) * EDGES
            if at + EDGES > end:
                raise IndexDamaged("The search index has words of which it holds nothing.", REBUILD)
            start, stop = self._numbers("q", (at, at + EDGES))
            yield start, stop

    # -- passages

    def live(self) -> Iterator[tuple[int, int, str]]:
        """Every passage that is not deleted, with its first position and its document."""
        starts = list(accumulate(map(slots, self.lengths), initial=0))
        for at, doc in enumerate(self.docs):
            for passage in self.held(at):
                yield passage, starts[passage] * SLOT, doc

    def held(self, at: int) -> Iterator[int]:
        """The passages of the document at ``at`` in ``docs`` that are not deleted."""
        return filterfalse(self.deleted.__contains__, range(self.bounds[at], self.bounds[at + 1]))

    def holding(self, keys: Set[int]) -> list[int]:
        """The passages that are known by one of ``keys``."""
        return list(compress(range(len(self.keys)), map(keys.__contains__, self.keys)))

    @cached_property
    def _at(self) -> dict[str, int]:
        return {doc: at for at, doc in enumerate(self.docs)}

    def lengths_of(self, doc: str) -> dict[int, int]:
        """Passage key → number of tokens; empty where the segment does not hold the document."""
        at = self._at.get(doc)
        if at is None:
            return {}
        if self.deleted:
            return {self.keys[passage]: self.lengths[passage] for passage in self.held(at)}
        held = slice(self.bounds[at], self.bounds[at + 1])
        return dict(zip(self.keys[held], self.lengths[held], strict=True))

    def passages(self, positions: Iterable[int]) -> Iterator[int]:
        return map(self.owners.__getitem__, [position >> SLOT_BITS for position in positions])

    def counted(self, positions: Iterable[int]) -> dict[int, int]:
        """How often each passage holds one of ``positions``, in the order of passages."""
        counts = Counter(self.passages(positions))
        for passage in self.deleted and self.deleted & counts.keys():
            del counts[passage]
        return {passage: counts[passage] for passage in sorted(counts)}

    def parts(self, passages: Sequence[int]) -> Iterator[tuple[str, slice]]:
        """Where in ``passages``, which are in order, those of each document are."""
        end = 0
        while end < len(passages):
            at = bisect_right(self.bounds, passages[end]) - 1
            start, end = end, bisect_left(passages, self.bounds[at + 1], end)
            yield self.docs[at], slice(start, end)

    # -- positions

    def phrase(self, terms: Sequence[Term]) -> Collection[int]:
        """Where ``terms`` stand in a row: the positions of the first, in no order."""
        runs = sorted(self._needed(terms), key=lambda run: _size(run[1]))
        (offset, lists, _), *others = runs
        if not others and not offset:
            return self._positions(lists)
        found = {position - offset for position in self._positions(lists)}
        for offset, lists, ordered in others:
            there = {position + offset for position in found}
            sparse = ordered and _size(lists) > POSITION * SPARSE * len(there)
            held = self._among(there, lists[0]) if sparse else there.intersection(self._positions(lists))
            found = {position - offset for position in held}
        return found

    def _among(self, wanted: Iterable[int], extent: Extent) -> Iterator[int]:
        """Those of ``wanted`` that are in one list of positions, which is in order."""
        positions = self._positions([extent])
        end = len(positions)
        return (one for one in wanted if (at := bisect_left(positions, one)) < end and positions[at] == one)

    def frequency(self, terms: Sequence[Term]) -> int:
        return min(_size(lists) for _, lists, _ in self._needed(terms)) // POSITION

    def _needed(self, terms: Sequence[Term]) -> Iterator[tuple[int, list[Extent], bool]]:
        """The fewest lists of positions that together say all of ``terms``: its place in the row, and if it is one
        list in order."""
        whole = [at for at, term in enumerate(terms) if term.part == "whole"]
        for at in sorted({*whole[:-1:2], *whole[-2:-1]}):
            gram = self._gram(terms[at].token, terms[at + 1].token)
            yield at, gram, bool(gram)
        if len(whole) == 1:
            yield whole[0], self._token(terms[whole[0]].token), False
        for at, term in enumerate(terms):
            if term.part != "whole":
                yield at, list(self._edges(term)), False

    def _positions(self, extents: Iterable[Extent]) -> array[int]:
        return self._numbers("I", *extents)

    def _gram(self, token: str, following: str) -> list[Extent]:
        extent = self._terms.extent(GRAMS, encoded(token + grams.JOINT + following))
        return [] if extent is None else [extent]

    def _token(self, token: str) -> list[Extent]:
        """Every place of ``token``: its grams' positions lie side by side."""
        return [(self._first(token + grams.JOINT), self._first(token + AFTER_JOINT))]

    def _first(self, prefix: str) -> int:
        """Where the positions of the first term from ``prefix`` on begin. There always is one: the tables follow."""
        for _, _, extent in self._terms.items_from(GRAMS, encoded(prefix)):
            return extent[0]
        raise AssertionError("a segment has tables")


def _size(extents: Iterable[Extent]) -> int:
    return sum(end - start for start, end in extents)
