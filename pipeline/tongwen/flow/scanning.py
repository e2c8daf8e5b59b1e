"""Every text of a library looked through for the glossary, in worker processes, unless it was and has not changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

from tongwen.concept import Evidence
from tongwen.flow import fingerprint
from tongwen.flow.workers import ordered
from tongwen.glossary.occurrences import Finder, Listing, Match, Occurrences, Spelling
from tongwen.model import Json, Span, Text
from tongwen.normalise import fold
from tongwen.store import Reader, Store
from tongwen.store.scans import Scans
from tongwen.terms.running import Running, running

FORMS = "forms"
READERS = (
    "flow/scanning.py",
    "glossary/occurrences.py",
    "glossary/lists.py",
    "terms/running.py",
    "normalise.py",
    "segment.py",
    "lexicon/fold.tsv",
    "lexicon/list_markers.tsv",
)
"""What decides where names are found: when it changes, every text is read again."""
WORTHWHILE = 40  # documents: fewer are read before the first worker has started

Progress = Callable[[int, int], None]


class _Task(NamedTuple):
    folder: Path
    doc: str
    stamp: str
    names: Path


def scan(  # noqa: PLR0913, PLR0917  a library, what was kept of it, and how to go on
    store: Reader, folder: Path, kept: Scans, keys: Iterable[str], jobs: int | None, progress: Progress
) -> Iterator[tuple[str, Occurrences]]:
    """Each document, in the order of ids, with where the names ``keys`` stand in it; ``folder`` is the index's."""
    names = sorted(set(keys))
    wanted = sha256("\0".join([fingerprint.code(*READERS), *names]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    stamps = {doc: f"{state} {wanted}" for doc, state in store.states()}
    known = kept.stamps(FORMS)
    kept.drop(FORMS, (doc for doc in known if doc not in stamps))
    todo = [doc for doc, stamp in stamps.items() if known.get(doc) != stamp]
    with TemporaryDirectory(prefix="tongwen-") as place:
        (Path(place) / "names").write_text("\n".join(names), encoding="utf-8", errors="surrogatepass")
        tasks = [_Task(folder.absolute(), doc, stamps[doc], Path(place) / "names") for doc in todo]
        for done, (task, found) in enumerate(_results(tasks, jobs), 1):
            kept.put(FORMS, task.doc, task.stamp, found)
            progress(done, len(tasks))
    kept.keep()
    return ((doc, _occurrences(doc, found)) for doc, found in kept.found(FORMS))


def again(kept: Scans) -> Iterator[tuple[str, Occurrences]]:
    """Once more, of what the last scan found, the names of each text and where they stand together."""
    for doc, found in kept.found(FORMS):
        spellings, together, *_ = cast(Any, found)
        yield doc, Occurrences(dict.fromkeys(spellings, ()), _together(together))


def _results(tasks: Sequence[_Task], jobs: int | None) -> Iterator[tuple[_Task, Json]]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ordered(_scan, tasks, jobs or (cores if len(tasks) > WORTHWHILE else 1), _lost)


def _lost(task: _Task) -> tuple[_Task, Json]:
    return task._replace(stamp="lost"), _json(Occurrences({}))


def _scan(task: _Task) -> tuple[_Task, Json]:
    with Store.read(task.folder) as store:
        return task, _json(_finder(task.names).read(task.doc, runs(store, task.doc)))


@lru_cache(maxsize=1)
def _finder(names: Path) -> Finder:
    return Finder(names.read_text(encoding="utf-8", errors="surrogatepass").split("\n"))


def runs(store: Reader, doc: str) -> Iterator[Running]:
    """A document's passages as they are read for terms."""
    original = store.text(doc)
    text = Text(original, fold(original))
    return (run for run in (running(passage, text) for passage in store.read(doc)) if run.key)


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
