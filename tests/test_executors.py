"""Executors: results in order, a bounded number in flight, a death that costs one task, the same index with each."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from little_corpus import texts, write
from tongwen.errors import UsageError, WorkersFault
from tongwen.flow import executors, index, indexing
from tongwen.flow.executors import AHEAD, CHANCES, through


def double(number: int) -> int:
    time.sleep(0.01 * (number % 3))  # later ones are done before earlier ones
    return 2 * number


def fails(number: int) -> int:
    if number % 5 == 0:
        raise OSError("its worker is gone")
    return 2 * number


def dies(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def lost(number: int) -> int:
    return -1


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_results_come_in_the_order_of_their_tasks(threads: Executor) -> None:
    assert list(through(threads, double, range(30), 2, lost)) == [2 * number for number in range(30)]
    assert list(through(threads, double, [], 2, lost)) == []


def test_a_task_that_is_lost_is_tried_again_and_then_told(threads: Executor) -> None:
    tried: list[int] = []

    def once(number: int) -> int:
        tried.append(number)
        return fails(number) if tried.count(number) == 1 or number == 10 else number

    found = list(through(threads, once, range(1, 12), 2, lost))
    assert found == [2, 4, 6, 8, 5, 12, 14, 16, 18, -1, 22]
    assert (tried.count(5), tried.count(10), tried.count(7)) == (2, CHANCES, 1)


def test_only_a_window_of_tasks_is_taken(threads: Executor) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = through(threads, double, tasks(), 2, lost)
    for _ in range(5):
        next(results)
    assert len(taken) <= 5 + 2 * AHEAD
    results.close()


def test_a_wish_to_stop_is_granted_while_a_task_is_waited_for() -> None:
    class Never(Executor):
        def submit(self, *_: object, **__: object) -> Future[int]:  # type: ignore[override]
            flights.append(Future())
            return flights[-1]

    flights: list[Future[int]] = []
    assert list(through(Never(), double, range(9), 2, lost, lambda: bool(flights))) == []
    assert len(flights) == 2 * AHEAD and all(flight.cancelled() for flight in flights)


def test_an_executor_that_breaks_ends_the_run_in_a_sentence() -> None:
    with ProcessPoolExecutor(1) as pool, pytest.raises(WorkersFault, match="take no more files"):
        list(through(pool, dies, range(3), 1, lost))


@pytest.mark.parametrize("name", ["threads", "pool"])
def test_every_executor_makes_the_same_index(tmp_path: Path, name: str) -> None:
    corpus = write(tmp_path / "corpus", ["a.txt", "b.md", "zh/c.txt"])
    (corpus / "empty.txt").touch()
    reports = [index([corpus], tmp_path / "one")]
    if name == "threads":
        reports.append(index([corpus], tmp_path / "two", executor="threads", jobs=2))
    else:
        with ProcessPoolExecutor(1) as pool:
            reports.append(index([corpus], tmp_path / "two", executor=pool))
            assert pool.submit(abs, -1).result() == 1  # it is not ours to close
    assert texts(tmp_path / "one") == texts(tmp_path / "two")
    assert len({str((report.counts, report.failed)) for report in reports}) == 1


def test_a_worker_with_other_code_reads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write(tmp_path / "corpus", ["a.txt"])
    monkeypatch.setattr(indexing, "_stamp", lambda: "other")
    (failure,) = index([corpus], tmp_path / "index", executor="threads").failed
    assert "another version" in failure.problem


@pytest.mark.parametrize("name", ["", "dusk", "dask", "process"])
def test_an_unknown_executor_is_told_before_anything_is_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no executor"):
        index([tmp_path], tmp_path / "index", executor=name)
    assert not (tmp_path / "index").exists()


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"tongwen\[cluster\]"):
        executors.check("dask://localhost:8786")
