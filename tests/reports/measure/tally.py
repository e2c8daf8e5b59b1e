"""How many were right, of how many found and how many to find, and which were not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Tally:
    """``expected`` and ``found`` are counted apart from ``right`` so that a doubled record costs precision."""

    expected: int = 0
    found: int = 0
    right: int = 0
    missed: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.expected + other.expected,
            self.found + other.found,
            self.right + other.right,
            self.missed + other.missed,
            self.besides + other.besides,
        )

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    def short(self) -> str:
        return f"{self.precision:.2f}/{self.recall:.2f}"

    def figures(self) -> dict[str, float]:
        return {
            "expected": self.expected,
            "found": self.found,
            "right": self.right,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
        }

    def named(self, file: str) -> Tally:
        return replace(
            self,
            missed=tuple(f"{file}: {row}" for row in self.missed),
            besides=tuple(f"{file}: {row}" for row in self.besides),
        )


def tally(expected: Iterable[Hashable], found: Iterable[Hashable]) -> Tally:
    """Records that must be equal, each as often as it occurs."""
    want, have = Counter(expected), Counter(found)
    missed = tuple(str(row)[:160] for row in (want - have).elements())
    besides = tuple(str(row)[:160] for row in (have - want).elements())
    return Tally(want.total(), have.total(), (want & have).total(), missed, besides)
