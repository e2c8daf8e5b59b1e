"""One file read in a worker: what comes back is ready to be stored, or one sentence that says why not."""

from __future__ import annotations

from pathlib import Path

from tongwen.decode import Manifest
from tongwen.errors import TongwenError
from tongwen.flow.keying import key_texts
from tongwen.flow.processing import Processed, process
from tongwen.flow.tasks import Outcome, Task, is_same
from tongwen.glossary.naming import bare, name_key
from tongwen.model import RecordKind, Structure
from tongwen.store import pack

NAMES: dict[RecordKind, tuple[str, ...]] = {"definition": ("term", "equivalent"), "abbreviation": ("full", "abbr")}
"""The fields of a record that are names."""


def read(task: Task) -> Outcome:
    """Never raises for what a file can cause: any failure is this file's alone."""
    try:
        if is_same(task):
            return Outcome(task)
        manifest = Manifest({task.below: task.said})
        return _outcome(task, process(Path(task.path), Path(task.root), manifest, task.file.doc))
    except TongwenError as error:
        return Outcome(task, problem=str(error))
    except Exception as error:  # a fault of a stage: it must not cost the other files
        return Outcome(task, problem=f"{task.path} could not be read: {type(error).__name__}: {error}")


def _outcome(task: Task, processed: Processed) -> Outcome:
    document, structure = processed.document, processed.structure
    kinds = {record.id: record.kind for record in structure.records}
    keys = key_texts(processed.text, structure.passages)
    passages = tuple([(kinds[p.record], key) for p, key in zip(structure.passages, keys, strict=True)])
    return Outcome(task, pack(document, structure, _names(structure)), passages, characters=len(document.text))


def _names(structure: Structure) -> list[tuple[str, str]]:
    """What a text defines and how it shortens, as keys that a query is looked up by, each with its record's id."""
    naming = [record for record in structure.records if record.kind in NAMES]
    said = ((record, record.fields.get(name)) for record in naming for name in NAMES[record.kind])
    names = ((name_key(bare(name)), record.id) for record, name in said if isinstance(name, str))
    return [(key, record) for key, record in names if key]
