"""Rows of terms → passages, and passages → their text; each is asked for once in a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice
from re import Pattern

from tongwen.model import Span
from tongwen.nesting import Nesting
from tongwen.search import grams
from tongwen.search.acronyms import in_capitals
from tongwen.search.engine import Found, Rows
from tongwen.search.highlight import Reading, pattern
from tongwen.search.library import Library
from tongwen.search.plan import Meaning, Stage, Wanted

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
        known = self._found.get(wanted)
        if known is None:
            known = self._meant(wanted, self._engine.phrase(wanted.row))
            known = self._as_written(wanted, known) if self._verifies(wanted) else known
            self._found[wanted] = known
        return known

    def _meant(self, wanted: Wanted, found: Found) -> Found:
        """Of a name of the glossary, what stands in documents in which it is one."""
        if not wanted.meanings or any(meaning.docs is None for meaning in wanted.meanings):
            return found
        return found.within(lambda doc: bool(self.entries(wanted, doc)))

    def entries(self, wanted: Wanted, doc: str) -> list[str]:
        """The glossary's entries that a row is a name of in a document."""
        return [meaning.entry for meaning in wanted.meanings if self._holds(meaning, doc)]

    def _holds(self, meaning: Meaning, doc: str) -> bool:
        known = meaning.docs is None or doc in meaning.docs
        return known or any(self.find(name).at(doc) for name in meaning.beside)

    def _verifies(self, wanted: Wanted) -> bool:
        return self._exact or bool(wanted.capitals)

    def _as_written(self, wanted: Wanted, found: Found) -> Found:
        """Only what is written as it must be."""
        written = ((doc, self._written(wanted, doc, found.rows(doc))) for doc in found.docs)
        return Found.by((doc, rows) for doc, rows in written if rows.keys)

    def _written(self, wanted: Wanted, doc: str, rows: Rows) -> Rows:
        times = [sum(1 for _ in self.places(wanted, reading)) for reading in self.readings(doc, rows.keys)]
        keys, records, _, lengths = (list(compress(column, times)) for column in rows)
        return Rows(keys, records, list(filter(None, times)), lengths)

    def places(self, wanted: Wanted, reading: Reading) -> Iterator[Span]:
        """Where it stands in a passage, as spans of its text: in the glyphs that were typed, or in capitals."""
        if not in_capitals(wanted.capitals, reading.text):
            return iter(())
        places = reading.places(wanted.row)
        if not self._verifies(wanted):
            return places
        return (place for place in places if self._is_written(wanted, reading.spelling(place)))

    def _is_written(self, wanted: Wanted, spelling: str) -> bool:
        if self._exact:
            return spelling == grams.unwrapped(wanted.typed)
        return in_capitals(wanted.capitals, spelling)

    def marks(self, doc: str, readings: Sequence[Reading], wanted: Iterable[Wanted]) -> list[Span]:
        """Every occurrence of what counts in a document, in its offsets."""
        counting = [one for one in wanted if not one.meanings or self.find(one).at(doc)]
        rows = tuple(one.row for one in counting if not one.capitals)
        acronyms = [one for one in counting if one.capitals]
        plain = pattern(rows) if rows else None
        return [mark for reading in readings for mark in reading.merged(self._marked(plain, acronyms, reading))]

    def _marked(self, rows: Pattern[str] | None, acronyms: Iterable[Wanted], reading: Reading) -> list[Span]:
        places = list(reading.sought(rows)) if rows else []
        for one in acronyms:
            places += self.places(one, reading)
        return places

    def _spelt(self, wanted: Wanted, doc: str, keys: Iterable[int]) -> list[Counter[str]]:
        readings = self.readings(doc, keys)
        places = self.places if wanted.capitals else _all
        return [Counter(reading.spelling(place) for place in places(wanted, reading)) for reading in readings]

    def readings(self, doc: str, keys: Iterable[int]) -> list[Reading]:
        return [Reading.of(doc, pieces, self._store.cut) for pieces in self._store.stretches(keys).values()]

    def spellings(self, stages: Sequence[Stage], hits: Mapping[str, Collection[int]]) -> tuple[dict[str, int], bool]:
        """How often each writing of what was typed stands in the hits; and whether only the first were looked at.

        ``hits``: the records that were found in each document.
        """
        total: Counter[str] = Counter()
        asked = dict.fromkeys(w for stage in stages if stage.as_typed for w in stage.wanted if not _quoted(w))
        sampled = False
        for wanted in asked:
            counted, partly = self._counted(wanted, hits)
            total.update(counted)
            sampled |= partly
        typed = {grams.unwrapped(wanted.typed) for wanted in asked}
        return dict(sorted(total.items(), key=lambda one: (-one[1], one[0] not in typed, one[0]))), sampled

    def _counted(self, wanted: Wanted, hits: Mapping[str, Collection[int]]) -> tuple[Counter[str], bool]:
        found, left, total = self.find(wanted), SAMPLE, Counter[str]()
        docs = sorted(hits.keys() & found.docs.keys())
        for doc in docs[:DOCUMENTS]:
            nesting = self.nesting(doc)
            inside = (k for k in found.of(doc) if any(r in hits[doc] for r in nesting.upwards(nesting.owner(k))))
            keys = list(islice(inside, left))
            for spelt in self._spelt(wanted, doc, keys):
                total.update(spelt)
            left -= len(keys)
        return total, left == 0 or len(docs) > DOCUMENTS


def _all(wanted: Wanted, reading: Reading) -> Iterator[Span]:
    return reading.places(wanted.row)


def _quoted(wanted: Wanted) -> bool:
    """Whether it is the typed phrase with its quotation marks: the phrase itself is counted."""
    return wanted.typed[:1] in set('"“「『') and wanted.typed[-1:] in set('"”」』')
