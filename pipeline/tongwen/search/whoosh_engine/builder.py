"""Passages in memory → one segment on disk."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from tongwen.arrays import packed
from tongwen.search import grams
from tongwen.search.whoosh_engine.codec import (
    GRAMS,
    POSITION,
    SLOT,
    TABLES,
    Segment,
    encoded,
    slots,
)
from tongwen.search.whoosh_engine.leaf import Leaf
from tongwen.search.whoosh_engine.postings import TermsWriter
from tongwen.search.whoosh_engine.sealed import seals

LIMIT = 1 << 18  # slots, or some 10 million tokens: 150 MB while they are in memory


class Builder:
    """Positions count through all passages of the segment, in slots (see ``codec``); each passage begins a new slot.

    ``bounds[d]`` is the first passage of document d; it gets one entry more than there are documents.
    """

    def __init__(self) -> None:
        self.docs: list[str] = []
        self.bounds = array("I")
        self.keys = array("q")
        self.lengths = array("I")
        self.records = array("I")
        self.owners = array("I")
        self._postings: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))

    @property
    def full(self) -> bool:
        return len(self.owners) >= LIMIT

    def add(self, key: int, doc: str, record: int, run: Iterable[str]) -> None:
        postings = self._postings
        start = len(self.owners) * SLOT
        position = start - 1
        for position, gram in enumerate(grams.grams(run), start):
            postings[gram].append(position)
        self._close(key, doc, record, position + 1 - start)

    def _close(self, key: int, doc: str, record: int, length: int) -> None:
        if not self.docs or self.docs[-1] != doc:
            self.docs.append(doc)
            self.bounds.append(len(self.keys))
        self.owners.extend([len(self.keys)] * slots(length))
        self.keys.append(key)
        self.lengths.append(length)
        self.records.append(record)

    def absorb(self, leaf: Leaf) -> None:
        """Takes over what is not deleted in an older segment."""
        shifts: dict[int, int] = {}
        for passage, start, doc in leaf.live():
            shifts[passage] = len(self.owners) * SLOT - start
            self._close(leaf.keys[passage], doc, leaf.records[passage], leaf.lengths[passage])
        for gram, positions in leaf.grams():
            moved = array("I", _moved(positions, leaf, shifts))
            if moved:
                self._postings[gram].extend(moved)

    def write(self, storage: Any) -> Segment:
        segment = Segment(len(self.keys), sum(self.lengths))
        writer = TermsWriter(storage, segment)
        ordered = sorted(self._postings)
        writer.write(GRAMS, ((encoded(gram), packed(self._postings[gram])) for gram in ordered))
        writer.write(TABLES, self._tables(ordered))
        writer.close()
        return segment

    def _tables(self, ordered: list[str]) -> Iterator[tuple[bytes, bytes]]:
        words, edges = self._words(ordered)
        self.bounds.append(len(self.keys))
        yield b"bounds", packed(self.bounds)
        yield b"docs", encoded("\0".join(self.docs))
        yield b"edges", packed(edges)
        yield b"keys", packed(self.keys)
        yield b"lengths", packed(self.lengths)
        yield b"owners", packed(self.owners)
        yield b"records", packed(self.records)
        yield b"words", encoded("\n".join(["", *words, ""]))

    def _words(self, ordered: list[str]) -> tuple[list[str], array[int]]:
        """The words and numbers, and where the positions of each begin and end; postings begin with the first gram."""
        words, edges, end = [], array("q"), 0
        for token, run in groupby(ordered, key=lambda gram: gram.partition(grams.JOINT)[0]):
            start, end = end, end + POSITION * sum(len(self._postings[gram]) for gram in run)
            if grams.is_word(token):
                words.append(token)
                edges.extend((start, end))
        return words, edges


def _moved(positions: array[int], leaf: Leaf, shifts: dict[int, int]) -> Iterator[int]:
    """``positions`` where their passages now begin, without those of deleted passages."""
    for position, passage in zip(positions, leaf.passages(positions), strict=True):
        if passage in shifts:
            yield position + shifts[passage]


def seal(segment: Segment, folder: Path) -> None:
    """Notes the checksums of a segment's files, once they are on disk to stay."""
    segment.seals = {extension: seals(file) for extension, file in segment.files(folder).items()}
