"""One generation, read: its segments taken together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tongwen.search.engine import Found, Term
from tongwen.search.phrase_cache import PhraseCache
from tongwen.search.whoosh_engine import generation as generations
from tongwen.search.whoosh_engine.leaf import Leaf
from tongwen.search.whoosh_engine.sealed import interpreting


class WhooshReader:
    """See ``engine.Reader``."""

    @interpreting
    def __init__(self, folder: Path, generation: str | None) -> None:
        self._leaves = [Leaf(folder, segment) for segment in generations.read(folder, generation)]
        self._lengths: dict[str, Mapping[int, int]] = {}
        self._phrase = PhraseCache(self._found)

    @property
    def count(self) -> int:
        return sum(leaf.segment.passages - len(leaf.segment.deleted) for leaf in self._leaves)

    @property
    def size(self) -> int:
        return sum(leaf.segment.tokens - leaf.segment.gone for leaf in self._leaves)

    def phrase(self, terms: Sequence[Term]) -> Found:
        return self._phrase(terms)

    @interpreting
    def _found(self, terms: Sequence[Term]) -> Found:
        docs: dict[str, slice] = {}
        columns: tuple[list[int], ...] = ([], [], [], [])
        keys, records, counts, lengths = columns
        for leaf in self._leaves:
            counted, start = leaf.counted(leaf.phrase(terms)), len(keys)
            passages = list(counted)
            docs.update((doc, slice(start + at.start, start + at.stop)) for doc, at in leaf.parts(passages))
            keys += map(leaf.keys.__getitem__, passages)
            records += map(leaf.records.__getitem__, passages)
            counts += counted.values()
            lengths += map(leaf.lengths.__getitem__, passages)
        return Found(docs, *columns)

    @interpreting
    def frequency(self, terms: Sequence[Term], enough: int | None = None) -> int:
        return sum(leaf.frequency(terms) for leaf in self._leaves)

    @interpreting
    def lengths(self, doc: str) -> Mapping[int, int]:
        if doc not in self._lengths:
            self._lengths[doc] = {key: n for leaf in self._leaves for key, n in leaf.lengths_of(doc).items()}
        return self._lengths[doc]

    @interpreting
    def vocabulary(self, term: Term) -> list[str]:
        return sorted({word for leaf in self._leaves for word in leaf.vocabulary(term)})

    def amiss(self, held: Callable[[str], Mapping[int, str]] | None) -> Iterator[str]:
        from tongwen.search.whoosh_engine import audit  # noqa: PLC0415  a search needs none of it

        for leaf in self._leaves:
            leaf.check()
            yield from audit.amiss(leaf, held) if held else ()

    def close(self) -> None:
        for leaf in self._leaves:
            leaf.close()
