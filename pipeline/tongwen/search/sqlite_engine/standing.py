"""What FTS5 found, with what is known of the passages beside their grams: looked up where it is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter

from tongwen.search.engine import Counted, Found, Rows, together
from tongwen.search.sqlite_engine.held import Documents

SEVERAL = 4  # passages of a document: whoever has asked for so many documents would have been quicker to ask for all


class Standing(Found):
    """The keys of a document lie side by side, so that it is found among them by its first and its last."""

    def __init__(self, counted: Counted, documents: Documents) -> None:
        super().__init__({}, counted[0], (), counted[1])
        self._documents, self._looked_up, self._asked = documents, not counted[0], 0

    def _look_up(self) -> None:
        docs: dict[str, slice] = {}
        records: list[int] = []
        lengths: list[int] = []
        keys, end, all_, around = self.keys, 0, len(self.keys), self._documents.around
        while end < all_:
            first, last, doc, of, tokens = around(keys[end])
            start, end = end, bisect_right(keys, last, end)
            docs[doc] = slice(start, end)
            if end - start == 1:  # as in most documents where a word is not common
                place = keys[start] - first
                records.append(of[place])
                lengths.append(tokens[place])
            else:
                held = itemgetter(*[key - first for key in keys[start:end]])
                records += held(of)
                lengths += held(tokens)
        self._docs, self._records, self._lengths, self._looked_up = docs, records, lengths, True

    @property
    def docs(self) -> Mapping[str, slice]:
        if not self._looked_up:
            self._look_up()
        return self._docs

    @property
    def records(self) -> Sequence[int]:
        if not self._looked_up:
            self._look_up()
        return self._records

    @property
    def lengths(self) -> Sequence[int]:
        if not self._looked_up:
            self._look_up()
        return self._lengths

    def at(self, doc: str) -> slice | None:
        self._asked += 1
        if self._looked_up or self._asked * SEVERAL > len(self.keys):
            return self.docs.get(doc)
        held = self._documents.named(doc)
        if held is None:
            return None
        start = bisect_left(self.keys, held.first)
        end = bisect_right(self.keys, held.last, start)
        return slice(start, end) if start < end else None

    def rows(self, doc: str) -> Rows:
        at = self.at(doc)
        if at is None or self._looked_up:
            return super().rows(doc)
        keys, (first, _, _, of, tokens) = self.keys[at], self._documents.around(self.keys[at.start])
        places = [key - first for key in keys]
        return Rows(keys, [of[place] for place in places], self.counts[at], [tokens[place] for place in places])

    def added(self, others: Sequence[Found]) -> Found:
        return Standing(together([(found.keys, found.counts) for found in (self, *others)]), self._documents)
