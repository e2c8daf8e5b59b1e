"""Where the names of a glossary stand in every text of a library."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from tongwen.concept import Evidence
from tongwen.flow import fingerprint
from tongwen.flow.scanning import Look, Progress, scan
from tongwen.glossary.occurrences import Finder, Listing, Match, Occurrences, Sought, Spelling
from tongwen.model import Json, Span
from tongwen.store import Reader
from tongwen.store.scans import Scans
from tongwen.terms.running import Running

KIND = "forms"
READERS = (
    "flow/finding.py",
    "glossary/occurrences.py",
    "glossary/lists.py",
    "terms/running.py",
    "normalise.py",
    "segment.py",
    "lexicon/fold_pairs.tsv",
    "lexicon/list_markers.tsv",
    "lexicon/name_prefixes.tsv",
)
"""What decides where names are found: when it changes, every text is read again."""


def occurrences(  # noqa: PLR0913, PLR0917  a library, what was kept of it, and what is looked for
    store: Reader, folder: Path, kept: Scans, sought: Sought, progress: Progress, kind: str = KIND
) -> Iterator[tuple[str, Occurrences]]:
    """Each document, in the order of ids, with where the names that are ``sought`` stand in it; kept under ``kind``."""
    told = json.dumps(sought)
    stamp = sha256(f"{fingerprint.code(*READERS)} {told}".encode()).hexdigest()[:16]
    with TemporaryDirectory(prefix="tongwen-") as place:
        file = Path(place) / stamp
        file.write_text(told, encoding="utf-8")
        scan(store, folder, kept, Look(kind, stamp, find, file), progress)
    return ((doc, _occurrences(doc, found)) for doc, found in kept.found(kind) if found)


def find(doc: str, runs: Sequence[Running], names: Path) -> Json:
    return _json(_finder(names).read(doc, runs))


@lru_cache(maxsize=1)
def _finder(names: Path) -> Finder:
    return Finder(*json.loads(names.read_text(encoding="utf-8")))


def again(kept: Scans) -> Iterator[tuple[str, Occurrences]]:
    """Once more, of what the last look found, the names of each text and where they stand together."""
    for doc, found in kept.found(KIND):
        if found:
            spellings, together, *_ = cast(Any, found)
            yield doc, Occurrences(dict.fromkeys(spellings, ()), _together(together))


def _json(found: Occurrences) -> Json:
    spellings: dict[str, Json] = {
        key: [[s.text, s.times, *_packed(s.first)] for s in spelt] for key, spelt in found.spellings.items()
    }
    together: list[Json] = [[record, [[m.start, m.end, m.key] for m in names]] for record, names in found.together]
    said: list[Json] = [[one.whole, list(one.parts), *_packed(one.found)] for one in found.lists]
    return [spellings, together, dict(found.alone), found.passages, said]


def _packed(found: Evidence) -> list[Json]:
    return [found.record, found.span.start, found.span.end, found.quote]


def _occurrences(doc: str, found: Json) -> Occurrences:
    spellings, together, alone, passages, said = cast(Any, found)
    return Occurrences(
        {
            key: tuple(Spelling(text, times, _unpacked(doc, *first)) for text, times, *first in spelt)
            for key, spelt in spellings.items()
        },
        _together(together),
        alone,
        passages,
        tuple(Listing(whole, tuple(parts), _unpacked(doc, *first)) for whole, parts, *first in said),
    )


def _together(rows: Sequence[tuple[str, Sequence[Any]]]) -> tuple[tuple[str, tuple[Match, ...]], ...]:
    return tuple((record, tuple(map(Match._make, names))) for record, names in rows)


def _unpacked(doc: str, record: str, start: int, end: int, quote: str) -> Evidence:
    return Evidence(doc, record, Span(start, end), quote)
