"""What an index holds, and what of it no longer fits the files, the tables or the code."""

from __future__ import annotations

import os.path
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

from tongwen.errors import UsageError
from tongwen.flow import fingerprint, places
from tongwen.flow.opening import fault
from tongwen.flow.partitions import WHOLE, Partition, parse
from tongwen.flow.plan import UNSETTLED, plan, why_closed
from tongwen.flow.runs import Run, last
from tongwen.flow.tasks import Task, is_same
from tongwen.store import NAME, File


@dataclass(frozen=True, slots=True)
class Status:
    """``counts``: documents, passages, problems, and records of each kind. ``size``: bytes on disk.

    ``changed``, ``new``, ``vanished`` and ``failed`` are paths, ``missing`` folders that are gone with all that was in
    them; ``outdated`` is how many documents were read by other code or tables, ``reasons`` what is different now.
    ``folders``: those that were indexed and are there. ``faults``: what is wrong in these, their manifests and
    lexicons, one sentence each. ``engine_fault``: what is wrong with the search engine's files,
    one sentence. ``sizes``: bytes of the database, the engine's files, what the glossary keeps, and what was put aside
    or is left over; together ``size``. ``free``: bytes left on that disk. ``age``: seconds since the last change.
    ``schema``: of the database's tables; ``code``: a short name for the present code and tables; ``last_run``: None
    where none is known.
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
    faults: list[str] = field(default_factory=list)
    engine_fault: str = ""
    generation: str = ""
    sizes: dict[str, int] = field(default_factory=dict)
    free: int = 0
    age: int | None = None
    schema: int = 0
    code: str = ""
    last_run: Run | None = None

    @property
    def stale(self) -> bool:
        gone = self.vanished or self.missing
        return bool(self.changed or self.new or gone or self.outdated or self.engine_fault)

    @property
    def stale_counts(self) -> dict[str, int]:
        """Of files and, of ``missing``, folders; an ``outdated`` one may have changed as well."""
        lists = {"changed": self.changed, "new": self.new, "vanished": self.vanished, "missing": self.missing}
        return {name: len(paths) for name, paths in lists.items()} | {"outdated": self.outdated}

    @property
    def healthy(self) -> bool:
        """There are documents, nothing is stale, every file and folder could be read, and the last run did not fail."""
        amiss = self.stale or self.failed or self.faults or (self.last_run and self.last_run.result == "failed")
        return self.counts["documents"] > 0 and not amiss


def status(folder: Path) -> Status:
    """Of the texts only names, sizes and times are looked at, and the content where these leave a doubt.

    :raises IndexFault: there is no index, or it cannot be read
    """
    with places.reading(folder) as store:
        files = store.files()
        now = fingerprint.code_of(store.meta("code")).components
        roots = sorted({file.root for file in files})
        missing = [root for root in roots if not os.path.exists(root) and not why_closed(Path(root))]  # noqa: PTH110
        here = [Path(root) for root in roots if root not in missing]
        run = last(places.beside(folder))
        moved = _moved(here, files, _part_of(run))
        gone = {*moved["vanished"], *(file.path for file in files if file.root in missing)}
        stamp = fingerprint.stamp(now)
        outdated = [file.stamp for file in files if file.path not in gone and _is_outdated(file, stamp)]
        sizes = _sizes(folder, store.meta("engine") or "")
        sizes["engine"] += places.elsewhere(store)
        return Status(
            counts=store.counts(),
            engine=store.meta("engine") or "",
            size=sum(sizes.values()),
            sizes=sizes,
            free=places.free(folder),
            generation=store.meta("generation") or "",
            age=_age(store.meta("updated") or ""),
            schema=store.schema,
            code=stamp,
            last_run=run,
            built=store.meta("built") or "",
            updated=store.meta("updated") or "",
            version=store.meta("version") or "",
            folders=[str(root) for root in here],
            engine_fault=fault(folder, store),
            missing=missing,
            outdated=len(outdated),
            reasons=fingerprint.reasons(outdated, store.meta, now),
            failed={file.path: file.problem for file in files if file.state == "failed"},
            **moved,
        )


def _sizes(folder: Path, engine: str) -> dict[str, int]:
    """Bytes of each part; a file that a writer deletes meanwhile counts nothing."""
    sizes = dict.fromkeys(("database", "engine", "kept", "other"), 0)
    for file in folder.rglob("*"):
        with suppress(OSError):
            status = file.lstat()
            if S_ISREG(status.st_mode):
                sizes[_part(file.relative_to(folder), engine)] += status.st_size
    return sizes


def _part(file: Path, engine: str) -> str:
    if ".damaged" in file.parts[0]:
        return "other"
    if file.name in {f"{NAME}{tail}" for tail in ("", "-wal", "-shm")}:
        return "database"
    if file.parts[0] == engine:
        return "engine"
    return "kept" if file.suffix == ".sqlite" or ".sqlite-" in file.name else "other"


def _age(updated: str) -> int | None:
    """Seconds; 0 where the clock has gone back since."""
    try:
        then = datetime.fromisoformat(updated)
    except ValueError:
        return None
    return max(0, round((datetime.now(UTC) - then).total_seconds()))


def _is_outdated(file: File, stamp: str) -> bool:
    """What cannot be read is told as failed, whatever read it the last time."""
    return bool(file.sha256) and file.state != "failed" and file.stamp != stamp


def _part_of(run: Run | None) -> Partition:
    """Whose files are missed: those of the last run's part, as the others are another index's."""
    with suppress(UsageError):
        return parse(run.partition) if run and run.partition else WHOLE
    return WHOLE


def _moved(roots: list[Path], files: list[File], part: Partition) -> dict[str, list[str]]:
    """What an `index` of the same folders would find, were the code the same."""
    todo = plan(roots, (file._replace(stamp="") for file in files), "")
    return {
        "changed": [task.file.path for task in todo.tasks if task.known and _has_changed(task, task.known)],
        "new": [task.file.path for task in todo.tasks if not task.known and part.holds(task.file.doc)],
        "vanished": [file.path for file in todo.vanished],
        "faults": todo.faults,
    }


def _has_changed(task: Task, known: File) -> bool:
    if known.state == "failed":
        times = {known.mtime_ns, task.file.mtime_ns} - {UNSETTLED}
        return known.size != task.file.size or len(times) > 1
    try:
        return not is_same(task)
    except OSError:
        return True
