"""The order of the stages for one file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tongwen.decode import EMPTY, Manifest, decode
from tongwen.model import Document, Structure, Text
from tongwen.normalise import normalise
from tongwen.orthography import suspicions
from tongwen.structure import structure
from tongwen.terms import terms


class Processed(NamedTuple):
    document: Document
    text: Text
    structure: Structure


def process(path: Path, root: Path, manifest: Manifest = EMPTY, doc_id: str | None = None) -> Processed:
    """One file through decode, normalise, structure, terms and orthography; raises ``UnreadableFile``."""
    document = decode(path, root, manifest, doc_id)
    text = normalise(document.text)
    found = structure(document, text)
    problems = (*found.problems, *suspicions(document, text))
    records = (*found.records, *terms(found, text, document))
    return Processed(document, text, found._replace(records=records, problems=problems))
