"""The embedded engine, on Whoosh-Reloaded 2.7.5: the only package that knows Whoosh.

Whoosh's segments, its table of contents and its ordered hash of terms are used as they are, through a codec of our own
(see ``codec``). Its writer is not: it deletes the last generation's files at each commit, and its postings are slow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tongwen.search.whoosh_engine import lean  # noqa: F401  first: it spares the imports below

# isort: split
from tongwen.search.engine import Home
from tongwen.search.whoosh_engine import generation as generations
from tongwen.search.whoosh_engine.reader import WhooshReader

if TYPE_CHECKING:
    from tongwen.search.whoosh_engine.writer import WhooshWriter


class WhooshIndex:
    """See ``engine.SearchIndex``. Writers are one at a time: the caller holds a lock."""

    @classmethod
    def writer(cls, home: Home, generation: str | None) -> WhooshWriter:
        from tongwen.search.whoosh_engine.writer import WhooshWriter  # noqa: PLC0415  a search needs none of it

        return WhooshWriter(home.folder, generation)

    @classmethod
    def reader(cls, home: Home, generation: str | None) -> WhooshReader:
        return WhooshReader(home.folder, generation)

    @classmethod
    def tidy(cls, home: Home, keep: str | None) -> None:
        generations.tidy(home.folder, keep)
