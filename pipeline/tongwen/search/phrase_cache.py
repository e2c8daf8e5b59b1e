"""What was found of a phrase, for whoever asks again: the next page, another filter, or a word that many queries share.

A reader sees one state of the index, in which nothing changes, so what was found of it once stays true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tongwen.search.engine import Found, Term

MOST = 500_000  # passages of all phrases that are kept: some 40 MB


class PhraseCache:
    """``look_up``: finds a phrase in the index. What was not asked for the longest is forgotten first."""

    def __init__(self, look_up: Callable[[Sequence[Term]], Found], most: int = MOST) -> None:
        self._look_up, self._most = look_up, most
        self._found: dict[tuple[Term, ...], Found] = {}
        self._kept = 0

    def __call__(self, terms: Sequence[Term]) -> Found:
        row = tuple(terms)
        found = self._found.pop(row, None)
        if found is None:
            found = self._look_up(row)
            if _worth(found) > self._most:
                return found
            self._kept += _worth(found)
        self._found[row] = found
        while self._kept > self._most:
            self._kept -= _worth(self._found.pop(next(iter(self._found))))
        return found


def _worth(found: Found) -> int:
    """What is found nowhere is worth to be known too, and takes room."""
    return len(found.keys) + 1
