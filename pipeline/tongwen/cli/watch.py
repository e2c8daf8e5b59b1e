"""``tongwen index --watch``: one run after the other, each when something has changed, until Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from tongwen.cli.page import note
from tongwen.errors import IndexBusy
from tongwen.flow import fingerprint
from tongwen.flow.events import tell
from tongwen.flow.stop import stoppable
from tongwen.flow.watching import changes

if TYPE_CHECKING:
    from tongwen.flow import Report


def watch(paths: Sequence[Path], every: float, run: Callable[[], Report], say: Callable[[Report], None]) -> int:
    """The exit code: 128 and the number of the signal that ended it, or 1 where the program itself has changed."""
    with stoppable() as stop:
        try:
            return _watch(paths, every, run, say)
        except KeyboardInterrupt:
            note("stopped watching")
            return 128 + (stop.signal or signal.SIGINT)


def _watch(paths: Sequence[Path], every: float, run: Callable[[], Report], say: Callable[[Report], None]) -> int:
    code = fingerprint.code_of(None)
    for _ in changes(paths, every):
        if fingerprint.code_of(code.note).components != code.components:
            note("Tongwen itself has changed: start `tongwen index --watch` anew.")
            return 1
        tell("watch_changed", paths=[str(path) for path in paths])
        report = _free(run, every)
        say(report)
        if report.signal:
            return 128 + report.signal
    return 0


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
