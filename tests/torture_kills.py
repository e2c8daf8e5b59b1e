"""Runs that are killed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from torture_ground import Ground
from torture_trial import Trial, Work, is_deserted, trial

HALF = 0.5
INSIDE, MAIN, GROUP = MANNERS = ("from inside", "of the main process", "of all processes")
SOON = 0.03  # seconds after a commit in which what follows it is done


class Length(NamedTuple):
    """Of a run that nothing befalls: seconds of CPU, seconds, commits."""

    cpu: float
    wall: float
    commits: int


class Kills:
    """In three manners: after so much CPU time, by a signal that nothing catches, which is the same point again for the
    same seed; by SIGKILL to the main process, some of whose workers may be at work; by SIGKILL to all of them."""

    def __init__(self, here: Ground, works: Sequence[Work]) -> None:
        self._here, self._works = here, works
        self._lengths: dict[tuple[Work, int], Length] = {}

    def __call__(self, seed: int) -> tuple[str, str]:
        work, row = self._works[seed % len(self._works)], seed // len(self._works)
        manner = MANNERS[row % len(MANNERS)]
        jobs = {INSIDE: 1, MAIN: 1 + row // len(MANNERS) % 2, GROUP: 2}[manner]
        length = self._length(work, jobs)
        with trial(self._here, work, seed) as (tried, chance):
            timer = partial(signal.setitimer, signal.ITIMER_PROF, chance.uniform(0.001, length.cpu))
            child = tried.start(work, [timer] if manner == INSIDE else [], jobs)
            if manner != INSIDE:
                _kill(tried, child, length, chance, os.kill if manner == MAIN else os.killpg)
            code, _, told = tried.ended(child)
            assert is_deserted(child), "workers have outlived it"
            assert code in {0, 3, -signal.SIGPROF, -signal.SIGKILL} or not work.whole, (code, told)
            tried.nothing_is_lost(work)
            tried.is_mended()
        return f"{work}, kill {manner}", "killed" if code < 0 else "was done before"

    def _length(self, work: Work, jobs: int) -> Length:
        if (work, jobs) not in self._lengths:
            with trial(self._here, work, 1) as (tried, _):
                began = time.monotonic()
                _, cpu, _ = tried.ended(tried.start(work, jobs=jobs))
                self._lengths[work, jobs] = Length(cpu, time.monotonic() - began, tried.commits)
        return self._lengths[work, jobs]


def _kill(tried: Trial, child: int, length: Length, chance: random.Random, send: Callable[[int, int], None]) -> None:
    """At any time of it, or soon after one of its commits."""
    if chance.random() < HALF and length.commits:
        tried.hear(chance.randint(1, length.commits))
        time.sleep(chance.uniform(0, SOON))
    else:
        time.sleep(chance.uniform(0, length.wall))
    send(child, signal.SIGKILL)
