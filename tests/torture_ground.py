"""What faults are tried on: a folder of texts before and after a change, its index, and what the index must hold."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from little_corpus import statute, write
from tongwen.flow import engines, index, indexing, library
from tongwen.flow.glossaries import glossary
from tongwen.flow.thesaurus import LibraryThesaurus
from tongwen.search import search
from tongwen.store import NAME, Store, keeper
from tongwen.store.listing import KINDS
from tongwen.store.schema import MIGRATIONS

FILES = 16
COMMITS = 4
QUERIES = ("精神药物", "精神藥物", "第三條", "處罰鍰", "毒品 OR 轉處3", '"違反前條"')
DEFINES = "\n第四條　本法所稱「管制品」，指第{n}類毒品及其製品，包括甲{n}與乙{n}。\n"
OLD = {f"{n}.txt": statute(str(n)) + DEFINES.format(n=n) for n in range(FILES)}
NEW = {f"{n}.txt": OLD[f"{n}.txt"] + f"\n第五條　轉處{n}。\n" * 20 for n in range(0, FILES, 2)}
NEW |= {f"{n}.txt": OLD[f"{n}.txt"] for n in range(1, FILES - 3, 2)} | {
    f"new{n}.txt": statute(str(n)) for n in range(3)
}

Picture = dict[str, list[str]]
"""What is told of each document: its records of every kind, and its hits. Under ``RANKS`` what hangs on all of them:
scores, and which hits are only similar."""

RANKS = ""  # no document has this id


@dataclass(frozen=True)
class Ground:
    """``home`` has for each engine ``old``, ``new`` and ``stopped``, each with ``corpus`` and ``index``.

    ``before`` and ``after``: what an index of OLD, and of NEW, shows, whichever engine it has.
    """

    home: Path
    before: Picture
    after: Picture

    def state(self, engine: str, name: str) -> Path:
        return self.home / engine / name

    def fresh(self, name: str, engine: str, state: str = "old") -> Path:
        """A folder of its own: the index as ``state`` has it, beside the texts as they are now."""
        folder = self.home / name
        shutil.copytree(self.state(engine, state) / "index", folder / "index")
        shutil.copytree(self.state(engine, "new") / "corpus", folder / "corpus")
        return folder

    def is_of_one_time(self, seen: Picture, begun: bool = True) -> None:
        """Each document as it was or as it is now, with the hits of then. ``begun``: there was an index before."""
        for doc in seen.keys() - {RANKS}:
            known = [told[doc] for told in (self.before, self.after) if doc in told]
            others = [sorted(set(seen[doc]) ^ set(told)) for told in known if seen[doc] != told]
            assert len(others) < len(known), f"{doc} is neither what it was nor what it is: {others}"
        lost = (self.before.keys() & self.after.keys()) - seen.keys()
        assert not begun or not lost, f"{lost} were there before, and are now"


def ground(home: Path, names: Iterable[str] = tuple(engines.ENGINES)) -> Ground:
    for engine in names:
        for name, texts in (("old", OLD), ("new", NEW)):
            folder = home / engine / name
            write(folder / "corpus", texts)
            index([folder / "corpus"], folder / "index", jobs=1, engine=engine)
            beside(folder / "index")
        (home / engine / "none" / "index").mkdir(parents=True)
    seen = [[picture(home / engine / name / "index") for engine in names] for name in ("old", "new")]
    assert all(one == others[0] for others in seen for one in others), "the engines differ"
    here = Ground(home, *(others[0] for others in seen))
    for engine in names:
        _stopped(here.fresh(f"{engine}/stopped", engine))
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
    """All that can be asked of an index."""
    with library(folder) as opened:
        seen: Picture = {doc: [] for doc in (RANKS, *opened.store.document_ids())}
        for kind in KINDS:
            for row in opened.store.records(kind):
                seen[str(row["doc"])].append(json.dumps(row))
        for query in QUERIES:
            for hit in search(opened, query, limit=1000).hits:
                seen[RANKS].append(f"{query} {json.dumps(hit.json())}")
                if "similar" not in hit.why:
                    seen[hit.doc].append(f"{query} {json.dumps(hit.json() | {'score': 0})}")
        return {doc: sorted(told) for doc, told in seen.items()}


def older(folder: Path, version: int) -> None:
    """The index as an earlier version of the tables has it."""
    undo = {3: ["DROP TABLE digests", "DELETE FROM meta WHERE name = 'state'"], 2: ["DROP TABLE names"]}
    undo |= {1: ["DROP TABLE nestings"], 4: ["DROP INDEX files_by_root"], 5: ["DROP INDEX files_by_path"]}
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as opened:
        for step in range(len(MIGRATIONS) - 1, version - 1, -1):
            for statement in undo[step]:
                opened.execute(statement)
        opened.execute("UPDATE files SET stamp = 'earlier'")  # what had other tables was read by other code
        opened.execute(f"PRAGMA user_version = {version}")
    (folder / "tongwen.sums").unlink()


def stored(folder: Path) -> list[Path]:
    """The files of an index in which nothing may change unseen."""
    found = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.stat().st_size)
    return [file for file in found if not file.name.endswith(("-shm", ".lock"))]
