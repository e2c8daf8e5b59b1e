"""The runs of a document, one below the other, so that one pass finds those in which something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, compress

from tongwen.model import Passage, Text
from tongwen.terms.running import Running, key_of
from tongwen.terms.styles import signs


class Runs:
    """``keys``: those of all passages that have one; ``records``: the record of each; ``joined``: the keys, each on a
    line of its own, as no key has a line break.

    Most passages say nothing that is looked for: a run is made when it is asked for, and kept.
    """

    def __init__(self, passages: Sequence[Passage], text: Text) -> None:
        keys = [key_of(passage, text) for passage in passages]
        self._passages = [*compress(passages, keys)]
        self._text = text
        self._made: dict[int, Running] = {}
        self._numbers: dict[int, int] = {}
        self.keys: Sequence[str] = [*filter(None, keys)]
        self.records: Sequence[str] = [passage.record for passage in self._passages]
        self.joined = "\n".join(self.keys)

    def __getitem__(self, at: int) -> Running:
        if at not in self._made:
            passage = self._passages[at]
            self._made[at] = run = Running(passage.record, self.keys[at], passage.pieces, self._text)
            self._numbers[id(run)] = at
        return self._made[at]

    def __len__(self) -> int:
        return len(self.keys)

    def number(self, run: Running) -> int:
        return self._numbers[id(run)]

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where each key begins, and behind the last one where another would."""
        return [*accumulate([len(key) + 1 for key in self.keys], initial=0)]

    def having(self, sign: re.Pattern[str]) -> Sequence[int]:
        """The numbers of the runs in which ``sign``, one of ``signs``, stands, in order."""
        return [at for at in self._signed if sign.search(self.keys[at])]

    @cached_property
    def _signed(self) -> Sequence[int]:
        """The runs in which any of the signs stands, found in one pass; some that another run follows may have none.

        Signs must ask for characters alone, never look ahead or behind: what they see does not end with the run.
        """
        out, found = [], signs().search(self.joined)
        while found:
            out.append(bisect_right(self._starts, found.start()) - 1)
            found = signs().search(self.joined, self._starts[out[-1] + 1])
        return out
