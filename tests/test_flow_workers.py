"""Workers: results in order, a bounded number of them waiting, and a death that costs one task alone."""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tongwen.flow import arrivals
from tongwen.flow.workers import AHEAD, WINDOW, ordered


def double(number: int) -> int:
    time.sleep(0.02 * (number % 3))  # later ones are done before earlier ones
    return 2 * number


def die_of_multiples_of_five(number: int) -> int:
    if number % 5 == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def die_once(marker: tuple[str, int]) -> int:
    """The first to find the file takes it away and dies, as one that is killed for another's fault."""
    path, number = marker
    if number == 3 and Path(path).exists():
        Path(path).unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def large(number: int) -> bytes:
    return bytes([number]) * 3_000_000  # far more than a pipe holds


def lost(task: object) -> int:
    return -1


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_their_tasks(jobs: int) -> None:
    assert list(ordered(double, range(30), jobs, lost)) == [2 * number for number in range(30)]
    assert list(ordered(double, [], jobs, lost)) == []


def test_a_worker_s_death_costs_one_task() -> None:
    results = list(ordered(die_of_multiples_of_five, range(1, 22), 2, lost))
    assert results == [-1 if number % 5 == 0 else 2 * number for number in range(1, 22)]


def test_the_server_that_makes_workers_may_be_killed() -> None:
    results = ordered(double, range(60), 2, lost)
    given = [next(results)]
    server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    for worker in multiprocessing.active_children():
        worker.kill()
    os.kill(server, signal.SIGKILL)
    given += results
    assert given == [2 * number for number in range(60)]


def test_a_task_whose_worker_was_killed_for_nothing_gets_another(tmp_path: Path) -> None:
    (tmp_path / "marker").touch()
    tasks = [(str(tmp_path / "marker"), number) for number in range(8)]
    assert list(ordered(die_once, tasks, 2, lost)) == list(range(8))


def test_large_results_pass(tmp_path: Path) -> None:
    assert [result[0] for result in ordered(large, range(12), 2, lambda _: b"?")] == list(range(12))


def touch(path: Path) -> bytes:
    path.touch()
    return bytes(100_000)  # two of which fill a pipe


def test_workers_go_on_while_nobody_takes_their_results(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(6 * AHEAD)]
    with closing(ordered(touch, paths, 2, lambda _: b"")) as results:
        next(results)
        while not paths[-1].exists():
            time.sleep(0.01)
        assert len(list(results)) == len(paths) - 1


def counted(taken: list[int]) -> Iterator[int]:
    for number in range(1000):
        taken.append(number)
        yield number % 256


def test_only_a_window_of_tasks_is_taken() -> None:
    taken: list[int] = []
    with closing(ordered(double, counted(taken), 2, lost)) as results:
        for _ in range(5):
            next(results)
        assert len(taken) <= 5 + 2 * WINDOW + 2 * AHEAD


def test_only_so_many_bytes_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "ROOM", 6_000_000)
    taken: list[int] = []
    with closing(ordered(large, counted(taken), 2, lambda _: b"")) as results:
        next(results)
        time.sleep(1)
        assert len(taken) <= 1 + 2 + 2 * AHEAD


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_wish_to_stop_is_granted_and_no_worker_stays(jobs: int) -> None:
    seen: list[int] = []
    for result in ordered(double, range(1000), jobs, lost, lambda: len(seen) >= 3):
        seen.append(result)  # noqa: PERF402  the wish depends on it
    assert 3 <= len(seen) < 3 + 2 * WINDOW
    assert seen == [2 * number for number in range(len(seen))]
    assert not multiprocessing.active_children()


def wait_for_a_process(path: Path) -> None:
    command = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)"
    subprocess.run([sys.executable, "-c", command, path], check=False)


def test_what_a_dismissed_worker_has_started_ends_with_it(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    for path in paths:
        path.touch()
    assert not list(ordered(wait_for_a_process, paths, 2, lambda _: None, lambda: all(p.read_text() for p in paths)))
    for path in paths:
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.read_text()), 0)
