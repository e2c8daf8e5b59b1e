"""Disks that are full or become read-only."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from torture_ground import Ground, stored
from torture_trial import Trial, Work, trial

DISKS = ("no file grows", "small disk", "read-only")


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
    def __init__(self, here: Ground, works: Sequence[Work]) -> None:
        self._here = here
        self._works = [work for work in works if work.whole]

    def __call__(self, seed: int) -> tuple[str, str]:
        kind, work = DISKS[seed % len(DISKS)], self._works[seed // len(DISKS) % len(self._works)]
        if kind == "small disk":
            return f"{work}, {kind}", self._small(work, seed)
        with trial(self._here, work, seed) as (tried, chance):
            fault = self._growing(work, chance) if kind == DISKS[0] else self._read_only(tried, chance)
            effect = self._tried(tried, work, fault)
            tried.is_mended()
        return f"{work}, {kind}", effect

    def _growing(self, work: Work, chance: random.Random) -> Callable[[], None]:
        largest = max(file.stat().st_size for file in stored(self._here.state(work.engine, "new") / "index"))
        return partial(no_file_grows, chance.randrange(int(largest * 1.5)))

    def _read_only(self, tried: Trial, chance: random.Random) -> Callable[[], None]:
        return partial(becomes_read_only, tried.index, chance.randint(1, 60))

    def _small(self, work: Work, seed: int) -> str:
        chance = random.Random(seed)
        place = self._here.home / f"disk-{seed}"
        fresh = self._here.fresh(f"trial-{seed}", work.engine, work.state)
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
