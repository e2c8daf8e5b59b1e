"""Bringing an index up to date with its folders, file by file."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tongwen import __version__
from tongwen.decode import find_files
from tongwen.decode.source import limit
from tongwen.errors import UsageError
from tongwen.flow import fingerprint, places
from tongwen.flow.ledger import Progress
from tongwen.flow.plan import Failure, Plan, plan
from tongwen.flow.reading import Outcome, lost, read
from tongwen.flow.stop import stoppable
from tongwen.flow.workers import ordered
from tongwen.store import Parcel
from tongwen.store.faults import full as no_room

CHECKPOINT = 60.0  # seconds of work that a killed run loses at most; each one costs the engine some merging
WORTHWHILE = 1 << 20  # bytes to read: less is read before the first worker has started
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(slots=True)
class Report:
    """What one run did. ``vanished`` files are still in the index; ``signal`` is set where the run was stopped.

    ``faults`` are the folders' and their manifests', ``notes`` say why files were read again that have not changed.
    ``passed_over``: how many files of each other extension there are.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[Failure] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    signal: int = 0


def index(  # noqa: PLR0913  they are the options of `tongwen index`, by name
    paths: Iterable[Path],
    index_folder: Path,
    *,
    engine: str | None = None,
    jobs: int | None = None,
    full: bool = False,
    prune: bool = False,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Reads what was added or changed below ``paths`` since the last time; each file is in whole or not at all.

    ``engine`` None: the one that the index has. ``jobs`` None: one worker for each core. ``full``: everything is read
    anew, and a damaged index file is set aside. ``prune``: what has vanished below ``paths`` is removed.
    Ctrl-C and SIGTERM end it between two files; what was done is kept, and the report names the signal. Until
    the first file is read there is nothing to keep: then they raise ``KeyboardInterrupt``, as does a second one at any
    time.

    :raises NotFound: one of ``paths`` does not exist, and did not at the last run
    :raises UsageError: there is no such engine; ``jobs`` is below 1; the limit of a file's size is no number
    :raises IndexFault: the index is busy, damaged, too new, or cannot be written; it stays as it was
    """
    began = monotonic()
    if jobs is not None and jobs < 1:
        raise UsageError(f"{jobs} jobs cannot read anything.", "Give 1 or more.")
    places.known(index_folder, engine)
    paths = list(paths)
    if not places.exists(index_folder):
        find_files(paths)  # raises where nothing is there to read: an index of nothing is not begun
    limit()  # else every file would fail for what is wrong in the environment
    with stoppable() as stop, _room(index_folder), places.writing(index_folder, anew=full) as store:
        run = _Run(store, fingerprint.components())
        todo = plan(paths, store.files(), run.stamp, full)
        stop.patient = True
        with places.ledger(store, index_folder, engine) as ledger:
            run.begin(ledger, todo, full, stop.watching(progress))
            with closing(ordered(read, todo.tasks, _workers(jobs, todo), lost, stop.wished)) as outcomes:
                run.read(outcomes, len(todo.tasks), progress)
            run.forget(todo, prune and not stop.wished())
            run.finish()
    run.report.signal, run.report.seconds = stop.signal, monotonic() - began
    return run.report


def _workers(jobs: int | None, todo: Plan) -> int:
    """How many processes are worth starting: for little to read, none but this one."""
    if jobs is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        jobs = cores if sum(task.file.size for task in todo.tasks) > WORTHWHILE else 1
    return min(jobs, len(todo.tasks))


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Tells a full disk as what it is; the rest of what the system refuses is told by the command."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise no_room(folder, error.strerror) from error


class _Run:
    """One run, and what it reports."""

    def __init__(self, store: places.Books, made_by: fingerprint.Components) -> None:
        self._store, self._made_by = store, made_by
        self.stamp = fingerprint.stamp(made_by)
        self.report = Report()
        self._dirty = False

    def begin(self, ledger: places.Entering, todo: Plan, full: bool, progress: Progress) -> None:
        self._ledger = ledger
        self.report.unchanged, self.report.failed, self.report.faults = todo.unchanged, todo.failed, todo.faults
        self.report.passed_over = todo.passed_over
        self._learn(todo.words)
        stamps = {task.known.stamp for task in todo.tasks if task.known and task.known.sha256}
        reasons = fingerprint.reasons(stamps, self._store.meta, self._made_by)
        self.report.notes = [f"what was read before is read again, since {'; '.join(reasons)}"] if reasons else []
        self._dirty |= ledger.begin(_changing(todo), full, progress)

    def _learn(self, words: dict[str, list[str]]) -> None:
        """The folders' own words are asked for when a query is taken apart: nothing is read again for them."""
        known = json.loads(self._store.meta("words") or "{}")
        if {**known, **words} != known:
            self._store.set_meta("words", json.dumps({**known, **words}, ensure_ascii=False))
            self._dirty = True

    def read(self, outcomes: Iterable[Outcome], total: int, progress: Progress) -> None:
        last = monotonic()
        for done, outcome in enumerate(outcomes, start=1):
            self._enter(outcome)
            progress(done, total)
            if monotonic() - last > CHECKPOINT:
                self._checkpoint()
                last = monotonic()

    def forget(self, todo: Plan, prune: bool) -> None:
        for file in todo.vanished:
            if prune:
                self._remove(file.doc)
                self.report.removed += 1
            else:
                self.report.vanished.append(file.path)

    def finish(self) -> None:
        if self._dirty:
            self._checkpoint()

    def _enter(self, outcome: Outcome) -> None:
        self._dirty = True
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
        self._store.set_meta(f"fingerprint {self.stamp}", json.dumps(self._made_by))
        self._ledger.checkpoint()


def _changing(todo: Plan) -> set[str]:
    """The documents that the run may enter or remove."""
    formers = {task.former for task in todo.tasks if task.former}
    return {task.file.doc for task in todo.tasks} | formers | {file.doc for file in todo.vanished}
