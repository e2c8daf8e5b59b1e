"""Who reads the files: processes of our own, threads, a Dask cluster, or any ``concurrent.futures.Executor``.

Workers elsewhere read the files from the same paths, so these must lie on a file system that all of them share.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from logging import WARNING
from typing import Any, Generic, TypeVar

from tongwen.errors import UsageError, WorkersFault
from tongwen.flow.events import tell

Task = TypeVar("Task")
Result = TypeVar("Result")

DEFAULT = "processes"
DASK = "dask://"
AHEAD = 3  # tasks for each worker that are in flight or wait for an earlier, slower one: this bounds the memory
CHANCES = 2  # a worker may have died for no fault of its task
LOOK = 0.25  # seconds between two looks whether a stop is wished
TIMEOUT = 10  # seconds in which a scheduler is to answer


def check(which: str | Executor) -> None:
    """:raises UsageError: there is no such executor, or what it needs is not installed"""
    if isinstance(which, Executor):
        return
    if which.startswith(DASK):
        _client()
    elif which not in {DEFAULT, "threads"}:
        raise UsageError(f"There is no executor {which!r}.", "Known are: processes, threads, dask://HOST:PORT.")


@contextmanager
def opened(which: str | Executor, jobs: int) -> Iterator[tuple[Executor, int]]:
    """The executor of that name with ``jobs`` workers, or, of a cluster, as many as it has; and how many these are.

    One that is given as it is stays open.

    :raises WorkersFault: the cluster cannot be reached, or has no workers
    """
    if isinstance(which, Executor):
        yield which, jobs
    elif which.startswith(DASK):
        with _cluster(f"tcp://{which.removeprefix(DASK)}") as found:
            yield found
    else:
        with ThreadPoolExecutor(jobs) as threads:
            yield threads, jobs


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    client_of = _client()
    try:
        client = client_of(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as fault:  # its time-out is an OSError
        raise WorkersFault(
            f"The Dask scheduler at {address} cannot be reached: {fault}.", "Start it, or check the address."
        ) from fault
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise WorkersFault(f"The Dask scheduler at {address} has no workers.", "Start some: `dask worker …`.")
        with client.get_executor(pure=False) as executor:
            yield executor, workers


def _client() -> Callable[..., Any]:
    try:
        from distributed import Client  # noqa: PLC0415  it is large, and few have it
    except ImportError as fault:
        raise UsageError(
            "Dask is not installed, which the executor dask:// needs.", "Install it: pip install 'tongwen[cluster]'."
        ) from fault
    found: Callable[..., Any] = Client
    return found


def through(  # noqa: PLR0913, PLR0917  as ``workers.ordered``, with an executor in place of its processes
    executor: Executor,
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    workers: int,
    lost: Callable[[Task], Result],
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[Result, None, None]:
    """``function`` of every task, in their order, until ``stopped``; ``lost`` of a task whose worker died on it twice.

    For each of the ``workers`` some tasks are in flight, or done and not yet given; what is left is cancelled.

    :raises WorkersFault: the executor takes no more tasks
    """
    flights = _Flights(executor, function, iter(tasks), workers * AHEAD)
    try:
        while flights.take_off():
            if not flights.landed(stopped):
                return
            if flights.crashed():
                flights.again()
            else:
                yield flights.result(lost)
    finally:
        flights.cancel()


@dataclass(slots=True)
class _Flight(Generic[Task, Result]):
    task: Task
    future: Future[Result]
    chances: int = CHANCES


class _Flights(Generic[Task, Result]):
    """The tasks in flight, the first of them being the next that is to be given."""

    def __init__(
        self, executor: Executor, function: Callable[[Task], Result], source: Iterator[Task], ahead: int
    ) -> None:
        self._executor, self._function, self._source, self._ahead = executor, function, source, ahead
        self._flying: deque[_Flight[Task, Result]] = deque()

    def take_off(self) -> bool:
        """Whether any is in flight now."""
        for task in islice(self._source, self._ahead - len(self._flying)):
            self._flying.append(_Flight(task, self._submit(task)))
        return bool(self._flying)

    def landed(self, stopped: Callable[[], bool]) -> bool:
        """Waits for the first; False where a stop was wished before."""
        while not stopped():
            if wait([self._flying[0].future], LOOK).done:
                return True
        return False

    def crashed(self) -> bool:
        """What ``function`` fails in is its result, so an exception is its worker's; the first may try once more."""
        first = self._flying[0]
        if not first.future.cancelled() and first.future.exception() is None:
            return False
        first.chances -= 1
        tell("worker_lost", WARNING, times=CHANCES - first.chances)
        return first.chances > 0

    def again(self) -> None:
        first = self._flying[0]
        first.future = self._submit(first.task)

    def result(self, lost: Callable[[Task], Result]) -> Result:
        first = self._flying.popleft()
        if first.chances > 0:
            return first.future.result()
        return lost(first.task)

    def cancel(self) -> None:
        for flight in self._flying:
            flight.future.cancel()

    def _submit(self, task: Task) -> Future[Result]:
        try:
            return self._executor.submit(self._function, task)
        except RuntimeError as fault:  # it is broken or shut down
            hint = "What was stored before is kept; start the workers anew and run `tongwen index` again."
            raise WorkersFault(f"The workers take no more files: {fault}.", hint) from fault
