"""Several processes at once, and clocks that are wrong."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Sequence

from tongwen.flow import verify
from torture_ground import Ground, picture
from torture_trial import Trial, Work, trial


class Crowd:
    """Two writers and three readers in one index, at once; in part of the runs one writer changes the engine."""

    def __init__(self, here: Ground, works: Sequence[Work]) -> None:
        self._here, self._works = here, [work for work in works if work.whole and work.state == "old"]

    def __call__(self, seed: int) -> tuple[str, str]:
        first = self._works[seed % len(self._works)]
        same = [work for work in self._works if work.engine == first.engine and work.prepare == first.prepare]
        with trial(self._here, first, seed) as (tried, chance):
            readers = [_reader(self._here, tried) for _ in range(3)] if first.name != "migration" else []
            writers = []
            for work in (first, chance.choice(same)):
                writer = Trial(self._here, tried.folder, chance)
                writers.append((writer, writer.start(work)))
                time.sleep(chance.uniform(0, 0.5))
            ended = [writer.ended(child) for writer, child in writers]
            for reader in readers:
                os.kill(reader, signal.SIGTERM)
            read = [os.waitpid(reader, 0)[1] for reader in readers]
            codes = sorted(code for code, *_ in ended)
            assert codes in ([0, 0], [0, 1]), ended
            assert not any(read), "a reader has read what was not written"
            tried.is_mended()
        return f"{first.engine}: two writers, three readers", "one waits its turn" if 1 in codes else "both done"


def _reader(here: Ground, tried: Trial) -> int:
    """Reads everything again and again, until it is told to end."""
    child = os.fork()
    if child:
        return child
    code, ended = 1, []
    try:
        signal.signal(signal.SIGTERM, lambda *_: ended.append(1))
        while not ended:
            here.is_of_one_time(picture(tried.index))
            faults = verify(tried.index, quick=True).faults
            assert not faults, faults
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class Clock:
    """The texts are from the future, the clock goes back, and a text changes without its size and time."""

    def __init__(self, here: Ground, works: Sequence[Work]) -> None:
        self._here, self._works = here, [work for work in works if work.name == "re-index"]

    def __call__(self, seed: int) -> tuple[str, str]:
        work = self._works[seed % len(self._works)]
        with trial(self._here, work, seed) as (tried, chance):
            future = time.time_ns() + chance.randrange(10**18)
            for file in (tried.folder / "corpus").iterdir():
                os.utime(file, ns=(future, future))
            changed = tried.folder / "corpus" / "1.txt"
            text = changed.read_text("utf-8")
            changed.write_text(text.replace("罰", "罸"), "utf-8")
            os.utime(changed, ns=(future, future))
            assert tried.ended(tried.start(work))[0] == 0
            changed.write_text(text, "utf-8")
            os.utime(changed, ns=(future, future))
            back, now = chance.randrange(10**17), time.time_ns

            def turn() -> None:
                time.time_ns = lambda: now() - back

            again = Trial(self._here, tried.folder, chance)
            assert again.ended(again.start(work, [turn]))[0] == 0
            again.nothing_is_lost(work)
            again.is_mended()
        return f"{work.engine}: clock", "goes back"
