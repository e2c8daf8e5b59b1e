"""Ctrl-C and SIGTERM as a wish that is granted between two files; a second one is obeyed at once.

``KeyboardInterrupt`` is what obeys it, with the number of the signal.

Before the first file is read there is nothing to keep, and the first one is obeyed at once too.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol


class Progress(Protocol):
    """Told how many are done, of how many; and which share of the work that is, where they are not all alike."""

    def __call__(self, done: int, total: int, share: float | None = None) -> None: ...


SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """``signal`` is the number of the one that has come, 0 until then; ``patient``: it is taken as a wish."""

    def __init__(self) -> None:
        self.signal = 0
        self.patient = False

    def wished(self) -> bool:
        return bool(self.signal)

    def watching(self, progress: Progress) -> Callable[[int, int], None]:
        """``progress`` of something that cannot end halfway: it is given up as soon as a stop is wished."""

        def watched(done: int, total: int) -> None:
            if self.signal:
                raise KeyboardInterrupt(self.signal)
            progress(done, total)

        return watched

    def __call__(self, number: int, frame: FrameType | None) -> None:
        before, self.signal = self.signal, number
        if before or not self.patient:
            raise KeyboardInterrupt(number)


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Only the main thread can hear signals; elsewhere nothing is changed."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
