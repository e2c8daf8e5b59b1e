"""Bringing an index up to date with its folders, file by file."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from time import monotonic

from tongwen import __version__
from tongwen.decode import find_files
from tongwen.decode.pdf_limits import pages_and_seconds
from tongwen.decode.source import limit
from tongwen.errors import UsageError
from tongwen.flow import executors, fingerprint, places
from tongwen.flow.events import tell
from tongwen.flow.partitions import WHOLE, Partition
from tongwen.flow.plan import Failure, Plan, absolute, plan
from tongwen.flow.report import Report, tell_of, told
from tongwen.flow.stop import Progress, stoppable
from tongwen.flow.tasks import Outcome, Task, lost
from tongwen.store import Parcel
from tongwen.store.faults import full as no_room

CHECKPOINT = 60.0  # seconds of work that a killed run loses at most; each one costs the engine some merging
SMALL = 1 << 15  # bytes: how long one takes matters to none
EACH = 1 << 10  # bytes: what a file costs whatever its size, as so much more text
WORTHWHILE = 1 << 20  # bytes to read: less is read before the first worker has started
MOST_JOBS = 256  # processes, of 100 MB each
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

Reading = Callable[[Callable[[], bool]], Generator[Outcome, None, None]]
"""Until a stop is wished, the outcome of every file."""


def index(  # noqa: PLR0913  they are the options of `tongwen index`, by name
    paths: Iterable[Path],
    index_folder: Path,
    *,
    engine: str | None = None,
    jobs: int | None = None,
    full: bool = False,
    prune: bool = False,
    executor: str | Executor = executors.DEFAULT,
    part: Partition = WHOLE,
    progress: Progress = lambda done, total, share=None: None,
) -> Report:
    """Reads what was added or changed below ``paths`` since the last time; each file is in whole or not at all.

    ``engine`` None: the one that the index has. ``jobs`` None: one worker for each core. ``full``: everything is read
    anew, and a damaged index file is set aside. ``prune``: what has vanished below ``paths`` is removed.
    ``executor``: who reads the files, see ``executors``. ``part``: only its files are looked at, read or removed.
    Ctrl-C and SIGTERM end it between two files; what was done is kept, and the report names the signal. Until
    the first file is read there is nothing to keep: then they raise ``KeyboardInterrupt``, as does a second one at any
    time.

    :raises NotFound: one of ``paths`` does not exist, and did not at the last run
    :raises UsageError: there is no such engine or executor; ``jobs`` none or too many; a limit no number
    :raises WorkersFault: who should read the files cannot
    :raises IndexFault: the index is busy, damaged, too new, or cannot be written; it stays as it was
    """
    if jobs is not None and jobs < 1:
        raise UsageError(f"{jobs} jobs cannot read anything.", "Give 1 or more.")
    if jobs is not None and jobs > MOST_JOBS:
        raise UsageError(f"{jobs} jobs are more than {MOST_JOBS}, the limit.", "Give as many as there are cores.")
    places.known(index_folder, engine)
    executors.check(executor)
    paths = list(paths)
    if not places.exists(index_folder):
        find_files(paths)  # raises where nothing is there to read: an index of nothing is not begun
    limit()  # else every file would fail for what is wrong in the environment
    pages_and_seconds()
    with (
        stoppable() as stop,
        _room(index_folder),
        places.writing(index_folder, anew=full) as store,
        told(index_folder, part) as report,
    ):
        run = _Run(store, fingerprint.code_of(store.meta("code")), report)
        todo = plan(paths, store.files(map(absolute, paths)), run.stamp, full, part, places.rest(store))
        tell("run_planned", to_read=len(todo.tasks), unchanged=todo.unchanged, vanished=len(todo.vanished))
        stop.patient = True
        with places.ledger(store, index_folder, engine) as ledger:
            run.begin(ledger, todo, full, stop.watching(progress))
            with _reading(todo.tasks, executor, jobs) as reading, closing(reading(stop.wished)) as outcomes:
                run.read(outcomes, todo.tasks, progress)
            run.forget(todo, prune and not stop.wished())
            run.finish()
        report.signal = stop.signal
    return report


@contextmanager
def _reading(tasks: Sequence[Task], executor: str | Executor, jobs: int | None) -> Iterator[Reading]:
    """The larger files are begun first, so that none is waited for while all others are done."""
    tasks = sorted(tasks, key=lambda task: -max(task.file.size, SMALL).bit_length())
    workers = _workers(tasks, jobs)
    if not tasks:
        yield _nothing
    elif executor == executors.DEFAULT:
        from tongwen.flow.workers import ordered  # noqa: PLC0415  who finds nothing changed needs no workers

        yield lambda stopped: ordered(_read, tasks, workers, lost, stopped, ["tongwen.flow.reading"])
    else:
        with executors.opened(executor, workers) as (opened, count):
            yield lambda stopped: executors.through(opened, read_elsewhere, tasks, count, lost, stopped)


def _nothing(stopped: Callable[[], bool]) -> Generator[Outcome, None, None]:
    yield from ()


def _read(task: Task) -> Outcome:
    """As ``reading.read``, whose stages are loaded where and when the first file is read."""
    from tongwen.flow.reading import read  # noqa: PLC0415

    began = monotonic()
    return read(task)._replace(seconds=monotonic() - began)


def read_elsewhere(task: Task) -> Outcome:
    """By its whole path. What other code reads would be taken for what the present code does."""
    if task.file.stamp != _stamp():
        return Outcome(task, problem=f"{task.path} could not be read: its worker runs another version of Tongwen.")
    return _read(task._replace(path=task.file.path, root=task.file.root))._replace(task=task)


@cache
def _stamp() -> str:
    return fingerprint.stamp(fingerprint.components())


def _workers(tasks: Sequence[Task], jobs: int | None) -> int:
    """How many are worth starting: for little to read, none but this process."""
    if jobs is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        jobs = cores if sum(task.file.size for task in tasks) > WORTHWHILE else 1
    return min(jobs, len(tasks))


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Tells a full disk as what it is; the rest of what the system refuses is told by the command."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise no_room(places.shown(folder), error.strerror) from error


def _weight(task: Task) -> int:
    return task.file.size + EACH


class _Run:
    """One run, and what it reports."""

    def __init__(self, store: places.Books, code: fingerprint.Code, report: Report) -> None:
        self._store, self._code, self.report = store, code, report
        self.stamp = fingerprint.stamp(code.components)
        self._dirty = False

    def begin(self, ledger: places.Entering, todo: Plan, full: bool, progress: Callable[[int, int], None]) -> None:
        self._ledger = ledger
        self.report.unchanged, self.report.failed, self.report.faults = todo.unchanged, todo.failed, todo.faults
        self.report.passed_over = todo.passed_over
        self._learn(todo.words)
        stamps = {task.known.stamp for task in todo.tasks if task.known and task.known.sha256}
        reasons = fingerprint.reasons(stamps, self._store.meta, self._code.components)
        self.report.notes = [f"what was read before is read again, since {'; '.join(reasons)}"] if reasons else []
        began = monotonic()
        if ledger.begin(_changing(todo), full, progress):
            self._dirty = True
            tell("engine_filled", seconds=round(monotonic() - began, 3))
            if todo.unchanged:
                self.report.notes.append("the full text is filled anew from what is stored")

    def _learn(self, words: dict[str, list[str]]) -> None:
        """The folders' own words are asked for when a query is taken apart: nothing is read again for them."""
        known = json.loads(self._store.meta("words") or "{}")
        if {**known, **words} != known:
            self._store.set_meta("words", json.dumps({**known, **words}, ensure_ascii=False))
            self._dirty = True

    def read(self, outcomes: Iterable[Outcome], tasks: Sequence[Task], progress: Progress) -> None:
        """Tells the share that is done by size, since a file of a megabyte takes as long as hundreds of small ones."""
        last, size, whole = monotonic(), 0, sum(map(_weight, tasks))
        self.report.left = len(tasks)
        for done, outcome in enumerate(outcomes, start=1):
            self._enter(outcome)
            size += _weight(outcome.task)
            self.report.left = len(tasks) - done
            progress(done, len(tasks), size / whole)
            if monotonic() - last > CHECKPOINT:
                self._checkpoint()
                last = monotonic()

    def forget(self, todo: Plan, prune: bool) -> None:
        for file in todo.vanished:
            if not file.sha256:  # it could never be read, so that nothing is lost with it
                self._remove(file.doc)
            elif prune:
                self._remove(file.doc)
                self.report.removed += 1
            else:
                self.report.vanished.append(file.path)

    def finish(self) -> None:
        if self._dirty:
            self._checkpoint()
        elif self._store.meta("code") != self._code.note:  # else every later run would find out again what it is
            self._store.set_meta("code", self._code.note)

    def _enter(self, outcome: Outcome) -> None:
        self._dirty = True
        tell_of(outcome)
        if outcome.problem:
            self._fail(outcome)
        elif outcome.parcel:
            self._put(outcome, outcome.parcel)
        else:
            self.report.unchanged += 1
            self._store.put_file(outcome.task.file)

    def _fail(self, outcome: Outcome) -> None:
        """What the file gave the last time stays, and what is known of it."""
        file, kept = outcome.task.file, outcome.task.known or outcome.task.file
        self.report.failed.append(Failure(str(outcome.task.path), outcome.problem))
        as_kept = file._replace(sha256=kept.sha256, entry=kept.entry, stamp=kept.stamp)
        self._store.put_file(as_kept._replace(state="failed", problem=outcome.problem))

    def _put(self, outcome: Outcome, parcel: Parcel) -> None:
        task = outcome.task
        self._ledger.enter(parcel, outcome.passages)
        self._store.put_file(task.file._replace(sha256=parcel.sha256))
        if task.former:
            self._remove(task.former)
        if task.former or (task.known and task.known.sha256):
            self.report.updated += 1
        else:
            self.report.added += 1

    def _remove(self, doc: str) -> None:
        self._dirty = True
        self._ledger.remove(doc)
        self._store.remove_file(doc)

    def _checkpoint(self) -> None:
        self._store.set_meta("version", __version__)
        self._store.set_meta(f"fingerprint {self.stamp}", json.dumps(self._code.components))
        self._store.set_meta("code", self._code.note)
        began = monotonic()
        self._ledger.checkpoint()
        tell("checkpoint", seconds=round(monotonic() - began, 3))


def _changing(todo: Plan) -> set[str]:
    """The documents that the run may enter or remove."""
    formers = {task.former for task in todo.tasks if task.former}
    return {task.file.doc for task in todo.tasks} | formers | {file.doc for file in todo.vanished}
