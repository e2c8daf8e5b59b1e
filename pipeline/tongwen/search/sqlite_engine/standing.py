"""What FTS5 found, with what is known of the passages beside their grams: looked up where it is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from tongwen.search.engine import Counted, Found, Rows, together
from tongwen.search.sqlite_engine.held import Documents

LOOKED_UP = frozenset({"docs", "records", "lengths"})
SEVERAL = 4  # passages of a document: whoever has asked for so many documents would have been quicker to ask for all


class Standing(Found):
    """The keys of a document lie side by side, so that it is found among them by its first and its last.

    ``docs``, ``records`` and ``lengths`` are there when the first of them is asked for.
    """

    def __init__(self, counted: Counted, documents: Documents) -> None:
        self.keys, self.counts = counted
        self._documents, self._looked_up, self._asked = documents, False, 0

    def __getattr__(self, name: str) -> Any:
        if name not in LOOKED_UP:
            raise AttributeError(name)
        self._look_up()
        return self.__dict__[name]

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
        self.docs, self.records, self.lengths, self._looked_up = docs, records, lengths, True

    def at(self, doc: str) -> slice | None:
        if self._looked_up:
            return self.docs.get(doc)
        self._asked += 1
        if self._asked * SEVERAL > len(self.keys):
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
        if all(vars(found).keys() >= LOOKED_UP for found in (self, *others)):
            return super().added(others)
        return Standing(together([(found.keys, found.counts) for found in (self, *others)]), self._documents)
