"""``tongwen index --watch``: one run after the other, each when something has changed, until Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from tongwen.cli import interrupted
from tongwen.cli.oneline import one_line
from tongwen.cli.page import note
from tongwen.errors import IndexBusy
from tongwen.flow import fingerprint
from tongwen.flow.events import tell
from tongwen.flow.stop import stoppable
from tongwen.flow.watching import changes

if TYPE_CHECKING:
    from tongwen.flow import Report


Run = Callable[[Sequence[Path]], "Report"]
Say = Callable[["Report"], None]


def watch(paths: Sequence[Path], every: float, run: Run, say: Say) -> int:
    """The exit code: 128 and the number of the signal that ended it, or 1 where the program itself has changed.

    ``run`` gets those of ``paths`` that are there: a disk that comes loose takes nothing from the index.
    """
    with stoppable():
        try:
            return _watch(paths, every, run, say)
        except KeyboardInterrupt as stop:
            note("stopped watching")
            return interrupted(stop)


def _watch(paths: Sequence[Path], every: float, run: Run, say: Say) -> int:
    code = fingerprint.code_of(None)
    there: Sequence[Path] | None = None
    for _ in changes(paths, every):
        if fingerprint.code_of(code.note).components != code.components:
            note("Tongwen itself has changed: start `tongwen index --watch` anew.")
            return 1
        tell("watch_changed", paths=[str(path) for path in paths])
        # The first run is as without --watch, and tells what is not there.
        there = paths if there is None else _there(paths, there)
        if there:
            report = _free(partial(run, there), every)
            say(report)
            if report.signal:
                return 128 + report.signal
    return 0


def _there(paths: Sequence[Path], before: Sequence[Path]) -> list[Path]:
    """Those that are there; of one that was and is not any more, a person is told."""
    there = [path for path in paths if os.path.exists(path)]  # noqa: PTH110  one that may not be looked at is none
    for path in before:
        if path not in there:
            note(one_line(f"{path} is gone; what was read of it is kept, and it is waited for"))
    return there


def _free(run: Callable[[], Report], every: float) -> Report:
    """Another process may be writing to the index for a while."""
    told = False
    while True:
        try:
            return run()
        except IndexBusy as busy:
            if not told:
                note(f"{busy.message} It is tried again until that has ended.")
                told = True
        sleep(every)
