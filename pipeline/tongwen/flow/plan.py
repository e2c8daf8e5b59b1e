"""What is to be done: the files as they are, held against what the store knows of them."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tongwen.decode import Manifest, SourceFile, document_ids, find_files, load_manifest, load_words
from tongwen.decode import manifest as manifests
from tongwen.decode import words as lexicons
from tongwen.decode.files import PassedOver, printable, relative
from tongwen.decode.foreign import is_foreign
from tongwen.decode.manifest import PASSED_OVER
from tongwen.exchange.place import belongs
from tongwen.flow.partitions import WHOLE, Partition
from tongwen.flow.tasks import Task
from tongwen.model import Json
from tongwen.normalise import fold
from tongwen.store import File
from tongwen.store import folder as indexes

SETTLED = 2_000_000_000  # ns: a file changed later than this before it is looked at may change again unseen
UNSETTLED = -1  # instead of such a time: it proves nothing

ABOUT = frozenset({manifests.NAME, lexicons.NAME})
"""Files that say something of their folder and are no documents."""


class Failure(NamedTuple):
    path: str
    problem: str


class Rest(NamedTuple):
    """What is known of files that are not below the paths that are looked at: by their ids, and their folders."""

    file_of: Callable[[str], File | None] = lambda doc: None
    roots: Callable[[], Iterable[Path]] = tuple


@dataclass(slots=True)
class Plan:
    """``tasks`` in the order of the files; ``vanished`` are known files that are no longer there, or no documents now.

    ``words``: for each folder those of its own lexicon, as keys. ``faults``: what is wrong in the folders, their
    manifests and lexicons, one sentence each. ``passed_over``: how many files of each other extension there are.
    """

    tasks: list[Task] = field(default_factory=list)
    unchanged: int = 0
    vanished: list[File] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)


def plan(  # noqa: PLR0913, PLR0917  what is looked at, what is known of it, and how it is to be read
    paths: Iterable[Path],
    known: Iterable[File],
    stamp: str,
    full: bool = False,
    part: Partition = WHOLE,
    rest: Rest = Rest(),  # noqa: B008  it is frozen
) -> Plan:
    """``known``: of the files below ``paths`` at least. ``stamp`` names the present code; ``full``: everything is read
    again; all else than ``part`` is left alone.

    Raises ``NotFound`` for a path that is not there and below which nothing is known either.
    """
    paths, known, passed_over = list(paths), list(known), PassedOver(ABOUT | indexes.FILES, _is_apart)
    closed = {path: fault for path in paths if (fault := why_closed(path))}
    there = [path for path in paths if path not in closed and not _has_gone(path, known)]
    found = list(find_files(there, passed_over))
    plan = _Planner(known, stamp, full, part, rest).plan(found, [absolute(path) for path in paths])
    entered = [*closed.values(), *passed_over.closed]
    plan.faults += [f"{fault} What is known of the files in it stays as it was." for fault in entered]
    plan.passed_over = dict(sorted(passed_over.formats.items()))
    return plan


def _is_apart(folder: Path) -> bool:
    """Whether it holds what is about the texts, or what was made of them."""
    return belongs(folder) or indexes.is_engine(folder)


def why_closed(path: Path) -> str:
    """Why a file or folder that may be there cannot be looked at, one sentence; empty where it can, or is not there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as fault:
        return f"{printable(str(path))} cannot be looked at: {fault.strerror}."
    return ""


def _has_gone(path: Path, known: Iterable[File]) -> bool:
    """Whether nothing is there any more, but was."""
    if os.path.lexists(path):
        return False
    whole = absolute(path)
    return any(_is_below(file.path, whole) for file in known)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


class _Sight(NamedTuple):
    """A file that was found. ``path`` is absolute, ``below`` as a manifest writes it; ``part``: its folder lies in one
    that was indexed before or is indexed now, whose ids and manifest it keeps."""

    source: SourceFile
    path: str
    below: str
    part: bool


