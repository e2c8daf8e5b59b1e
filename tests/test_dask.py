"""Reading on a real Dask cluster of one machine; without the extra ``cluster`` it is skipped."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from little_corpus import run, texts, write
from tongwen.errors import WorkersFault
from tongwen.flow import index
from tongwen.flow.executors import opened, through

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    settings = {"distributed.scheduler.allowed-failures": 0, "distributed.worker.daemon": True}
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50, host="127.0.0.1"
        ) as cluster,
    ):
        yield cluster.scheduler_address.replace("tcp://", "dask://")


def test_a_cluster_makes_the_same_index(tmp_path: Path, address: str) -> None:
    corpus = write(tmp_path / "corpus", [f"{n}.txt" for n in range(12)])
    (corpus / "empty.txt").touch()
    one = index([corpus], tmp_path / "one")
    done = run("index", "--executor", address, "--index", tmp_path / "two", cwd=tmp_path)
    assert done.returncode == 3 and "empty.txt" in done.stderr
    assert done.stdout.startswith("added 12, updated 0, unchanged 0, removed 0, failed 1")
    assert texts(tmp_path / "one") == texts(tmp_path / "two") and one.added == 12


def die_of_five(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def lost(number: int) -> int:
    return -1


def test_a_worker_s_death_costs_one_task(address: str) -> None:
    with opened(address, 1) as (executor, workers):
        assert workers == 2
        found = list(through(executor, die_of_five, range(12), workers, lost))
    assert found == [-1 if number == 5 else 2 * number for number in range(12)]


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongwen.flow.executors.TIMEOUT", 1)
    with pytest.raises(WorkersFault, match="cannot be reached"), opened("dask://127.0.0.1:1", 1):
        pass
