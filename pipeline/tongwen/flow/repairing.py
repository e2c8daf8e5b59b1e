"""Making again what does not agree, from what is proven: the least that serves comes first."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tongwen.errors import IndexFault
from tongwen.flow import engines
from tongwen.flow.indexing import index
from tongwen.flow.ledger import Ledger
from tongwen.flow.stop import Progress
from tongwen.flow.verifying import Verdict, verify
from tongwen.store import NAME, Store, renewing
from tongwen.store.derived import discard


def repair(
    folder: Path, verdict: Verdict, progress: Progress = lambda done, total, share=None: None
) -> tuple[list[str], Verdict]:
    """What was done about the faults of ``verdict``, one sentence each, and the verdict thereafter.

    Damaged documents are read again from their files; where the database itself cannot be trusted it is set aside, and
    the folders that it names are read again. A file that has vanished cannot be read again: what was stored of it
    stays, or stays in the file that was set aside.

    :raises IndexFault: another process writes, or there is no room
    """
    done: list[str] = []
    for step in (_derived, _documents, _database, _engine):
        done += step(folder, verdict, progress)
    after = verify(folder, progress=progress)
    if any(fault.part == "database" for fault in after.faults):
        done += _anew(folder, progress)
        if (folder / NAME).exists():  # not where nothing names the texts any more: its faults stay told
            after = verify(folder, progress=progress)
    elif any(fault.part == "engine" for fault in after.faults):
        done += _engine(folder, after, progress)
        after = verify(folder, progress=progress)
    return done, after


def _places(verdict: Verdict, *parts: str) -> list[str]:
    return [fault.place for fault in verdict.faults if fault.part in parts]


def _derived(folder: Path, verdict: Verdict, _: Progress) -> list[str]:
    names = _places(verdict, "derived")
    for name in names:
        discard(folder / name)
    return [f"{name} was deleted; it is made again when it is needed." for name in names]


def _documents(folder: Path, verdict: Verdict, progress: Progress) -> list[str]:
    """A file of which nothing is known is read again, and what was stored of it is replaced."""
    docs = set(_places(verdict, "document"))
    if not docs:
        return []
    with suppress(IndexFault):
        with Store.write(folder) as store:
            files = [file for file in store.files() if file.doc in docs]
            for file in files:
                store.put_file(file._replace(stamp=""))
        there = [Path(file.path) for file in files if Path(file.path).is_file()]
        report = index(there, folder, progress=progress)
        return [f"{report.added + report.updated} of {len(docs)} damaged documents were read again."]
    return []


def _database(folder: Path, verdict: Verdict, _: Progress) -> list[str]:
    if not _places(verdict, "database", "checksums"):
        return []
    with suppress(IndexFault):
        if renewing.renew(folder):
            return [f"{NAME} was written anew, with all that was stored."]
    return []


def _engine(folder: Path, verdict: Verdict, progress: Progress) -> list[str]:
    if not _places(verdict, "engine"):
        return []
    with suppress(IndexFault), Store.write(folder) as store:
        with Ledger(store, folder, store.meta("engine") or engines.DEFAULT) as ledger:
            ledger.begin(set(), anew=True, progress=progress)
            ledger.checkpoint()
        return ["The search index was filled anew from what is stored."]
    return []


def _anew(folder: Path, progress: Progress) -> list[str]:
    aside, roots, engine = renewing.set_aside(folder)
    done = [f"{NAME} was set aside as {aside.name}."]
    there = [root for root in roots if root.exists()]
    if not there:
        return [*done, "Which folders it was made from cannot be read any more: run `tongwen index` on them."]
    known = engine if engine in engines.ENGINES else None
    report = index(there, folder, engine=known, full=True, progress=progress)
    return [*done, f"{report.added} documents were read again from {', '.join(map(str, there))}."]
