"""One file read in a worker: what comes back is ready to be stored, or one sentence that says why not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tongwen.decode import Manifest
from tongwen.errors import TongwenError
from tongwen.flow.processing import Processed, process
from tongwen.glossary.naming import bare, name_key
from tongwen.model import Passage, RecordKind, Span, Structure, Text
from tongwen.search.highlight import Reading
from tongwen.store import File, Parcel, pack

NAMES: dict[RecordKind, tuple[str, ...]] = {"definition": ("term", "equivalent"), "abbreviation": ("full", "abbr")}
"""The fields of a record that are names."""


class Task(NamedTuple):
    """``file`` is what will be known of the file when it has been read, ``known`` what was before.

    ``same``: the hash of the content that need not be read again. ``former``: the id that the same file had before,
    where its folder now gives it another.
    """

    path: Path
    root: Path
    manifest: Manifest
    file: File
    known: File | None = None
    same: str = ""
    former: str | None = None


class Outcome(NamedTuple):
    """Either ``parcel``, with kind and key text of each passage; or ``problem``; or neither where nothing changed."""

    task: Task
    parcel: Parcel | None = None
    passages: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def read(task: Task) -> Outcome:
    """Never raises for what a file can cause: any failure is this file's alone."""
    try:
        if is_same(task):
            return Outcome(task)
        return _outcome(task, process(task.path, task.root, task.manifest, task.file.doc))
    except TongwenError as error:
        return Outcome(task, problem=str(error))
    except Exception as error:  # a fault of a stage: it must not cost the other files
        return Outcome(task, problem=f"{task.path} could not be read: {type(error).__name__}: {error}")


def lost(task: Task) -> Outcome:
    """What is told of a file whose worker died on it."""
    return Outcome(task, problem=f"{task.path} could not be read: its process was killed, perhaps for want of memory.")


def _outcome(task: Task, processed: Processed) -> Outcome:
    document, structure = processed.document, processed.structure
    kinds = {record.id: record.kind for record in structure.records}
    keys = key_texts(processed.text, structure.passages)
    passages = tuple([(kinds[p.record], key) for p, key in zip(structure.passages, keys, strict=True)])
    return Outcome(task, pack(document, structure, _names(structure)), passages)


def _names(structure: Structure) -> list[tuple[str, str]]:
    """What a text defines and how it shortens, as keys that a query is looked up by, each with its record's id."""
    said = ((record, record.fields.get(name)) for record in structure.records for name in NAMES.get(record.kind, ()))
    names = ((name_key(bare(name)), record.id) for record, name in said if isinstance(name, str))
    return [(key, record) for key, record in names if key]


def key_text(text: str, pieces: Sequence[Span]) -> str:
    """What the search engine gets of a passage: exactly what its matches are later looked up in."""
    return Reading.of("", pieces, lambda _, span: span.of(text)).key


def key_texts(text: Text, passages: Iterable[Passage]) -> list[str]:
    """The key text of each passage. A piece has the key that it has inside its text, which is folded already."""
    return [p.pieces[0].of(text.key) if len(p.pieces) == 1 else key_text(text.original, p.pieces) for p in passages]


def is_same(task: Task) -> bool:
    """Whether the file's content is what was read before, by the same code and manifest."""
    if not task.same:
        return False
    with task.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == task.same
