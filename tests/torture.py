"""Faults at random points, and after each of them that nothing is lost: see docs/durability.md.

    scripts/torture --kills 100 --disk 40 --flips 500 --seed 7

prints how many there were and what each did; exit code 1 where anything was lost, with the seed of the first failure.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tongwen.errors import IndexFault, TongwenError
from tongwen.flow import repair, verify
from tongwen.store import NAME, pages
from torture_ground import Ground, ground, picture, stored
from torture_trial import WORKS, Trial, Work, flip

HALF = 0.5
MENDED = 20  # every so many flips, the index is mended too, which takes longer than to find them
DISKS = ("no file grows", "small disk", "read-only")
Counts = Counter[tuple[str, str]]


@contextmanager
def trial(here: Ground, work: Work, seed: int) -> Iterator[tuple[Trial, random.Random]]:
    chance = random.Random(seed)
    folder = here.fresh(f"trial-{seed}", work.state)
    try:
        work.prepare(folder, chance)
        yield Trial(here, folder, chance), chance
    finally:
        shutil.rmtree(folder)


# -- kills


class Kills:
    """SIGPROF, which nothing catches, comes after so much CPU time: the same point again for the same seed."""

    def __init__(self, here: Ground) -> None:
        self._here = here
        self._lasts: dict[str, float] = {}

    def __call__(self, seed: int) -> tuple[str, str]:
        work = WORKS[seed % len(WORKS)]
        lasts = self._lasts.get(work.name) or self._time(work)
        with trial(self._here, work, seed) as (tried, chance):
            after = chance.uniform(0.001, lasts)
            stop = partial(signal.setitimer, signal.ITIMER_PROF, after)
            code, _, told = tried.ended(tried.start(work, [stop]))
            assert code in {0, 3, -signal.SIGPROF} or not work.whole, (code, told)
            tried.nothing_is_lost(work)
            tried.is_mended()
        return f"kill during {work.name}", "killed" if code < 0 else "was done before"

    def _time(self, work: Work) -> float:
        with trial(self._here, work, 1) as (tried, _):
            _, self._lasts[work.name], _ = tried.ended(tried.start(work))
        return self._lasts[work.name]


# -- disks


def no_file_grows(largest: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))


def becomes_read_only(folder: Path, after: int) -> None:
    """From the so-manieth file on that is opened below ``folder`` nothing can be written there."""
    left = [after]

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        path = arguments[0] if arguments and event in {"open", "os.rename", "os.remove", "os.mkdir"} else None
        if not isinstance(path, str | os.PathLike) or not Path(path).is_relative_to(folder):
            return
        left[0] -= 1
        if left[0] == 0:
            no_file_grows(0)
        flags = arguments[2] if event == "open" and isinstance(arguments[2], int) else os.O_WRONLY
        if left[0] <= 0 and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, "Read-only file system", str(path))

    sys.addaudithook(heard)


@contextmanager
def small_disk(place: Path, room: int) -> Iterator[Callable[[], None]]:
    """A disk of so many bytes; what is given makes it large. Raises ``PermissionError`` where that is not allowed."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise PermissionError("only root can mount a small disk")
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=1g", str(place)], check=True) and None
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


