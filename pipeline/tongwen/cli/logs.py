"""A log for machines, where one is asked for: JSON Lines, one event each, with its time, level and fields.

Neither texts nor queries are in it: of a call its name is told, and of a wrong call not what was typed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from tongwen import __version__
from tongwen.cli.oneline import one_line
from tongwen.cli.page import note
from tongwen.errors import IndexFault, WorkersFault

if TYPE_CHECKING:
    from logging import LogRecord

VARIABLE = "TONGWEN_LOG"
_began: list[float] = []  # when the call began whose log is open


def begin(place: str | None, command: str | None) -> None:
    """Opens the log at ``place``, a file that is added to or ``-`` for stderr; where one is open already, nothing.

    :raises OSError: the file cannot be written
    """
    if not place or _began:
        return
    import logging  # noqa: PLC0415  few calls log

    from tongwen.flow.events import LOG  # noqa: PLC0415

    same = {"encoding": "utf-8", "errors": "backslashreplace"}
    handler = logging.StreamHandler(sys.stderr) if place == "-" else logging.FileHandler(place, **same)  # type: ignore[arg-type]
    handler.format = _line  # type: ignore[method-assign]
    handler.handleError = _Unwritten(place)  # type: ignore[method-assign]
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    _began.append(monotonic())
    _tell("command_started", command=command or "", version=__version__, pid=os.getpid())


class _Unwritten:
    """A log that cannot be written any more, as on a full disk, stops no run: it is told once."""

    def __init__(self, place: str) -> None:
        self._place, self._told = place, False

    def __call__(self, record: LogRecord) -> None:
        if not self._told:
            self._told = True
            error = sys.exc_info()[1]
            note(one_line(f"the log {self._place} cannot be written: {getattr(error, 'strerror', None) or error}"))


def _line(record: LogRecord) -> str:
    time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    event = {"time": time, "level": record.levelname.lower(), "event": record.getMessage()}
    return json.dumps(event | getattr(record, "fields", {}), ensure_ascii=False)


def fail(error: Exception) -> None:
    """The sentence only where it is of the index or the workers: others, as of a wrong query, hold what was typed.

    These, and what the system refuses, are errors; what was typed wrong is none.
    """
    told = error.message if isinstance(error, IndexFault | WorkersFault) else ""
    if _began:
        amiss = bool(told) or isinstance(error, OSError)
        _tell("command_failed", amiss=amiss, error=type(error).__name__, message=told)


def end(code: int) -> None:
    """Tells how the call ended, and closes the log."""
    if not _began:
        return
    _tell("command_ended", exit_code=code, seconds=round(monotonic() - _began.pop(), 3))
    from tongwen.flow.events import LOG  # noqa: PLC0415

    for handler in LOG.handlers[1:]:  # the first one is there from the start and leads nowhere
        LOG.removeHandler(handler)
        with suppress(OSError):  # it has been told
            handler.close()


def _tell(event: str, *, amiss: bool = False, **fields: str | int | float) -> None:
    from logging import ERROR, INFO  # noqa: PLC0415

    from tongwen.flow.events import tell  # noqa: PLC0415

    tell(event, ERROR if amiss else INFO, **fields)
