"""Which note a number marks where numbers are used again: both stand in the same order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Binder:
    """``notes`` are the places and the numbers of all notes, in order; markers are to be asked for in order."""

    notes: Sequence[tuple[int, str]]
    next: int = 0
    bound: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, (_, number) in enumerate(self.notes):
            self.places.setdefault(number, []).append(index)

    def bind(self, place: int, number: str) -> int | None:
        """The index of the note behind ``place``: the next one, if it has the number; else the one that had it last,
        else the nearest that has it; None where there is none."""
        if self.next < len(self.notes) and self.notes[self.next][1] == number and self.notes[self.next][0] > place:
            return self._take(self.next)
        if number in self.bound and self.notes[self.bound[number]][0] > place:
            return self.bound[number]
        return self._search(place, number)

    def _search(self, place: int, number: str) -> int | None:
        alike = self.places.get(number, [])
        at = bisect_left(alike, max(self.next, bisect_right(self.notes, place, key=lambda note: note[0])))
        return self._take(alike[at]) if at < len(alike) else self.bound.get(number)

    def _take(self, at: int) -> int:
        self.bound[self.notes[at][1]] = at
        self.next = at + 1
        return at
