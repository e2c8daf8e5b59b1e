"""Rows of terms → passages, and passages → their text; each is asked for once in a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from tongwen.nesting import Nesting
from tongwen.search.engine import Found
from tongwen.search.highlight import Reading
from tongwen.search.library import Library
from tongwen.search.plan import Stage, Wanted

# Spellings are counted in so many passages, of so many documents: more would cost more than the search.
SAMPLE, DOCUMENTS = 200, 20


class Finding:
    """``exact_script``: passages count only where they are written as it was typed."""

    def __init__(self, library: Library, exact_script: bool) -> None:
        self._store, self._engine, self._exact = library.store, library.engine, exact_script
        self._found: dict[Wanted, Found] = {}

    def nesting(self, doc: str) -> Nesting:
        return self._store.nesting(doc)

    def find(self, wanted: Wanted) -> Found:
        if wanted not in self._found:
            found = self._engine.phrase(wanted.row)
            self._found[wanted] = self._as_typed(wanted, found) if self._exact else found
        return self._found[wanted]

    def _as_typed(self, wanted: Wanted, found: Found) -> Found:
        """Only what is written in the very glyphs of ``wanted``."""
        typed = "".join(wanted.typed.split())
        verified = {}
        for doc, counts in found.items():
            spelt = self._spelt(wanted, doc, counts)
            kept = {key: counter[typed] for key, counter in zip(counts, spelt, strict=True) if counter[typed]}
            if kept:
                verified[doc] = kept
        return verified

    def _spelt(self, wanted: Wanted, doc: str, keys: Iterable[int]) -> list[Counter[str]]:
        readings = self.readings(doc, keys)
        return [Counter(reading.spelling(place) for place in reading.places(wanted.row)) for reading in readings]

    def readings(self, doc: str, keys: Iterable[int]) -> list[Reading]:
        return [Reading.of(doc, placed.pieces, self._store.cut) for placed in self._store.passages(keys)]

    def spellings(self, stages: Sequence[Stage], docs: Iterable[str]) -> tuple[dict[str, int], bool]:
        """How often each writing of what was typed stands in ``docs``; and whether only the first were looked at."""
        total: Counter[str] = Counter()
        sampled = False
        asked = dict.fromkeys(w for stage in stages if stage.as_typed for w in stage.wanted)
        for wanted in asked:
            found, left = self.find(wanted), SAMPLE
            holding = [doc for doc in docs if doc in found]
            for doc in holding[:DOCUMENTS]:
                for spelt in self._spelt(wanted, doc, islice(found[doc], left)):
                    total.update(spelt)
                left = max(0, left - len(found[doc]))
            sampled |= len(holding) > DOCUMENTS or sum(len(found[doc]) for doc in holding) > SAMPLE
        typed = {wanted.typed for wanted in asked}
        return dict(sorted(total.items(), key=lambda one: (-one[1], one[0] not in typed, one[0]))), sampled
