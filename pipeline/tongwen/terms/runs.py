"""The runs of a document, one below the other, so that one pass finds those in which something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import overload

from tongwen.terms.running import Running


class Runs(Sequence[Running]):
    """``joined``: their keys, each on a line of its own; no key has a line break."""

    def __init__(self, runs: Sequence[Running]) -> None:
        self._runs = runs
        self.joined = "\n".join([run.key for run in runs])

    @overload
    def __getitem__(self, at: int) -> Running: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Running]: ...
    def __getitem__(self, at: int | slice) -> Running | Sequence[Running]:
        return self._runs[at]

    def __iter__(self) -> Iterator[Running]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where each key begins, and behind the last one where another would."""
        return [*accumulate((len(run.key) + 1 for run in self._runs), initial=0)]

    def having(self, sign: re.Pattern[str]) -> Iterator[int]:
        """The numbers of the runs in which ``sign`` stands, in order.

        It must ask for characters alone, never look ahead or behind: what it sees does not end with the run.
        """
        found = sign.search(self.joined)
        while found:
            at = bisect_right(self._starts, found.start()) - 1
            if found.end() < self._starts[at + 1] or sign.search(self._runs[at].key):
                yield at
            found = sign.search(self.joined, self._starts[at + 1])
