"""Counts what a file cannot hold, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sized


class Losses:
    """Sentences in the order in which their first case was met."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, what: str, cases: int | Sized = 1) -> None:
        """``what`` is a clause without a full stop; no case is no loss."""
        number = cases if isinstance(cases, int) else len(cases)
        if number:
            self._counts[what] += number

    def sentences(self) -> tuple[str, ...]:
        return tuple(f"{what}: {number}." for what, number in self._counts.items())
