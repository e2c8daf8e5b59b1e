"""One fault in one folder: what is stopped, how far it said to have come, and that nothing is lost."""

from __future__ import annotations

import io
import os
import random
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tongwen.cli.boundary import run
from tongwen.errors import IndexFault
from tongwen.flow import engines, index, indexing, repair, verify
from tongwen.flow.verifying import Verdict
from tongwen.store import Store, keeper, states
from torture_ground import Ground, older, picture, stored

Prepare = Callable[[Path, random.Random], object]


@dataclass(frozen=True)
class Work:
    """A call of ``tongwen``, on an index that ``prepare`` has made ready. ``whole``: which was sound before."""

    name: str
    arguments: tuple[str, ...]
    state: str = "old"
    prepare: Prepare = lambda folder, chance: None
    whole: bool = True

    def __call__(self, folder: Path) -> int:
        paths = [str(folder / "corpus"), "--jobs", "1"] if self.arguments[0] == "index" else []
        return run([*self.arguments, *paths, "--index", str(folder / "index")])


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


WORKS = [
    Work("index", ("index",), "none"),
    Work("re-index", ("index",)),
    Work("prune", ("index", "--prune")),
    Work("full", ("index", "--full")),
    Work("migration", ("index",), prepare=lambda folder, chance: older(folder / "index", chance.randint(1, 3))),
    Work(
        "repair",
        ("verify", "--repair"),
        prepare=lambda folder, chance: flip(chance.choice(stored(folder / "index")), chance),
        whole=False,
    ),
    *(Work(f"to {name}", ("index", "--engine", name)) for name in engines.ENGINES if name != engines.DEFAULT),
]


class Trial:
    """``folder`` has ``corpus`` and ``index``."""

    def __init__(self, here: Ground, folder: Path, chance: random.Random) -> None:
        self._here, self.folder, self._chance = here, folder, chance
        self.index = folder / "index"

    def start(self, work: Work, prepare: Iterable[Callable[[], object]] = ()) -> int:
        """The id of the process that does it."""
        often = self._chance.random() < 0.7
        (self._told, told), (self._said, said) = os.pipe(), os.pipe()  # no files: the disk may be full
        child = os.fork()
        if child:
            os.close(told)
            os.close(said)
            return child
        code = 99
        try:
            self._in_child(often, told, said)
            for step in prepare:
                step()
            code = work(self.folder)
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

    def ended(self, child: int) -> tuple[int, float, str]:
        """Exit code, negative for a signal; seconds of CPU; and what was said on stderr."""
        _, status, used = os.wait4(child, 0)
        with os.fdopen(self._told, encoding="utf-8") as told, os.fdopen(self._said) as said:
            self._last = int((said.read().split() or ["0"])[-1])
            return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, told.read()

    def nothing_is_lost(self, work: Work) -> Verdict | None:
        """After a fault and before anything else is done. None: there is no index, or an earlier version's."""
        last = self._last if work.whole else 0  # the last state that the process knew to be lasting
        try:
            verdict = verify(self.index)
            assert not (work.whole and verdict.faults), verdict.faults
            if not verdict.faults:
                picture(self.index)
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
