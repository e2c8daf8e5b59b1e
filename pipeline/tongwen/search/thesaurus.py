"""What a search needs to know of a glossary: the other names of what a text names. ``flow`` gives it one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol


class Name(NamedTuple):
    """``docs``: the documents in which it names the entry; None: all.

    ``beside``: it does so too in every document in which one of the entry's names stands that does so everywhere.
    """

    text: str
    docs: frozenset[str] | None = None
    beside: bool = False


class Entry(NamedTuple):
    """``names``: all that are approved, the one that was asked for among them where it is."""

    id: str
    names: tuple[Name, ...]


class Thesaurus(Protocol):
    def entries(self, texts: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        """The entries that each of ``texts`` names; texts that name none may be left out."""
        ...
