"""Every text of a library looked through for the glossary, in worker processes, unless it was and has not changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tongwen.flow.places import absolute, reading
from tongwen.flow.workers import ordered
from tongwen.model import Json, Text
from tongwen.normalise import fold
from tongwen.store import Reader
from tongwen.store.scans import Scans
from tongwen.terms.running import Running, running

WORTHWHILE = 40  # documents: fewer are read before the first worker has started

Progress = Callable[[int, int], None]


class Look(NamedTuple):
    """What is looked for: ``kind`` names it, ``stamp`` says for what and by which code, ``with_`` is a file with more.

    ``find`` is a module's own function, for worker processes: of a document's passages and that file.
    """

    kind: str
    stamp: str
    find: Callable[[str, Sequence[Running], Path], Json]
    with_: Path


class _Task(NamedTuple):
    folder: Path
    doc: str
    stamp: str
    look: Look


def scan(store: Reader, folder: Path, kept: Scans, look: Look, progress: Progress, jobs: int | None = None) -> None:  # noqa: PLR0913, PLR0917
    """Brings what is kept of ``look`` up to date with the library; ``folder`` is the index's.

    What was found is made lasting as it goes on, so that no other process waits, and little is lost if this one ends.
    """
    stamps = {doc: f"{state} {look.stamp}" for doc, state in store.states()}
    known = kept.stamps(look.kind)
    kept.drop(look.kind, (doc for doc in known if doc not in stamps))
    todo = [_Task(absolute(folder), doc, stamp, look) for doc, stamp in stamps.items() if known.get(doc) != stamp]
    with closing(ordered(_read, todo, jobs or _cores(len(todo)), _lost)) as results:
        for done, (task, found) in enumerate(results, 1):
            kept.put(look.kind, task.doc, task.stamp, found)
            progress(done, len(todo))
    kept.keep()


def _cores(tasks: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if tasks > WORTHWHILE else 1


def _lost(task: _Task) -> tuple[_Task, Json]:
    """Of a text whose worker died on it nothing is known, and it is tried again the next time."""
    return task._replace(stamp="lost"), None


def _read(task: _Task) -> tuple[_Task, Json]:
    with reading(task.folder) as store:
        return task, task.look.find(task.doc, list(runs(store, task.doc)), task.look.with_)


def runs(store: Reader, doc: str) -> Iterator[Running]:
    """A document's passages as they are read for terms."""
    original = store.text(doc)
    text = Text(original, fold(original))
    return (run for run in (running(passage, text) for passage in store.read(doc)) if run.key)
