"""A draft, or a translation beside its source, read as texts of the library are, and checked against a glossary."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tongwen.concept import Concept, Glossary
from tongwen.errors import NoIndex, NotFound
from tongwen.exchange.reading import Reading
from tongwen.flow.places import reading, shown
from tongwen.flow.processing import Processed, process
from tongwen.flow.termbases import curated, termbases
from tongwen.glossary.checking import Aligned, Draft, Finding, align, check_draft, check_pair
from tongwen.glossary.naming import regional
from tongwen.model import Document
from tongwen.terms.running import running

STDIN = Path("-")


class Checked(NamedTuple):
    """``document`` is what the findings are places in; ``source`` and ``aligned`` are there in a pair alone."""

    document: Document
    language: str
    findings: Sequence[Finding]
    source: Document | None = None
    aligned: Aligned | None = None


def check(file: Path, concepts: Sequence[Concept], language: str = "") -> Checked:
    """``file`` may be ``-``, standard input as plain text. ``language``: the draft's tag, where nobody else says it.

    :raises UnreadableFile: no text can be had from it
    """
    read = _read(file)
    draft = _draft(read, language)
    return Checked(read.document, draft.language, check_draft(draft, Glossary(tuple(concepts))))


def check_beside(source: Path, file: Path, concepts: Sequence[Concept], language: str = "") -> Checked:
    """The translation ``file`` of ``source``; ``language`` is the translation's."""
    original, read = _read(source), _read(file)
    one, draft = _draft(original), _draft(read, language)
    aligned = align(one, draft)
    found = check_pair(one, draft, aligned, Glossary(tuple(concepts)))
    return Checked(read.document, draft.language, found, original.document, aligned)


def approved(folder: Path, places: Sequence[Path] = ()) -> Reading:
    """The curated concepts of ``places``, or else of the library in the index ``folder``; no text is looked through.

    :raises NotFound: there is neither a termbase named nor an index
    """
    if places:
        return curated(places)
    try:
        with reading(folder) as store:
            return curated(termbases(store))
    except NoIndex as fault:
        hint = "Name a termbase with --termbase, or an index with --index."
        raise NotFound(f"There is no glossary to check against: {shown(folder)} holds no index.", hint) from fault


def _read(file: Path) -> Processed:
    with _on_disk(file) as path:
        return process(path, path.parent)


@contextmanager
def _on_disk(file: Path) -> Iterator[Path]:
    if file != STDIN:
        yield file
        return
    with TemporaryDirectory(prefix="tongwen-") as place:
        path = Path(place) / "stdin.txt"
        path.write_bytes(sys.stdin.buffer.read())
        yield path


def _draft(read: Processed, language: str = "") -> Draft:
    document, structure = read.document, read.structure
    tag = language or regional(document.language, str(document.metadata.get("jurisdiction", "")))
    around = {record.id: record for record in structure.records}
    printed = (p for p in structure.passages if around[p.record].fields.get("part") != "page")
    runs = tuple(run for run in (running(passage, read.text) for passage in printed) if run.key)
    return Draft(tag, runs, structure.records)
