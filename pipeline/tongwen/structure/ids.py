"""Ids of records: each once in its document."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Ids:
    taken: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def unique(self, wanted: str) -> str:
        """``wanted``; one that occurs again (a number printed twice) gets ``~2``, ``~3``, …"""
        n = self.taken[wanted] = self.taken.get(wanted, 0) + 1
        return wanted if n == 1 else self.unique(f"{wanted}~{n}")

    def next(self, kind: str) -> str:
        """``p_1``, ``p_2``, …: what has no number of its own is counted in reading order."""
        return f"{kind}_{self._count(kind)}"

    def numbered(self, kind: str, number: str | None) -> str:
        """``table_4`` for table 4; ``table_n1``, ``table_n2``, … for those without a number."""
        return self.unique(f"{kind}_{number}" if number else f"{kind}_n{self._count(f'{kind}_n')}")

    def _count(self, kind: str) -> int:
        n = self.counts[kind] = self.counts.get(kind, 0) + 1
        return n
