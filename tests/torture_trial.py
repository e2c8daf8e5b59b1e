"""One fault in one folder: what is stopped, how far it said to have come, and that nothing is lost."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tongwen.cli.boundary import run
from tongwen.errors import IndexFault
from tongwen.flow import engines, index, indexing, repair, verify
from tongwen.flow.verifying import Verdict
from tongwen.store import Store, keeper, states
from tongwen.store.schema import MIGRATIONS
from torture_ground import Ground, older, picture, stored

Prepare = Callable[[Path, random.Random], object]

OFTEN = 0.7  # of all runs commit after each file
PATIENCE = 20.0  # seconds in which workers see that they are left alone


@dataclass(frozen=True)
class Work:
    """A call of ``tongwen``, on an index of ``engine`` that ``prepare`` has made ready. ``whole``: it was sound."""

    engine: str
    name: str
    arguments: tuple[str, ...]
    state: str = "old"
    prepare: Prepare = lambda folder, chance: None
    whole: bool = True

    def __call__(self, folder: Path, jobs: int = 1) -> int:
        paths = [str(folder / "corpus"), "--jobs", str(jobs)] if self.arguments[0] == "index" else []
        return run([*self.arguments, *paths, "--index", str(folder / "index")])

    def __str__(self) -> str:
        return f"{self.engine}: {self.name}"


def flip(file: Path, chance: random.Random) -> Callable[[], None]:
    """Changes one byte; what is returned changes it back."""
    at, change = chance.randrange(file.stat().st_size), chance.randrange(1, 256)

    def change_it() -> None:
        with file.open("r+b") as opened:
            opened.seek(at)
            (byte,) = opened.read(1)
            opened.seek(at)
            opened.write(bytes([byte ^ change]))

    change_it()
    return change_it


def _of_an_earlier_version(folder: Path, chance: random.Random) -> None:
    older(folder / "index", chance.randrange(1, len(MIGRATIONS)))


def _with_a_byte_changed(folder: Path, chance: random.Random) -> None:
    flip(chance.choice(stored(folder / "index")), chance)


def works(engine: str) -> list[Work]:
    """All that writes to an index of that engine."""
    return [
        Work(engine, "index", ("index", "--engine", engine), "none"),
        Work(engine, "re-index", ("index",)),
        Work(engine, "prune", ("index", "--prune")),
        Work(engine, "full", ("index", "--full")),
        Work(engine, "migration", ("index",), prepare=_of_an_earlier_version),
        Work(engine, "repair", ("verify", "--repair"), prepare=_with_a_byte_changed, whole=False),
        *(Work(engine, f"to {name}", ("index", "--engine", name)) for name in engines.ENGINES if name != engine),
    ]


class Trial:
    """``folder`` has ``corpus`` and ``index``."""

    def __init__(self, here: Ground, folder: Path, chance: random.Random) -> None:
        self._here, self.folder, self._chance = here, folder, chance
        self.index = folder / "index"
        self._heard = b""

    def start(self, work: Work, prepare: Iterable[Callable[[], object]] = (), jobs: int = 1) -> int:
        """The id of the process that does it, which leads a group of its own."""
        often = self._chance.random() < OFTEN
        (self._told, told), (self._said, said) = os.pipe(), os.pipe()  # no files: the disk may be full
        child = os.fork()
        if child:
            os.setpgid(child, child)
            os.close(told)
            os.close(said)
            return child
        code = 99
        try:
            os.setpgid(0, 0)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._in_child(often, told, said)
            for step in prepare:
                step()
            code = work(self.folder, jobs)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _in_child(self, often: bool, told: int, said: int) -> None:
        sys.stderr, sys.stdout = os.fdopen(told, "w"), io.StringIO()
        indexing.CHECKPOINT = 0.0 if often else 60.0
        commit = keeper.Keeper.commit

        def committing(this: keeper.Keeper) -> None:
            commit(this)
            state = states.state(this.connection)
            os.write(said, b"%d\n" % (state.number if state else 0))

        keeper.Keeper.commit = committing  # type: ignore[method-assign]

    @property
    def commits(self) -> int:
        """How many the process has told of."""
        return self._heard.count(b"\n")

    def hear(self, commits: int) -> None:
        """Until the process has made so many, or has ended."""
        while self.commits < commits and (more := os.read(self._said, 4096)):
            self._heard += more

    def ended(self, child: int) -> tuple[int, float, str]:
        """Exit code, negative for a signal; seconds of CPU; and what was said on stderr."""
        _, status, used = os.wait4(child, 0)
        with os.fdopen(self._told, encoding="utf-8") as told, os.fdopen(self._said, "rb") as said:
            self._heard += said.read()
            self._last = int((self._heard.split() or [b"0"])[-1])
            return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, told.read()

    def nothing_is_lost(self, work: Work) -> Verdict | None:
        """After a fault and before anything else is done. None: there is no index, or an earlier version's."""
        last = self._last if work.whole else 0  # the last state that the process knew to be lasting
        try:
            verdict = verify(self.index)
            assert not (work.whole and verdict.faults), verdict.faults
            if not verdict.faults:
                self._here.is_of_one_time(picture(self.index), begun=work.whole and work.state != "none")
            with Store.read(self.index) as store:
                state = states.state(store.connection)
            assert (state.number if state else 0) >= last, f"state {last} was committed, there is {state}"
        except IndexFault as fault:
            assert fault.hint, fault
            assert not work.whole or not last or "earlier version" in fault.message, fault
            return None
        return verdict

    def is_mended(self) -> None:
        """The next run brings all up to date, and all is as in an index from scratch."""
        try:
            verdict = verify(self.index)
        except IndexFault:
            verdict = None
        if verdict and verdict.faults:
            repair(self.index, verdict)
        report = index([self.folder / "corpus"], self.index, jobs=1, prune=True)
        assert not report.failed, report.failed
        after = verify(self.index)
        assert (after.faults, after.stale, after.missing) == ([], [], []), after
        assert not [note for note in after.notes if "sqlite" not in note], after.notes
        assert picture(self.index) == self._here.after, "it is not what an index from scratch is"


@contextmanager
def trial(here: Ground, work: Work, seed: int) -> Iterator[tuple[Trial, random.Random]]:
    chance = random.Random(seed)
    folder = here.fresh(f"trial-{seed}", work.engine, work.state)
    try:
        work.prepare(folder, chance)
        yield Trial(here, folder, chance), chance
    finally:
        shutil.rmtree(folder)


def is_deserted(group: int) -> bool:
    """Whether no process of a group lives any more, at the latest after a while."""
    until = time.monotonic() + PATIENCE
    while _alive(group):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _alive(group: int) -> bool:
    """As the system tells it: what has ended and was not asked for yet counts no more."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of = file.read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state not in "ZX":
            return True
    return False
