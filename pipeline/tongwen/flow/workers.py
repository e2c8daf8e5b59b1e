"""Worker processes that may die: their task is told as lost, and everything else goes on.

Each worker hangs on a pipe of its own, so it is always known what it was at when it died, and it ends by itself when
the main process does. (``ProcessPoolExecutor`` gives up all that is in flight instead, and its workers outlive a
main process that is killed.)
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, takewhile
from logging import WARNING
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import sleep
from typing import Any, Generic, TypeVar

from tongwen.errors import WorkersFault
from tongwen.flow.arrivals import Arrivals
from tongwen.flow.events import tell

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 4  # tasks that a worker has at a time: the next is there when it is done with one
LOOK = 0.05  # seconds between two looks whether a stop is wished
RARELY = 100_000  # objects made between two looks for garbage, of which the stages leave little
WINDOW = 256  # results for each worker that may wait for a slower one, or to be wanted (see ``arrivals.ROOM``)
PATIENCE = 2.0  # seconds in which a worker that is dismissed may end what it has started
STARTS = 5  # times that a worker's start is tried
PAUSE = 0.2  # seconds from one to the next
CHANCES = 2  # a worker may have been killed for no fault of its task: once more, then it is lost


def ordered(  # noqa: PLR0913, PLR0917  what is done, with what, by how many, and how it ends
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    jobs: int,
    lost: Callable[[Task], Result],
    stopped: Callable[[], bool] = lambda: False,
    preload: Sequence[str] = (),
) -> Generator[Result, None, None]:
    """``function`` of every task, in their order, until ``stopped``; ``lost`` of a task whose worker died on it.

    ``function`` is a module's own, as it is named to the workers, and ``preload`` the modules that it imports when it
    is called. With one job all happens in this process. To close the generator ends the workers.

    :raises WorkersFault: no worker can be started
    """
    if jobs <= 1:
        yield from map(function, takewhile(lambda _: not stopped(), tasks))
    else:
        yield from _Crew(function, tasks, jobs, lost, preload).results(stopped)


@dataclass(eq=False, slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection[Any, Any]
    at: deque[int] = field(default_factory=deque)  # numbers of the tasks it has, in the order of doing


class _Crew(Generic[Task, Result]):
    """A thread hands out the tasks and takes in the results: no worker waits while whoever wants these is busy."""

    def __init__(
        self,
        function: Callable[[Task], Result],
        tasks: Iterable[Task],
        jobs: int,
        lost: Callable[[Task], Result],
        preload: Sequence[str],
    ) -> None:
        self._function, self._lost, self._jobs = function, lost, jobs
        self._source = enumerate(tasks)
        self._waiting: deque[int] = deque()  # handed out once, and to be handed out again
        self._open: dict[int, Task] = {}  # handed out, without a result
        self._arrivals = Arrivals()
        self._deaths: dict[int, int] = {}
        self._workers: list[_Worker] = []
        self._more = True  # tasks, as far as is known
        self._over = False  # nobody wants results any more
        self._context = get_context("forkserver")  # no thread, lock or open file of this process gets into a worker
        self._context.set_forkserver_preload([function.__module__, *preload])

    def results(self, stopped: Callable[[], bool]) -> Iterator[Result]:
        with ThreadPoolExecutor(1) as thread:
            work = thread.submit(self._work)
            try:
                yield from self._given(stopped)
            finally:
                self._over = True
            work.result()

    def _given(self, stopped: Callable[[], bool]) -> Iterator[Result]:
        for number in count():
            while (content := self._arrivals.take(number, LOOK)) is None and not stopped():
                pass
            if not content or stopped():
                return
            yield pickle.loads(content)

    def _work(self) -> None:
        try:
            self._feed()
            while not self._over and (self._open or self._more):
                self._collect()
                self._feed()
        finally:
            self._dismiss()
            self._arrivals.close()

    def _feed(self) -> None:
        """Gives each worker its share, the least busy first; makes workers as they are needed."""
        while (worker := self._least_busy()) and (number := next(self._numbers(), -1)) >= 0:
            self._hand(worker, number)

    def _least_busy(self) -> _Worker | None:
        if len(self._workers) < self._jobs and all(worker.at for worker in self._workers):
            return self._hire()
        worker = min(self._workers, key=lambda worker: len(worker.at))
        return worker if len(worker.at) < AHEAD else None

    def _numbers(self) -> Iterator[int]:
        """What is to be handed out, as far as the window is open."""
        while self._waiting:
            yield self._waiting.popleft()
        while self._arrivals.room(self._jobs * WINDOW - len(self._open)):
            number, task = next(self._source, (None, None))
            if number is None or task is None:
                self._more = False
                return
            self._open[number] = task
            yield number

    def _hire(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        worker = _Worker(self._started(theirs), ours)
        theirs.close()
        self._workers.append(worker)
        return worker

    def _started(self, theirs: Connection[Any, Any]) -> BaseProcess:
        """The server that makes processes may have been killed: then it is made anew, once its end is seen."""
        for chance in range(STARTS):
            process = self._context.Process(target=_work, args=(theirs, self._function), daemon=True)
            try:
                process.start()
            except (EOFError, OSError) as fault:
                tell("worker_not_started", WARNING, times=chance + 1, reason=str(fault) or type(fault).__name__)
                sleep(PAUSE)
            else:
                return process
        hint = "What was stored before is kept; see what ends them, and run `tongwen index` again."
        raise WorkersFault("No process can be started to read the files.", hint)

    def _hand(self, worker: _Worker, number: int) -> None:
        worker.at.append(number)
        with suppress(OSError):  # it has died; what it sent before is read first
            worker.connection.send(self._open[number])

    def _collect(self) -> None:
        busy = {worker.connection: worker for worker in self._workers if worker.at}
        for connection in wait(list(busy), LOOK):
            self._receive(busy[connection])  # type: ignore[index]

    def _receive(self, worker: _Worker) -> None:
        try:
            content = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._bury(worker)
        else:
            self._finish(worker.at.popleft(), content)

    def _finish(self, number: int, content: bytes) -> None:
        del self._open[number]
        self._arrivals.put(number, content)

    def _bury(self, worker: _Worker) -> None:
        """It died at the first of its tasks; the others get another worker."""
        self._workers.remove(worker)
        worker.connection.close()
        number = worker.at[0]
        self._deaths[number] = self._deaths.get(number, 0) + 1
        tell("worker_lost", WARNING, times=self._deaths[number])
        if self._deaths[number] >= CHANCES:
            worker.at.popleft()
            self._finish(number, pickle.dumps(self._lost(self._open[number])))
        self._waiting.extendleft(reversed(worker.at))

    def _dismiss(self) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(PATIENCE)
            worker.process.kill()
            worker.process.join()


def _work(connection: Connection[Any, Any], function: Callable[[Any], Any]) -> None:
    """A worker's life: until its pipe is closed. Ctrl-C reaches it too, but it is the main process that decides."""
    gc.freeze()  # what was loaded stays
    gc.set_threshold(RARELY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # so that its own processes end with it
    try:
        while True:
            connection.send(function(connection.recv()))
    except (EOFError, OSError):
        return
