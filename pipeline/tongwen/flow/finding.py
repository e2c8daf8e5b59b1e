"""Where the names of a glossary stand in every text of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from tongwen.concept import Evidence
from tongwen.flow import fingerprint
from tongwen.flow.scanning import Look, Progress, scan
from tongwen.glossary.occurrences import Finder, Occurrences, Spelling
from tongwen.model import Json, Span
from tongwen.store import Reader
from tongwen.store.scans import Scans
from tongwen.terms.running import Running

KIND = "forms"
READERS = ("glossary/occurrences.py", "terms/running.py", "normalise.py", "segment.py", "lexicon/fold.tsv")
"""What decides where names are found: when it changes, every text is read again."""


def occurrences(
    store: Reader, folder: Path, kept: Scans, keys: Iterable[str], progress: Progress
) -> Iterator[tuple[str, Occurrences]]:
    """Each document, in the order of ids, with where the names ``keys`` stand in it."""
    names = sorted(set(keys))
    stamp = sha256("\0".join([fingerprint.code(*READERS), *names]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    with TemporaryDirectory(prefix="tongwen-") as place:
        file = Path(place) / stamp
        file.write_text("\n".join(names), encoding="utf-8", errors="surrogatepass")
        scan(store, folder, kept, Look(KIND, stamp, find, file), progress)
    return ((doc, _occurrences(doc, found)) for doc, found in kept.found(KIND) if found)


def find(doc: str, runs: Sequence[Running], names: Path) -> Json:
    return _json(_finder(names).read(doc, runs))


@lru_cache(maxsize=1)
def _finder(names: Path) -> Finder:
    return Finder(names.read_text(encoding="utf-8", errors="surrogatepass").split("\n"))


def _json(found: Occurrences) -> Json:
    spellings: dict[str, Json] = {
        key: [[s.text, s.times, s.first.record, s.first.span.start, s.first.span.end, s.first.quote] for s in spelt]
        for key, spelt in found.spellings.items()
    }
    return [spellings, [[record, list(names)] for record, names in found.together]]


def _occurrences(doc: str, found: Json) -> Occurrences:
    spellings, together = cast(tuple[dict[str, list[list[str]]], list[tuple[str, list[str]]]], found)
    return Occurrences(
        {
            key: tuple(
                Spelling(text, int(times), Evidence(doc, record, Span(int(start), int(end)), quote))
                for text, times, record, start, end, quote in spelt
            )
            for key, spelt in spellings.items()
        },
        tuple((record, tuple(names)) for record, names in together),
    )
