"""What an index holds, and what of it no longer fits the files, the tables or the code."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tongwen.flow import fingerprint, places
from tongwen.flow.opening import fault
from tongwen.flow.plan import UNSETTLED, plan
from tongwen.flow.reading import Task, is_same
from tongwen.store import File


@dataclass(frozen=True, slots=True)
class Status:
    """``counts``: documents, passages, problems, and records of each kind. ``size``: bytes on disk.

    ``changed``, ``new``, ``vanished`` and ``failed`` are paths, ``missing`` folders that are gone with all that was in
    them; ``outdated`` is how many documents were read by other code or tables, ``reasons`` what is different now.
    ``folders``: those that were indexed and are there. ``engine_fault``: what is wrong with the search engine's files,
    one sentence.
    """

    counts: dict[str, int]
    engine: str
    size: int
    built: str
    updated: str
    version: str
    changed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    outdated: int = 0
    reasons: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    engine_fault: str = ""

    @property
    def stale(self) -> bool:
        gone = self.vanished or self.missing
        return bool(self.changed or self.new or gone or self.outdated or self.engine_fault)


def status(folder: Path) -> Status:
    """Of the texts only names, sizes and times are looked at, and the content where these leave a doubt.

    :raises IndexFault: there is no index, or it cannot be read
    """
    with places.reading(folder) as store:
        files = store.files()
        now = fingerprint.components()
        roots = sorted({file.root for file in files})
        here = [Path(root) for root in roots if Path(root).exists()]
        moved = _moved(here, files)
        gone = {*moved["vanished"], *(file.path for file in files if Path(file.root) not in here)}
        stamp = fingerprint.stamp(now)
        outdated = [file.stamp for file in files if file.path not in gone and _is_outdated(file, stamp)]
        return Status(
            counts=store.counts(),
            engine=store.meta("engine") or "",
            size=places.size(folder),
            built=store.meta("built") or "",
            updated=store.meta("updated") or "",
            version=store.meta("version") or "",
            folders=[str(root) for root in here],
            engine_fault=fault(folder, store),
            missing=[root for root in roots if not Path(root).exists()],
            outdated=len(outdated),
            reasons=fingerprint.reasons(outdated, store.meta, now),
            failed={file.path: file.problem for file in files if file.state == "failed"},
            **moved,
        )


def _is_outdated(file: File, stamp: str) -> bool:
    """What cannot be read is told as failed, whatever read it the last time."""
    return bool(file.sha256) and file.state != "failed" and file.stamp != stamp


def _moved(roots: list[Path], files: list[File]) -> dict[str, list[str]]:
    """What an `index` of the same folders would find, were the code the same."""
    todo = plan(roots, (file._replace(stamp="") for file in files), "")
    return {
        "changed": [task.file.path for task in todo.tasks if task.known and _has_changed(task, task.known)],
        "new": [task.file.path for task in todo.tasks if not task.known],
        "vanished": [file.path for file in todo.vanished],
    }


def _has_changed(task: Task, known: File) -> bool:
    if known.state == "failed":
        times = {known.mtime_ns, task.file.mtime_ns} - {UNSETTLED}
        return known.size != task.file.size or len(times) > 1
    try:
        return not is_same(task)
    except OSError:
        return True
