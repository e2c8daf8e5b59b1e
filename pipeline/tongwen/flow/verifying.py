"""Whether index, records and originals agree. Nothing is changed."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Literal, NamedTuple

from tongwen.errors import IndexDamaged, IndexFault, NoIndex
from tongwen.flow import opening, runs
from tongwen.flow.keying import key_texts
from tongwen.flow.places import local
from tongwen.normalise import normalise
from tongwen.search.engine import Reader as EngineReader
from tongwen.store import NAME, File, Reader, Store, kept_terms, scans, sealing, soundness
from tongwen.store.faults import Undecodable
from tongwen.store.lock import own
from tongwen.store.pages import NAME as SUMS
from tongwen.store.proof import Proof, prove

DERIVED = (scans.NAME, kept_terms.NAME)
Part = Literal["database", "checksums", "document", "engine", "derived"]
Progress = Callable[[int, int], None]

REMEDIES: dict[Part, str] = {
    "database": "writes it anew, or sets it aside and reads the texts again",
    "checksums": "makes them anew",
    "document": "reads it again from its file",
    "engine": "fills the search index anew from what is stored",
    "derived": "deletes the file, and it is made again when it is needed",
}


class Fault(NamedTuple):
    """``place``: the id of a document, or the name of a file; ``told``: what is wrong, one sentence."""

    part: Part
    place: str
    told: str

    @property
    def remedy(self) -> str:
        return f"`tongwen verify --repair` {REMEDIES[self.part]}."


@dataclass(slots=True)
class Verdict:
    """``stale`` files are others than were read, ``missing`` ones are gone, ``closed`` ones may not be looked at: none
    of this is a fault of the index.

    ``notes``: what could not be proven, and why. ``documents``, ``passages``, ``files``: how many were looked at.
    """

    faults: list[Fault] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    documents: int = 0
    passages: int = 0
    files: int = 0
    seconds: float = 0.0


def verify(folder: Path, *, quick: bool = False, progress: Progress = lambda done, total: None) -> Verdict:
    """``quick``: no document is taken apart, no token compared, and of originals size and time are believed.

    :raises NoIndex: there is none
    :raises IndexTooNew: built by a later version
    :raises IndexFault: a link or a pipe is where a file of the index should be
    """
    began = monotonic()
    verdict = Verdict()
    local(folder)
    if folder.is_dir():
        own(folder)
    proof = prove(folder)
    verdict.faults += [Fault("database", NAME, f"{NAME} is damaged ({proof.database}).")] * bool(proof.database)
    verdict.faults += [Fault("checksums", SUMS, f"{SUMS} is damaged ({proof.sums}).")] * bool(proof.sums)
    verdict.notes += [proof.note] * bool(proof.note)
    try:
        with Store.read(folder) as store:
            _Verification(folder, store, verdict, quick, progress).run()
    except (NoIndex, IndexFault) as fault:
        _unopened(verdict, proof, fault)
    for file in (folder / name for name in DERIVED):
        _derived(verdict, file)
    if runs.spoilt(folder):
        told = f"{runs.NAME} is not as it was written; the next run writes it."
        verdict.faults.append(Fault("derived", runs.NAME, told))
    verdict.seconds = monotonic() - began
    return verdict


def _unopened(verdict: Verdict, proof: Proof, fault: IndexFault) -> None:
    """An index that is no index, or too new, is told as such; but not where its pages have changed."""
    if proof.database:
        return
    if not isinstance(fault, IndexDamaged):
        raise fault
    verdict.faults.append(Fault("database", NAME, fault.message))


def _derived(verdict: Verdict, file: Path) -> None:
    why, note = sealing.fault(file)
    if why:
        verdict.faults.append(Fault("derived", file.name, f"{file.name} is damaged ({why}); it can be made again."))
    if note:
        verdict.notes.append(f"{file.name}: {note}")


class _Verification:
    """One snapshot of the store, and what it names."""

    def __init__(self, folder: Path, store: Reader, verdict: Verdict, quick: bool, progress: Progress) -> None:
        self._folder, self._store, self._verdict = folder, store, verdict
        self._quick, self._progress = quick, progress
        self._docs = {doc: number for number, doc in store.numbered()}
        self._looked: set[str] = set()
        self._bad: set[str] = set()  # documents of which nothing more can be said

    def run(self) -> None:
        """The engine goes first, as it asks for the documents, so that each is taken apart once."""
        why = soundness.structural(self._store)
        if why:
            self._tell("database", NAME, f"{NAME} is damaged ({why}).")
        try:
            of_engine = list(self._engine())
        finally:  # what SQLite cannot read of the engine's tables ends it all, but not before this is told
            self._documents()
            self._entries()
        self._verdict.faults += [fault for fault in of_engine if fault.place not in self._bad]
        self._originals()

    def _tell(self, part: Part, place: str, told: str) -> None:
        self._verdict.faults.append(Fault(part, place, told))

    def _documents(self) -> None:
        self._verdict.documents = len(self._docs)
        for doc in sorted(self._docs.keys() - self._looked):
            self._look(doc)

    def _look(self, doc: str) -> Mapping[int, str]:
        """Proves one document; the key text of each of its passages, by key, or nothing where it is spoilt."""
        self._looked.add(doc)
        self._progress(len(self._looked), len(self._docs))
        try:
            if not self._quick:
                document, structure = soundness.proven(self._store, self._docs[doc], doc)
                texts = key_texts(normalise(document.text), structure.passages)
                return dict(zip(self._store.keys(self._docs[doc]), texts, strict=True))
            why = soundness.spoilt(self._store, self._docs[doc], doc)
        except Undecodable as fault:
            why = str(fault)
        if why and doc not in self._bad:
            self._bad.add(doc)
            self._tell("document", doc, f"What is stored of {doc} is not what was stored ({why}).")
        return {}

    def _entries(self) -> None:
        """A document and what is known of its file are put in together."""
        known = {file.doc: file.sha256 for file in self._store.files() if file.sha256}
        there = self._store.hashes()
        for doc in sorted(known.keys() | there.keys()):
            if known.get(doc) != there.get(doc) and doc not in self._bad:
                self._bad.add(doc)
                self._tell("document", doc, f"What is stored of {doc} is not what was read from its file.")

    # -- the search engine

    def _engine(self) -> Iterator[Fault]:
        name = self._store.meta("engine") or "the engine"
        try:
            with closing(opening.engine(self._store, self._folder)) as engine:
                wrong = self._amiss(engine)
                for doc in sorted(wrong):
                    yield Fault("engine", doc, f"The search index does not hold {doc} as it is stored.")
                if not wrong and engine.count != self._verdict.passages:
                    yield Fault("engine", name, "The search index holds passages that are not stored.")
        except IndexDamaged as damage:
            if not opening.moved_on(self._folder, self._store):
                yield Fault("engine", name, damage.message)
            else:
                self._verdict.notes.append("the index is being written: its search index was not compared")

    def _amiss(self, engine: EngineReader) -> set[str]:
        wrong: set[str] = set()
        for doc, number in self._docs.items():
            keys = self._store.keys(number)
            self._verdict.passages += len(keys)
            if engine.lengths(doc).keys() != set(keys):
                wrong.add(doc)
        wrong.update(engine.amiss(None if self._quick else self._held))
        return wrong - self._bad

    def _held(self, doc: str) -> Mapping[int, str]:
        return self._look(doc) if doc in self._docs else {}

    # -- the originals

    def _originals(self) -> None:
        for file in self._store.files():
            self._verdict.files += 1
            if file.doc in self._docs:  # of what could never be read nothing is kept
                self._original(file)

    def _original(self, file: File) -> None:
        try:
            if not self._is_same(Path(file.path), file):
                self._verdict.stale.append(file.path)
        except (FileNotFoundError, NotADirectoryError):
            self._verdict.missing.append(file.path)
        except OSError:
            self._verdict.closed.append(file.path)

    def _is_same(self, path: Path, file: File) -> bool:
        now = path.stat()
        if not stat.S_ISREG(now.st_mode):
            raise FileNotFoundError
        if self._quick and (now.st_size, now.st_mtime_ns) == (file.size, file.mtime_ns):
            return True
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
