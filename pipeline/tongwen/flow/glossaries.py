"""The glossary of a library: its termbases, what its texts define and shorten, and where all of it stands.

What was drawn together is kept until a text, a termbase or the code changes, so that the next call has it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tongwen.concept import Concept, Glossary
from tongwen.flow import fingerprint
from tongwen.flow.finding import again, occurrences
from tongwen.flow.places import beside
from tongwen.flow.proposing import proposals
from tongwen.flow.quoting import quoted
from tongwen.flow.scanning import Progress
from tongwen.flow.termbases import curated, termbases
from tongwen.flow.translations import originals
from tongwen.glossary.assembly import Said, assemble
from tongwen.glossary.attestation import Attestations
from tongwen.glossary.linking import Linking
from tongwen.glossary.naming import name_key, regional
from tongwen.glossary.occurrences import Sought
from tongwen.glossary.plain import as_json, of_json
from tongwen.store import Reader
from tongwen.store.scans import Scans, with_scans

WHOLE = "glossary"
MAKERS = (
    "glossary",
    "concept.py",
    "flow/glossaries.py",
    "flow/finding.py",
    "flow/quoting.py",
    "terms/running.py",
    "lexicon",
)


class Opened(NamedTuple):
    """``faults``: what is wrong in the termbases, one sentence each; ``places``: the termbases that were read."""

    glossary: Glossary
    faults: tuple[str, ...]
    places: tuple[Path, ...]


def glossary(
    store: Reader,
    folder: Path,
    places: Sequence[Path] = (),
    progress: Progress = lambda done, total: None,
    candidates: bool = False,
) -> Opened:
    """All concepts of a library; ``folder`` is its index's, ``places`` the termbases in place of the library's own.

    ``candidates``: with those of the texts behind the others, which takes one more look through all texts.

    :raises NotFound: one of ``places`` is no termbase
    """
    read = tuple(places) or tuple(termbases(store))
    approved, faults = curated(read)
    concepts = with_scans(beside(folder), lambda kept: _concepts(store, folder, kept, approved, progress, candidates))
    return Opened(Glossary(concepts), faults, read)


def _concepts(  # noqa: PLR0913, PLR0917  as glossary
    store: Reader, folder: Path, kept: Scans, approved: Sequence[Concept], progress: Progress, candidates: bool
) -> tuple[Concept, ...]:
    stamp = _stamp(store, approved)
    concepts = _kept(kept, stamp)
    if concepts is None:
        concepts = _drawn(store, folder, kept, approved, progress)
        kept.put(WHOLE, "", stamp, [as_json(concept) for concept in concepts])
    if candidates:
        known = {name_key(term.text) for concept in concepts for term in concept.terms}
        concepts += proposals(store, folder, kept, known, languages(store), progress)
    return concepts


def _stamp(store: Reader, approved: Sequence[Concept]) -> str:
    """A name for all of which the glossary is made."""
    parts = [fingerprint.code(*MAKERS), repr(store.states()), repr(approved), repr(sorted(languages(store).items()))]
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _kept(kept: Scans, stamp: str) -> tuple[Concept, ...] | None:
    rows = kept.whole(WHOLE, stamp)
    return tuple(of_json(row) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else None


def _drawn(
    store: Reader, folder: Path, kept: Scans, approved: Sequence[Concept], progress: Progress
) -> tuple[Concept, ...]:
    tags = languages(store)
    concepts = assemble(approved, said(store, tags))
    shown = Attestations(concepts, tags)
    linking = Linking(concepts, shown.meant)
    for doc, found in occurrences(store, folder, kept, Sought.of(concepts), progress):
        shown.add(doc, found)
        linking.add(doc, found)
    return quoted(store, linking.concepts(shown.concepts(), again(kept)))


def alone(places: Sequence[Path]) -> Opened:
    """A termbase without any text."""
    concepts, faults = curated(places)
    return Opened(Glossary(concepts), faults, tuple(places))


def languages(store: Reader) -> dict[str, str]:
    """The tag that the terms of each document have."""
    return {
        str(row["doc"]): regional(str(row["language"]), str(row.get("jurisdiction", "")))
        for row in store.records("documents")
    }


def said(store: Reader, tags: dict[str, str]) -> Iterator[Said]:
    """What every text defines and shortens."""
    titles, of = dict(store.titles()), originals(store)
    for doc, record in store.said():
        yield Said(doc, titles[doc], tags[doc], record, of.get(doc, doc))
