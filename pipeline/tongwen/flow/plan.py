"""What is to be done: the files as they are, held against what the store knows of them."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tongwen.decode import Manifest, SourceFile, document_ids, find_files, load_manifest, load_words
from tongwen.decode import manifest as manifests
from tongwen.decode import words as lexicons
from tongwen.decode.files import PassedOver, relative
from tongwen.decode.foreign import is_foreign
from tongwen.exchange.place import belongs
from tongwen.flow.reading import Task
from tongwen.model import Json
from tongwen.normalise import fold
from tongwen.store import File

SETTLED = 2_000_000_000  # ns: a file changed later than this before it is looked at may change again unseen
UNSETTLED = -1  # instead of such a time: it proves nothing

ABOUT = frozenset({manifests.NAME, lexicons.NAME})
"""Files that say something of their folder and are no documents."""


class Failure(NamedTuple):
    path: str
    problem: str


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


def plan(paths: Iterable[Path], known: Iterable[File], stamp: str, full: bool = False) -> Plan:
    """``stamp`` names the present code; ``full``: everything is read again.

    Raises ``NotFound`` for a path that is not there and below which nothing is known either.
    """
    paths, known, passed_over = list(paths), list(known), PassedOver(ABOUT, belongs)
    there = [path for path in paths if not _has_gone(path, known)]
    found = list(find_files(there, passed_over))
    plan = _Planner(known, stamp, full).plan(found, [absolute(path) for path in paths])
    plan.faults += [f"{fault} What is known of the files in it stays as it was." for fault in passed_over.closed]
    plan.passed_over = dict(sorted(passed_over.formats.items()))
    return plan


def _has_gone(path: Path, known: Iterable[File]) -> bool:
    """Whether nothing is there any more, but was."""
    return not os.path.lexists(path) and any(_is_below(file, absolute(path)) for file in known)


def _is_below(file: File, path: str) -> bool:
    return file.path == path or Path(file.path).is_relative_to(path)


class _Planner:
    def __init__(self, known: Iterable[File], stamp: str, full: bool) -> None:
        self._known = {file.doc: file for file in known}
        self._by_path = {file.path: file for file in self._known.values()}
        self._roots = sorted({Path(file.root) for file in self._known.values()}, key=lambda root: len(root.parts))
        self._stamp, self._full = stamp, full
        self._manifests: dict[Path, Manifest] = {}
        self._ids: dict[str, str] = {}  # absolute path to the document's id, in this run
        self._docs: set[str] = set()
        self._reals: set[str] = set()

    def plan(self, found: list[SourceFile], paths: list[str]) -> Plan:
        found = [file for file in found if not self._passed_over(file)]
        files = [self._within(file) for file in found]
        ids = document_ids(files)
        self._ids = {absolute(file.path): self._id(file, ids, was) for file, was in zip(files, found, strict=True)}
        self._docs = set(self._ids.values())
        self._reals = {os.path.realpath(file.path) for file in files}
        plan = Plan()
        for file in files:
            self._add(plan, file)
        plan.vanished = [file for file in self._known.values() if self._has_vanished(file, paths)]
        plan.faults = [f"{p.message} {p.hint}" for m in self._manifests.values() for p in m.problems]
        for root in dict.fromkeys(file.root for file in files):
            plan.words[absolute(root)] = _words(root, plan.faults)
        return plan

    def _within(self, file: SourceFile) -> SourceFile:
        """A part of a folder that was indexed before keeps that folder's ids and manifest."""
        inside = Path(absolute(file.root))
        root = next((root for root in self._roots if inside != root and inside.is_relative_to(root)), None)
        return file if root is None else SourceFile(root, Path(absolute(file.path)))

    def _id(self, file: SourceFile, ids: dict[Path, str], was: SourceFile) -> str:
        """Of a part, files whose ids would collide may not be in sight: what is known keeps the id that it has."""
        known = self._by_path.get(absolute(file.path))
        return known.doc if known and file != was else ids[file.path]

    def _add(self, plan: Plan, source: SourceFile) -> None:
        path = absolute(source.path)
        doc = self._ids[path]
        known = self._known.get(doc)
        if known and known.path != path and self._stands(known):
            plan.failed.append(_same_id(source, known))
            return
        task = self._task(source, doc, known)
        if known == task.file and task.file.mtime_ns != UNSETTLED and not self._full:
            plan.unchanged += 1
        else:
            plan.tasks.append(task)

    def _stands(self, known: File) -> bool:
        """Whether the file that has this id is still there, and keeps it."""
        return self._ids.get(known.path, known.doc) == known.doc and not _gone(known.path)

    def _task(self, source: SourceFile, doc: str, known: File | None) -> Task:
        said = self._manifest(source).about(source.path, source.root)
        file = _look(source, doc, self._stamp, _entry(said))
        as_was = known and (known.stamp, known.entry) == (file.stamp, file.entry) and not self._full
        same = known.sha256 if known and as_was else ""
        before = self._by_path.get(file.path)
        former = before.doc if before and before.doc not in self._docs else None
        manifest = Manifest({relative(source.path, source.root): said})
        return Task(source.path, source.root, manifest, file._replace(sha256=same), known, same, former)

    def _manifest(self, source: SourceFile) -> Manifest:
        if source.root not in self._manifests:
            self._manifests[source.root] = load_manifest(source.root)
        return self._manifests[source.root]

    def _passed_over(self, file: SourceFile) -> bool:
        root = self._within(file).root
        return self._manifest(SourceFile(root, file.path)).passes_over(file.path, root)

    def _has_vanished(self, file: File, paths: list[str]) -> bool:
        under = any(_is_below(file, path) for path in paths)
        if not under or file.doc in self._docs or file.path in self._ids:
            return False
        if _gone(file.path) or self._passed_over(SourceFile(Path(file.root), Path(file.path))):
            return True
        if is_foreign(Path(file.path)):
            return True
        return os.path.realpath(file.path) in self._reals  # it is a link, and its file is known by its own name


def _words(root: Path, faults: list[str]) -> list[str]:
    try:
        return sorted(set(map(fold, load_words(root))))
    except (OSError, UnicodeError) as fault:
        faults.append(f"The lexicon of {root} cannot be read: {fault}. Save it as UTF-8; until then it does not count.")
        return []


def absolute(path: Path) -> str:
    """As typed, made absolute; links stay links, so that a file keeps the name by which it was found."""
    return os.path.abspath(path)  # noqa: PTH100  resolve() would follow links


def _entry(said: Mapping[str, Json]) -> str:
    """A name for what a manifest says of a file; it changes when that does."""
    return sha256(repr(sorted(said.items())).encode("utf-8", "replace")).hexdigest()[:16] if said else ""


def _look(source: SourceFile, doc: str, stamp: str, entry: str) -> File:
    """Size and time before the content is read: what is written meanwhile is noticed the next time."""
    size, changed = 0, UNSETTLED
    try:
        status = source.path.stat()
    except OSError:
        pass  # that it cannot be read is told where it is read
    else:
        settled = time.time_ns() - status.st_mtime_ns > SETTLED
        size, changed = status.st_size, status.st_mtime_ns if settled else UNSETTLED
    return File(doc, absolute(source.root), absolute(source.path), size, changed, "", entry, stamp, "ok", "")


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
