"""The glossary as a query sees it: what the termbases say now, and what the texts that name a thing say of its names.

Only what the query names is read: the rows of its concepts, and the records of definitions and short forms that stand
under their names. From these the concepts come as ``glossary`` makes them from everything, so that their ids are the
same.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tongwen import lexicon
from tongwen.errors import UnreadableFile
from tongwen.exchange.place import TERMS
from tongwen.flow.places import beside
from tongwen.flow.termbases import termbases
from tongwen.glossary.naming import name_key
from tongwen.search.thesaurus import Entry
from tongwen.store import Reader

if TYPE_CHECKING:
    from tongwen.concept import Concept
    from tongwen.store.kept_terms import KeptTerms, TermRow

REVISION = "1"  # of how keys are made; changed with it, or what was kept would stay
SETTLED = 2 * 10**9  # nanoseconds: what was written later may be written again without its time showing it
LONGEST = 100  # characters of a name: what is longer is a sentence


class LibraryThesaurus:
    """``folder`` is the index's, ``places`` the termbases in place of the library's own.

    ``faults``: what could not be read, one sentence each; known once something was asked for.
    """

    def __init__(self, store: Reader, folder: Path, places: Sequence[Path] = ()) -> None:
        self._store, self._folder = store, folder
        self._places = [*places] or termbases(store)
        self.faults: tuple[str, ...] = ()

    def entries(self, texts: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        keys = {text: name_key(text) for text in texts}
        wanted = {key for key in keys.values() if 0 < len(key) <= LONGEST}
        concepts = self._kept(wanted) if self._places else self._concepts(wanted, ())
        if not concepts:
            return {text: [] for text in texts}
        from tongwen.flow import entries  # noqa: PLC0415  likewise

        return {text: entries.of(concepts, key) for text, key in keys.items()}

    def _kept(self, keys: Collection[str]) -> tuple[Concept, ...]:
        from tongwen.store.derived import derived  # noqa: PLC0415  few libraries have a termbase
        from tongwen.store.kept_terms import NAME  # noqa: PLC0415

        return derived(beside(self._folder) / NAME, lambda file: self._read(keys, file))

    def _read(self, keys: Collection[str], file: str) -> tuple[Concept, ...]:
        with ExitStack() as stack:
            return self._concepts(keys, [book for place in self._places if (book := self._book(place, file, stack))])

    def _concepts(self, keys: Collection[str], books: Sequence[KeptTerms]) -> tuple[Concept, ...]:
        if not any(book.named(keys) for book in books) and not any(map(self._store.named, keys)):
            return ()
        from tongwen.flow import entries  # noqa: PLC0415  most of what is asked is no name of the glossary

        return entries.concepts(keys, books, self._store)

    def _book(self, place: Path, file: str, stack: ExitStack) -> KeptTerms | None:
        """The rows of a termbase as it is now; None of one that cannot be read."""
        from tongwen.store.kept_terms import kept_terms  # noqa: PLC0415  as above

        try:
            stamp, lasting = _stamp(place / TERMS)
            book = stack.enter_context(kept_terms(file, place))
            if book.stamp != stamp:
                book.fill(stamp if lasting else "", _rows(place))
            return book
        except UnreadableFile as fault:
            self._tell(str(fault))
        except OSError as fault:
            self._tell(f"{place} cannot be read: {fault.strerror}.")
        return None

    def _tell(self, fault: str) -> None:
        self.faults = tuple(dict.fromkeys((*self.faults, fault)))


def _rows(place: Path) -> Iterator[TermRow]:
    from tongwen.exchange.folder import read_terms  # noqa: PLC0415  a termbase is read when it has changed
    from tongwen.store.kept_terms import TermRow  # noqa: PLC0415

    for concept in read_terms(place).concepts:
        for t in concept.terms:
            yield TermRow(name_key(t.text), concept.id, t.language, t.text, t.status, t.type, t.scope)


def _stamp(file: Path) -> tuple[str, bool]:
    """A name for a file's state and the key's, and whether no later change can have the same."""
    states = [file.stat(), (lexicon.FOLDER / "fold_pairs.tsv").stat()]
    settled = time.time_ns() - states[0].st_mtime_ns > SETTLED
    return " ".join([REVISION, *(f"{state.st_size} {state.st_mtime_ns}" for state in states)]), settled
