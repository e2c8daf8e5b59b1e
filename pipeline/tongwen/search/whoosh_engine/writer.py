"""What changes an index: new segments beside the old ones, then a table of contents that names those in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from tongwen.search import grams
from tongwen.search.whoosh_engine import generation as generations
from tongwen.search.whoosh_engine.builder import LIMIT, Builder, seal
from tongwen.search.whoosh_engine.codec import SLOT, Segment
from tongwen.search.whoosh_engine.leaf import Leaf
from tongwen.settling import settle


class WhooshWriter:
    """See ``engine.Writer``.

    Segments are merged as a binary counter carries: one that is not larger than its newer neighbour joins it. So a
    document is copied a logarithmic number of times, adding one does not touch a large library, and a reader has few
    segments to ask.
    """

    def __init__(self, folder: Path, generation: str | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._storage = FileStorage(str(folder))
        self._segments = generations.read(folder, generation)
        self._made: list[Segment] = []
        self._builder = Builder()
        self._gone: set[int] = set()

    def add(self, key: int, doc_id: str, record: int, key_text: str) -> None:
        if self._builder.full and self._builder.docs[-1] != doc_id:
            self._flush()
        self._builder.add(key, doc_id, record, grams.stream(key_text))

    def remove(self, keys: Iterable[int], text: Callable[[int], str]) -> None:
        self._gone.update(keys)

    def commit(self) -> str:
        self._flush()
        self._delete()
        self._segments = [segment for segment in self._segments if len(segment.deleted) < segment.passages]
        while self._carry():
            pass
        return generations.write(self._folder, self._segments)

    def _delete(self) -> None:
        for segment in self._segments if self._gone else ():
            leaf = Leaf(self._folder, segment)
            gone = set(leaf.holding(self._gone)) - segment.deleted
            segment.deleted |= gone
            segment.gone += sum(map(leaf.lengths.__getitem__, gone))
            leaf.close()

    def cancel(self) -> None:
        for segment in self._made:
            for file in segment.files(self._folder).values():
                file.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self._builder.docs:
            self._segments.append(self._written(self._builder))
            self._builder = Builder()

    def _written(self, builder: Builder) -> Segment:
        segment = builder.write(self._storage)
        self._made.append(segment)
        settle(segment.files(self._folder).values())
        seal(segment, self._folder)
        return segment

    def _carry(self) -> bool:
        """Merges one pair of neighbours, or rewrites one segment that is mostly deleted; False where none is due."""
        due = _due([(segment.tokens - segment.gone, segment.tokens) for segment in self._segments])
        if due:
            builder = Builder()
            for segment in self._segments[due]:
                leaf = Leaf(self._folder, segment)
                builder.absorb(leaf)
                leaf.close()
            self._segments[due] = [self._written(builder)]
        return due is not None


def _due(sizes: list[tuple[int, int]]) -> slice | None:
    """``sizes``: tokens of each segment, without and with those of deleted passages."""
    live = [size for size, _ in sizes]
    for at, (size, written) in enumerate(sizes):
        if size < written // 2:
            return slice(at, at + 1)
    for at in range(len(live) - 1, 0, -1):
        if live[at - 1] <= 2 * live[at] and live[at - 1] + live[at] < LIMIT * SLOT:
            return slice(at - 1, at + 1)
    return None
