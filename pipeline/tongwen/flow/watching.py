"""Waiting until the files of a folder change, by looking at them again and again.

Looking needs no library, sees every change on every file system, those of other machines too, and misses none; of
100,000 files a look takes well below a second. What the system could tell by itself it tells of local disks alone, and
not where there are many folders.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tongwen.decode.files import FORMATS
from tongwen.flow.plan import ABOUT
from tongwen.store import folder as indexes

EVERY = 2.0  # seconds between two looks

EMPTY = hash(())  # what is told of a folder in which there is nothing to read
Look = dict[str, int]
"""Of each folder a number that is another one when a file in it comes, goes or changes."""


def changes(paths: Iterable[Path], every: float = EVERY, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Comes round at once, and then each time that something below ``paths`` has changed and stayed so for one look.

    So a file that is being written is waited for. What changes while the caller is at work is seen afterwards.
    """
    paths = list(paths)
    before = look(paths)
    yield
    while True:
        sleep(every)
        now = look(paths)
        if now != before:
            before = _settled(paths, now, every, sleep)
            yield


def _settled(paths: list[Path], now: Look, every: float, sleep: Callable[[float], None]) -> Look:
    while True:
        before = now
        sleep(every)
        now = look(paths)
        if now == before:
            return now


def look(paths: Iterable[Path]) -> Look:
    found: Look = {}
    todo = [os.fspath(path) for path in paths]
    for place in todo:  # which grows meanwhile
        real = os.path.realpath(place)
        if real not in found:
            found[real], inside = _state(place)
            todo += inside
    return {real: state for real, state in found.items() if state != EMPTY or not indexes.is_index(real)}


def _state(place: str) -> tuple[int, list[str]]:
    """Of a folder and its own files, and the folders in it; hidden ones are no texts, nor is what a run writes."""
    files, folders = [], []
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    folders += [] if indexes.is_engine(Path(entry.path)) else [entry.path]
                elif _counts(entry.name):
                    files.append((entry.name, *_size_and_time(entry)))
    except NotADirectoryError:
        files.append(("", *_size_and_time(Path(place))))
    except OSError as fault:
        files.append(("", fault.errno or 0, 0))
    return hash(tuple(sorted(files))), folders


def _counts(name: str) -> bool:
    """Whether a run might read the file: an index, or its log, may lie among the texts, and each run changes it."""
    return (os.path.splitext(name)[1].lower() in FORMATS or name in ABOUT) and name not in indexes.FILES  # noqa: PTH122


def _size_and_time(file: os.DirEntry[str] | Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns
