"""What a long call shows of its progress."""

from __future__ import annotations

import sys
from time import monotonic


class Meter:
    """One line that counts, on a terminal alone: how far, how fast, how long still."""

    PAUSE = 0.1  # seconds between two looks at the clock that are shown

    def __init__(self, shown: bool, what: str = "files") -> None:
        self._shown, self._what, self._began, self._last = shown, what, monotonic(), 0.0

    def __call__(self, done: int, total: int) -> None:
        now = monotonic()
        if self._shown and (now - self._last > self.PAUSE or done == total):
            self._last = now
            rate = done / max(now - self._began, 1e-3)
            left = (total - done) / rate
            self._show(f"{done} of {total} {self._what}, {rate:.0f} a second, {_clock(left)} left")

    def clear(self) -> None:
        if self._shown:
            self._show("")

    def _show(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
