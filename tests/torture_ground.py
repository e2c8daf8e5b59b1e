"""What faults are tried on: a folder of texts before and after a change, its index, and what the index must hold."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from little_corpus import statute, write
from tongwen.flow import index, indexing, library
from tongwen.flow.glossaries import glossary
from tongwen.flow.thesaurus import LibraryThesaurus
from tongwen.search import search
from tongwen.store import NAME, Store, keeper
from tongwen.store.listing import KINDS

FILES = 16
COMMITS = 4
QUERIES = ("精神药物", "精神藥物", "第三條", "處罰鍰", "毒品 OR 轉處3", '"違反前條"')
DEFINES = "\n第四條　本法所稱「管制品」，指第{n}類毒品及其製品，包括甲{n}與乙{n}。\n"
OLD = {f"{n}.txt": statute(str(n)) + DEFINES.format(n=n) for n in range(FILES)}
NEW = {f"{n}.txt": OLD[f"{n}.txt"] + f"\n第五條　轉處{n}。\n" * 20 for n in range(0, FILES, 2)}
NEW |= {f"{n}.txt": OLD[f"{n}.txt"] for n in range(1, FILES - 3, 2)} | {
    f"new{n}.txt": statute(str(n)) for n in range(3)
}

Picture = dict[str, object]


@dataclass(frozen=True)
class Ground:
    """``home`` has ``old``, ``new`` and ``stopped``, each with ``corpus`` and ``index``.

    ``after``: what an index of NEW shows.
    """

    home: Path
    after: Picture

    def fresh(self, name: str, state: str = "old", texts: str = "new") -> Path:
        """A folder of its own: the index as ``state`` has it, beside the texts as they are now."""
        folder = self.home / name
        shutil.copytree(self.home / state / "index", folder / "index")
        shutil.copytree(self.home / texts / "corpus", folder / "corpus")
        return folder


def ground(home: Path) -> Ground:
    for name, texts in (("old", OLD), ("new", NEW)):
        write(home / name / "corpus", texts)
        index([home / name / "corpus"], home / name / "index", jobs=1)
        beside(home / name / "index")
    (home / "none" / "index").mkdir(parents=True)
    here = Ground(home, picture(home / "new" / "index"))
    _stopped(here.fresh("stopped"))
    return here


def _stopped(folder: Path) -> None:
    """A run that has died after a few commits: they stand in the log."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        assert (folder / "index" / f"{NAME}-wal").stat().st_size
        return
    commit, left = keeper.Keeper.commit, iter(range(COMMITS))

    def committing(this: keeper.Keeper) -> None:
        commit(this)
        if next(left, None) is None:
            os._exit(0)

    keeper.Keeper.commit = committing  # type: ignore[method-assign]
    indexing.CHECKPOINT = 0.0
    index([folder / "corpus"], folder / "index", jobs=1)
    os._exit(1)


def beside(folder: Path) -> None:
    """Fills the files beside an index, from a termbase beside its texts where there is one."""
    with Store.read(folder) as store:
        glossary(store, folder)
        LibraryThesaurus(store, folder, [Path(__file__).parent.parent / "corpus" / "termbase"]).entries(["毒品"])


def picture(folder: Path) -> Picture:
    """All that can be asked of an index: records of every kind, and hits."""
    with library(folder) as opened:
        found: Picture = {kind: [json.dumps(row) for row in opened.store.records(kind)] for kind in KINDS}
        for query in QUERIES:
            found[query] = sorted(json.dumps(hit.json()) for hit in search(opened, query, limit=1000).hits)
        return found


def older(folder: Path, version: int) -> None:
    """The index as an earlier version of the tables has it."""
    undo = {3: ["DROP TABLE digests", "DELETE FROM meta WHERE name = 'state'"], 2: ["DROP TABLE names"]}
    undo |= {1: ["DROP TABLE nestings"]}
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as opened:
        for step in range(3, version - 1, -1):
            for statement in undo[step]:
                opened.execute(statement)
        opened.execute("UPDATE files SET stamp = 'earlier'")  # what had other tables was read by other code
        opened.execute(f"PRAGMA user_version = {version}")
    (folder / "tongwen.sums").unlink()


def stored(folder: Path) -> list[Path]:
    """The files of an index in which nothing may change unseen."""
    found = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.stat().st_size)
    return [file for file in found if not file.name.endswith(("-shm", ".lock"))]