class Disks:
    def __init__(self, here: Ground) -> None:
        self._here = here
        self._works = [work for work in WORKS if work.whole]

    def __call__(self, seed: int) -> tuple[str, str]:
        kind, work = DISKS[seed % len(DISKS)], self._works[seed // len(DISKS) % len(self._works)]
        if kind == "small disk":
            return kind, self._small(work, seed)
        with trial(self._here, work, seed) as (tried, chance):
            fault = self._growing(chance) if kind == DISKS[0] else self._read_only(tried, chance)
            effect = self._tried(tried, work, fault)
            tried.is_mended()
        return kind, effect

    def _growing(self, chance: random.Random) -> Callable[[], None]:
        largest = max(file.stat().st_size for file in stored(self._here.home / "new" / "index"))
        return partial(no_file_grows, chance.randrange(int(largest * 1.5)))

    def _read_only(self, tried: Trial, chance: random.Random) -> Callable[[], None]:
        return partial(becomes_read_only, tried.index, chance.randint(1, 60))

    def _small(self, work: Work, seed: int) -> str:
        chance = random.Random(seed)
        place = self._here.home / f"disk-{seed}"
        fresh = self._here.fresh(f"trial-{seed}", work.state)
        work.prepare(fresh, chance)
        used = sum(-(-file.stat().st_size // 4096) * 4096 + 4096 for file in fresh.rglob("*"))
        try:
            with small_disk(place, used + chance.randrange(1 << 20)) as enlarge:
                shutil.copytree(fresh, place / "here")
                tried = Trial(self._here, place / "here", chance)
                effect = self._tried(tried, work, lambda: None)
                enlarge()
                tried.is_mended()
        finally:
            shutil.rmtree(fresh)
            place.rmdir()
        return effect

    def _tried(self, tried: Trial, work: Work, fault: Callable[[], None]) -> str:
        code, _, told = tried.ended(tried.start(work, [fault]))
        assert code in {0, 1, 3}, (code, told)
        assert "Traceback" not in told, told
        assert code != 1 or (told.count("\n") == 1 and told.startswith("tongwen: ")), told
        tried.nothing_is_lost(work)
        return "told in one sentence" if code == 1 else "was done before"


# -- bytes


class Flips:
    """In an index that a run has ended, and in one that a run was killed in, whose log is still there."""

    def __init__(self, here: Ground) -> None:
        self._here = here

    def __call__(self, seed: int) -> tuple[str, str]:
        chance = random.Random(seed)
        index, file = self._choice(chance)
        name = file.suffix.lstrip(".") if file.parent != index else file.name
        back = flip(file, chance)
        try:
            told = self._told(index)
            assert told, f"a changed byte in {file.name} was not found"
        finally:
            back()
        if seed % MENDED == 0:
            self._mended(seed)
        return f"byte of {name}", "found"

    def _choice(self, chance: random.Random) -> tuple[Path, Path]:
        """Of a stopped run what it wrote last: most else that is there counts no more."""
        if chance.random() < HALF:
            stopped = self._here.home / "stopped" / "index"
            return stopped, stopped / chance.choice([f"{NAME}-wal", pages.NAME])
        index = self._here.home / "new" / "index"
        return index, chance.choice(stored(index)) if chance.random() < HALF else index / NAME

    def _told(self, index: Path) -> str:
        try:
            return " ".join(fault.told for fault in verify(index).faults)
        except TongwenError as fault:
            return str(fault)

    def _mended(self, seed: int) -> None:
        work = Work("nothing", (), "new", lambda folder, chance: flip(chance.choice(stored(folder / "index")), chance))
        with trial(self._here, work, seed) as (tried, _):
            done, after = repair(tried.index, verify(tried.index))
            assert not after.faults, (done, after.faults)
            assert picture(tried.index) == self._here.after, done


# -- several at once, and clocks


def crowd(here: Ground, seed: int) -> tuple[str, str]:
    """Two writers and three readers in one index, at once."""
    work = WORKS[1]
    with trial(here, work, seed) as (tried, chance):
        readers = [_reader(tried.index) for _ in range(3)]
        writers = []
        for _ in range(2):
            writer = Trial(here, tried.folder, chance)
            writers.append((writer, writer.start(work)))
            time.sleep(chance.uniform(0, 0.5))
        ended = [writer.ended(child) for writer, child in writers]
        for reader in readers:
            os.kill(reader, signal.SIGTERM)
        read = [os.waitpid(reader, 0)[1] for reader in readers]
        codes = sorted(code for code, *_ in ended)
        assert codes in ([0, 0], [0, 1]), ended
        assert read == [0, 0, 0], "a reader has read what was not written"
        tried.is_mended()
    return "two writers, three readers", "one waits its turn" if 1 in codes else "both done"


def _reader(index: Path) -> int:
    """Reads everything again and again, until it is told to end."""
    child = os.fork()
    if child:
        return child
    code, ended = 1, []
    try:
        signal.signal(signal.SIGTERM, lambda *_: ended.append(1))
        while not ended:
            picture(index)
            assert not verify(index, quick=True).faults
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def clock(here: Ground, seed: int) -> tuple[str, str]:
    """The texts are from the future, the clock goes back, and a text changes without its size and time."""
    with trial(here, WORKS[1], seed) as (tried, chance):
        future = time.time_ns() + chance.randrange(10**18)
        for file in (tried.folder / "corpus").iterdir():
            os.utime(file, ns=(future, future))
        changed = tried.folder / "corpus" / "1.txt"
        text = changed.read_text("utf-8")
        changed.write_text(text.replace("罰", "罸"), "utf-8")
        os.utime(changed, ns=(future, future))
        assert tried.ended(tried.start(WORKS[1]))[0] == 0
        changed.write_text(text, "utf-8")
        os.utime(changed, ns=(future, future))
        back, now = chance.randrange(10**17), time.time_ns

        def turn() -> None:
            time.time_ns = lambda: now() - back

        assert tried.ended(tried.start(WORKS[1], [turn]))[0] == 0
        tried.nothing_is_lost(WORKS[1])
        tried.is_mended()
    return "clock", "goes back"


# -- all together

Fault = Callable[[int], tuple[str, str]]


def inflict(fault: Fault, seeds: range, counts: Counts, failures: list[str]) -> None:
    for seed in seeds:
        try:
            counts[fault(seed)] += 1
        except PermissionError as error:
            counts[str(error), "not done"] += 1
        except (AssertionError, IndexFault, OSError, ValueError) as error:
            counts[type(fault).__name__, "FAILED"] += 1
            failures.append(f"{type(fault).__name__} {seed}: {''.join(traceback.format_exception(error))}")


def torture(home: Path, kills: int, disk: int, flips: int, seed: int) -> tuple[Counts, list[str]]:
    """The counts, and what failed, one text each. Each fault has a seed of its own, counted up from ``seed``."""
    here, counts, failures = ground(home), Counts(), []
    several = range(seed, seed + max(kills // 25, 1) * bool(kills))
    for fault, seeds in (
        (Kills(here), range(seed, seed + kills)),
        (Disks(here), range(seed, seed + disk)),
        (Flips(here), range(seed, seed + flips)),
        (partial(crowd, here), several),
        (partial(clock, here), several),
    ):
        inflict(fault, seeds, counts, failures)
    return counts, failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, metavar="N", help="runs that are killed at a random point")
    parser.add_argument("--disk", type=int, default=20, metavar="N", help="runs with a full or read-only disk")
    parser.add_argument("--flips", type=int, default=200, metavar="N", help="bytes that are changed")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of the first fault of each sort")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="torture-") as home:
        counts, failures = torture(Path(home), given.kills, given.disk, given.flips, given.seed)
    for (what, effect), number in sorted(counts.items()):
        print(f"{what:32} {effect:24} {number:6,}")
    for failure in failures[:1]:
        print(f"\n{len(failures)} failures; the first:\n{failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
