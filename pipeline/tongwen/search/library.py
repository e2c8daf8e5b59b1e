"""What a search needs to know of the records: the store satisfies it, and so does a dictionary in a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tongwen.model import Record, Span
from tongwen.nesting import Nesting
from tongwen.search.engine import Reader


class Placed(Protocol):
    """A passage where it stands."""

    @property
    def key(self) -> int: ...
    @property
    def record(self) -> str: ...
    @property
    def pieces(self) -> tuple[Span, ...]: ...


class Records(Protocol):
    def nesting(self, doc: str) -> Nesting: ...
    def passages(self, keys: Iterable[int]) -> Sequence[Placed]:
        """In the order of ``keys``."""
        ...

    def stretches(self, keys: Iterable[int]) -> Mapping[int, tuple[Span, ...]]:
        """The pieces of passages, in the order of ``keys``."""
        ...

    def heads(self, places: Sequence[tuple[str, int]]) -> Sequence[Record]:
        """Records by document and number in its nesting; of their fields a table's, and the page."""
        ...

    def title(self, doc: str) -> str: ...
    def titles(self) -> Iterable[tuple[str, str]]:
        """Every document's id and title."""
        ...

    def seq(self, doc: str, record: str) -> int | None:
        """The record's number in the document's nesting; None where there is no such document or record."""
        ...

    def labels(self, doc: str, seq: int) -> Iterable[tuple[int, str]]:
        """The record with this number and those inside it, with their labels, in reading order."""
        ...

    def defining(self, keys: Sequence[str]) -> Iterable[tuple[str, int]]:
        """Document and number of each record in which a term is defined that is known by one of ``keys``."""
        ...

    def cut(self, doc: str, span: Span) -> str: ...


class Library(Protocol):
    """Records and an engine that see the same snapshot."""

    @property
    def store(self) -> Records: ...
    @property
    def engine(self) -> Reader: ...
    @property
    def words(self) -> tuple[str, ...]:
        """Of the library's own, as keys: a query is not taken apart in them."""
        ...
