"""What a target is, and the laws that all share: nothing but the documented failures, soon, and the same again."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from tongwen.errors import TongwenError

LARGEST = 1 << 14
"""Bytes of an input: what grows too fast shows well below."""


class Broken(AssertionError):
    """A law does not hold."""


class TooSlow(BaseException):
    """An input took longer than its target allows. No handler of ordinary failures stops it."""


@dataclass(frozen=True, slots=True)
class Target:
    """``use`` gives bytes to a part of the project, raises ``Broken``, and returns what must be the same again.

    ``seeds``: inputs to begin with. ``words``: what is worth to be put in. ``seconds``: of processor time that an input
    may take. ``mends``: makes of bytes what passes the outermost check, so that it is worth a try.
    """

    name: str
    use: Callable[[bytes], Any]
    seeds: Callable[[], Iterable[bytes]]
    words: Callable[[], Iterable[str]] = tuple
    text: bool = True
    seconds: float = 10.0


def check(target: Target, data: bytes, again: bool = True) -> None:
    """``again``: whether it is done twice, to see that nothing but the input decides.

    :raises Broken, TooSlow: a law does not hold
    :raises Exception: whatever the part raised beside what it says that it raises
    """
    with bounded(target.seconds):
        outcome = _outcome(target, data)
        if again and _outcome(target, data) != outcome:
            raise Broken("the same input gives two results")


def _outcome(target: Target, data: bytes) -> Any:
    try:
        return target.use(data)
    except TongwenError as failure:
        if not failure.message.endswith((".", "?", "!", "…")) or "\n" in str(failure):
            raise Broken(f"a failure is not told in one sentence: {failure}") from failure
        return type(failure), str(failure)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raises ``TooSlow`` inside after this much processor time; what others do on the machine does not count."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlow(f"more than {seconds:g} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
