"""What a long call shows of its progress."""

from __future__ import annotations

import sys
from time import monotonic


class Meter:
    """One line that counts, on a terminal alone: how far, how fast, how long still.

    Where the share of the work is told, the time left follows it and not the number of files, which differ in size.
    What is done in one call after the other, as filling an index and then reading, is timed apart.
    """

    PAUSE = 0.1  # seconds between two looks at the clock that are shown

    def __init__(self, shown: bool, what: str = "files") -> None:
        self._shown, self._what, self._began, self._last = shown, what, monotonic(), 0.0
        self._done = self._total = 0

    def __call__(self, done: int, total: int, share: float | None = None) -> None:
        now = monotonic()
        if self._total and (done < self._done or total != self._total):
            self._began = now
        self._done, self._total = done, total
        if self._shown and (now - self._last > self.PAUSE or done == total):
            self._last = now
            self._show(self._line(max(now - self._began, 1e-3), done / total if share is None else share))

    def _line(self, seconds: float, share: float) -> str:
        left = seconds / share - seconds if share else 0.0
        rate = self._done / seconds
        return f"{self._done} of {self._total} {self._what}, {share:.0%}, {rate:.0f} a second, {_clock(left)} left"

    def clear(self) -> None:
        if self._shown:
            self._show("")

    def _show(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
