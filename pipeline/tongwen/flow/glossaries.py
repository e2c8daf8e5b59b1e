"""The glossary of a library: its termbases, what its texts define and shorten, and where all of it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tongwen.concept import Glossary
from tongwen.flow.scanning import Progress, again, scan
from tongwen.flow.termbases import curated, termbases
from tongwen.glossary.assembly import Said, assemble
from tongwen.glossary.attestation import Attestations
from tongwen.glossary.linking import Linking
from tongwen.glossary.naming import name_key, regional
from tongwen.store import Reader
from tongwen.store.listing import listing
from tongwen.store.scans import scans


class Opened(NamedTuple):
    """``faults``: what is wrong in the termbases, one sentence each; ``places``: the termbases that were read."""

    glossary: Glossary
    faults: tuple[str, ...]
    places: tuple[Path, ...]


def glossary(
    store: Reader,
    folder: Path,
    places: Sequence[Path] = (),
    jobs: int | None = None,
    progress: Progress = lambda done, total: None,
    linked: bool = False,
) -> Opened:
    """All concepts of a library; ``folder`` is its index's, ``places`` the termbases in place of the library's own.

    ``linked``: with what the texts show of how the concepts hang together, beside the links of the termbases. Places
    are told without their words; ``quoting.quoted`` reads them.
    """
    read = tuple(places) or tuple(termbases(store))
    approved, faults = curated(read)
    tags = languages(store)
    concepts = assemble(approved, said(store, tags))
    shown = Attestations(concepts, tags)
    keys = (name_key(term.text) for concept in concepts for term in concept.terms)
    linking = Linking(concepts, shown.meant) if linked else None
    with scans(folder) as kept:
        for doc, found in scan(store, folder, kept, keys, jobs, progress):
            shown.add(doc, found)
            if linking:
                linking.add(doc, found)
        found_in = shown.concepts()
        ready = linking.concepts(found_in, again(kept)) if linking else found_in
    return Opened(Glossary(ready), faults, read)


def languages(store: Reader) -> dict[str, str]:
    """The tag that the terms of each document have."""
    return {
        str(row["doc"]): regional(str(row["language"]), str(row.get("jurisdiction", "")))
        for row in listing(store, "documents")
    }


def said(store: Reader, tags: dict[str, str]) -> Iterator[Said]:
    """What every text defines and shortens."""
    titles = dict(store.titles())
    for doc, record in store.said():
        yield Said(doc, titles[doc], tags[doc], record)