class _Planner:
    """Of each file strings are handled: a library has many, and a path that is an object costs ten times as much."""

    def __init__(self, known: Iterable[File], stamp: str, full: bool, part: Partition, rest: Rest) -> None:
        self._known = {file.doc: file for file in known}
        self._rest = rest
        self._by_path = {file.path: file for file in self._known.values()}
        self._known_roots = _outer({Path(root) for root in {file.root for file in self._known.values()}}, rest.roots())
        self._stamp, self._full, self._part = stamp, full, part
        self._manifests: dict[Path, Manifest] = {}
        self._roots: dict[
            Path, tuple[Path, str]
        ] = {}  # a folder as found to the one whose ids count, and its whole path
        self._ids: dict[str, str] = {}  # absolute path to the document's id, in this run
        self._docs: set[str] = set()
        self._files: list[SourceFile] = []

    def plan(self, found: list[SourceFile], paths: list[str]) -> Plan:
        self._known_roots = _outer(self._known_roots, (Path(absolute(root)) for root in {file.root for file in found}))
        seen = [sight for sight in map(self._sight, found) if not self._passed_over(sight)]
        self._files = [sight.source for sight in seen]
        ids = document_ids(self._files)
        self._ids = {sight.path: self._id(sight, ids) for sight in seen}
        self._docs = set(self._ids.values())
        plan = Plan()
        for sight in seen:
            if self._part.holds(self._ids[sight.path]):
                self._add(plan, sight)
        plan.vanished = [file for file in self._known.values() if self._has_vanished(file, paths)]
        plan.faults = [f"{p.message} {p.hint}" for m in self._manifests.values() for p in m.problems]
        for root in dict.fromkeys(sight.source.root for sight in seen):
            plan.words[absolute(root)] = _words(root, plan.faults)
        return plan

    def _sight(self, file: SourceFile) -> _Sight:
        """A part of a folder that was indexed before, or is named beside it, keeps that folder's ids and manifest."""
        root, path = self._root(file.root)[0], absolute(file.path)
        source = file if root is file.root else SourceFile(root, Path(path))
        return _Sight(source, path, relative(source.path, root), source is not file)

    def _root(self, root: Path) -> tuple[Path, str]:
        if root not in self._roots:
            inside = Path(absolute(root))
            wider = (known for known in self._known_roots if inside != known and inside.is_relative_to(known))
            self._roots[root] = (next(wider, root), str(inside))
        return self._roots[root]

    def _id(self, sight: _Sight, ids: dict[Path, str]) -> str:
        """Of a part, files whose ids would collide may not be in sight: what is known keeps the id that it has."""
        known = self._by_path.get(sight.path)
        return known.doc if known and sight.part else ids[sight.source.path]

    def _add(self, plan: Plan, sight: _Sight) -> None:
        doc = self._ids[sight.path]
        known = self._known.get(doc) or self._rest.file_of(doc)
        if known and known.path != sight.path and self._stands(known):
            plan.failed.append(_same_id(sight.source, known))
            return
        said = self._said(sight)
        file = self._look(sight, doc, said)
        as_was = known and (known.stamp, known.entry) == (file.stamp, file.entry) and not self._full
        same = known.sha256 if known and as_was else ""
        file = file._replace(sha256=same)
        if known == file and file.mtime_ns != UNSETTLED and not self._full:
            plan.unchanged += 1
        else:
            before = self._by_path.get(sight.path)
            former = before.doc if before and before.doc not in self._docs else None
            root, path = map(str, sight.source)
            plan.tasks.append(Task(path, root, sight.below, said, file, known, same, former))

    def _stands(self, known: File) -> bool:
        """Whether the file that has this id is still there, and keeps it."""
        return self._ids.get(known.path, known.doc) == known.doc and not _gone(known.path)

    def _look(self, sight: _Sight, doc: str, said: Mapping[str, Json]) -> File:
        """Size and time before the content is read: what is written meanwhile is noticed the next time."""
        size, changed = 0, UNSETTLED
        try:
            status = os.stat(sight.source.path)  # noqa: PTH116
        except OSError:
            pass  # that it cannot be read is told where it is read
        else:
            settled = time.time_ns() - status.st_mtime_ns > SETTLED
            size, changed = status.st_size, status.st_mtime_ns if settled else UNSETTLED
        root = self._root(sight.source.root)[1]
        return File(doc, root, sight.path, size, changed, "", _entry(said), self._stamp, "ok", "")

    def _manifest(self, root: Path) -> Manifest:
        if root not in self._manifests:
            self._manifests[root] = load_manifest(root)
        return self._manifests[root]

    def _said(self, sight: _Sight) -> Mapping[str, Json]:
        return self._manifest(sight.source.root).entries.get(sight.below, {})

    def _passed_over(self, sight: _Sight) -> bool:
        return self._said(sight).get(PASSED_OVER) is False

    def _has_vanished(self, file: File, paths: list[str]) -> bool:
        if file.doc in self._docs or not self._part.holds(file.doc):
            return False
        if file.path in self._ids:  # it has another id now; where that is of another part, nobody else forgets this one
            return not self._part.holds(self._ids[file.path])
        if not any(_is_below(file.path, path) for path in paths):
            return False
        path = Path(file.path)
        if _gone(file.path) or self._passed_over(self._sight(SourceFile(Path(file.root), path))):
            return True
        if is_foreign(path):
            return True
        return os.path.realpath(file.path) in self._reals  # it is a link, and its file is known by its own name

    @cached_property
    def _reals(self) -> set[str]:
        return {os.path.realpath(file.path) for file in self._files}


def _outer(*roots: Iterable[Path]) -> list[Path]:
    """All of them, folders before what is in them."""
    return sorted({root for some in roots for root in some}, key=lambda root: len(root.parts))


def _words(root: Path, faults: list[str]) -> list[str]:
    try:
        return sorted(set(map(fold, load_words(root))))
    except (OSError, UnicodeError) as fault:
        told = f"The lexicon of {root} cannot be read: {fault}."
        faults.append(f"{told} Mend it, or save it as UTF-8; until then it does not count.")
        return []


def absolute(path: Path) -> str:
    """As typed, made absolute; links stay links, so that a file keeps the name by which it was found."""
    return os.path.abspath(path)  # noqa: PTH100  resolve() would follow links


def _entry(said: Mapping[str, Json]) -> str:
    """A name for what a manifest says of a file; it changes when that does."""
    return sha256(repr(sorted(said.items())).encode("utf-8", "replace")).hexdigest()[:16] if said else ""


def _gone(path: str) -> bool:
    """Whether there is no such file: one that cannot be looked at is not gone, a folder in its place is no file."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def _same_id(source: SourceFile, known: File) -> Failure:
    problem = f"{source.path} would have the id {known.doc}, which belongs to {known.path}."
    problem += " Index both folders in one call, and their names become part of the ids."
    return Failure(str(source.path), problem)
