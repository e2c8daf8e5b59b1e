"""What a run did, as it is returned, kept and told."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from tongwen import __version__
from tongwen.errors import TongwenError
from tongwen.flow import runs
from tongwen.flow.events import tell
from tongwen.flow.partitions import WHOLE, Partition
from tongwen.flow.places import beside, shown
from tongwen.flow.plan import Failure
from tongwen.flow.tasks import Outcome

COUNTED = ("added", "updated", "unchanged", "removed")


@dataclass(slots=True)
class Report:
    """What one run did. ``vanished`` files are still in the index; ``signal`` is set where the run was stopped.

    ``faults`` are the folders' and their manifests', ``notes`` say why files were read again that have not changed.
    ``passed_over``: how many files of each other extension there are. ``left``: how many were still to be read.
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
    left: int = 0

    @property
    def result(self) -> runs.Result:
        return "stopped" if self.signal else "problems" if self.failed or self.faults else "done"

    @property
    def counts(self) -> dict[str, int]:
        told = {name: int(getattr(self, name)) for name in COUNTED}
        return told | {"failed": len(self.failed), "vanished": len(self.vanished)}


@contextmanager
def told(folder: Path, part: Partition = WHOLE) -> Iterator[Report]:
    """The report of a run that begins now; how it ended is kept in the index ``folder``."""
    began, clock, report = _now(), monotonic(), Report()
    partition = f"{part.number}/{part.of}" if part != WHOLE else ""
    tell("run_started", index=shown(folder), partition=partition, version=__version__)
    result: runs.Result = "failed"
    error = ""
    try:
        yield report
        result = report.result
    except KeyboardInterrupt:
        result = "stopped"
        raise
    except TongwenError as fault:
        error = fault.message
        raise
    except Exception as fault:
        error = type(fault).__name__
        raise
    finally:
        report.seconds = monotonic() - clock
        seconds = round(report.seconds, 3)
        run = runs.Run(
            began, _now(), seconds, result, **report.counts, version=__version__, partition=partition, error=error
        )
        runs.keep(beside(folder), run)
        level = logging.INFO if result == "done" else logging.ERROR if error else logging.WARNING
        tell("run_finished", level, result=result, **report.counts, seconds=seconds, error=error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def tell_of(outcome: Outcome) -> None:
    doc, size = outcome.task.file.doc, outcome.task.file.size
    if outcome.problem:
        tell("file_failed", logging.WARNING, path=outcome.task.path, problem=outcome.problem)
    elif outcome.parcel:
        tell("file_read", doc=doc, bytes=size, characters=outcome.characters, seconds=round(outcome.seconds, 3))
