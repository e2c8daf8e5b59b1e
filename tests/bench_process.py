"""Runs a call in a process of its own, and says what it took: time, time of processors, memory."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

TONGWEN = "from tongwen.cli import main; main()"
DONE = (0, 3)  # 3: some file could not be read
SAMPLED = 0.1  # seconds from one look at the memory to the next

PR_SET_CHILD_SUBREAPER = 36  # of prctl(2), Linux

Call = Sequence[str]


class Spent(NamedTuple):
    """``seconds`` from start to end; ``cpu``: seconds of all its processes, user and system; ``peak`` in MB."""

    seconds: float
    cpu: float
    peak: float


def tongwen(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", TONGWEN, *map(str, arguments)]


def module(file: Path, *arguments: str | Path) -> list[str]:
    """Another of the programs beside this one."""
    return [sys.executable, str(file), *map(str, arguments)]


def run(call: Call, done: Sequence[int] = DONE) -> Spent:
    """:raises SystemExit: it ended with another exit code"""
    began = time.perf_counter()
    with _orphans(), subprocess.Popen(call, stdout=subprocess.DEVNULL, env=_installed()) as process:
        watch = Watch(process.pid)
        watch.start()
        cpu, status = _waited(process.pid)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.join()
        cpu += sum(_waited(pid)[0] for pid in watch.seen - {process.pid})
    if process.returncode not in done:
        raise SystemExit(f"bench: exit code {process.returncode} from {' '.join(call)}")
    return Spent(seconds, cpu, watch.peak / 1000)


@contextmanager
def _orphans() -> Iterator[None]:
    """Processes whose parent ends become children of this one.

    A server that forks workers outlives, by a moment, the process that started it: nobody else would be told what its
    workers took.
    """
    system = ctypes.CDLL(None)
    system.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        system.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _waited(pid: int) -> tuple[float, int]:
    """Seconds of processors, with those of all that it has waited for, and its status; none if it is no child here."""
    try:
        _, status, used = os.wait4(pid, 0)
    except ChildProcessError:
        return 0.0, 0
    return used.ru_utime + used.ru_stime, status


def quick(call: Call, done: Sequence[int] = DONE) -> float:
    """Seconds alone, without a look at the memory: that would disturb what takes a tenth of one."""
    began = time.perf_counter()
    code = subprocess.run(call, check=False, stdout=subprocess.DEVNULL, env=_installed()).returncode
    seconds = time.perf_counter() - began
    if code not in done:
        raise SystemExit(f"bench: exit code {code} from {' '.join(call)}")
    return seconds


def answer(call: Call) -> Any:
    """What it prints as JSON."""
    return json.loads(subprocess.run(call, check=True, stdout=subprocess.PIPE, env=_installed()).stdout)


def size(place: Path) -> float:
    """MB of the files in a folder."""
    return sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) / 1e6


def _installed() -> dict[str, str]:
    """As for a user: compiled modules are kept."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Watch(threading.Thread):
    """Adds up the memory of a process and its descendants until it ends; ``peak`` in kB, ``seen``: who they were.

    Pages that several share count once (PSS), so that the sum is what the machine must have.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self.peak = pid, 0
        self.seen: set[int] = set()

    def run(self) -> None:
        while (held := sum(map(_held, self._family()))) or Path(f"/proc/{self._pid}/stat").exists():
            self.peak = max(self.peak, held)
            time.sleep(SAMPLED)

    def _family(self) -> list[int]:
        found = list(_family(self._pid))
        self.seen.update(found)
        return found


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
