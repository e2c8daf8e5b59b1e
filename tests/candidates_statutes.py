"""Statutes as candidates are looked for in them: runs of words, what they define masked out where that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from tongwen.errors import TongwenError
from tongwen.flow.processing import Processed, process
from tongwen.model import Record, Span
from tongwen.normalise import fold
from tongwen.segment import words
from tongwen.terms.running import Running, running

LEAST = 2
"""Characters of a defined term, and how often it must stand outside of what defines."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Masked:
    """A statute without the passages that define: the keys of the others, and the defined terms that these use."""

    name: str
    keys: tuple[str, ...]
    terms: tuple[str, ...]

    @property
    def runs(self) -> list[list[str]]:
        return [words(key) for key in self.keys]


def tuned_on(name: str) -> bool:
    """Whether a statute of that file name is of the half on which candidates are tuned, by the name's hash."""
    return sha256(name.encode()).digest()[0] % 2 == 0


def statutes(folder: Path, tuned: bool | None = None) -> list[Path]:
    """All, or one half."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".json", ".md"))
    return [file for file in files if tuned is None or tuned_on(file.name) == tuned]


def each(of: Callable[[Processed], Result | None], files: Iterable[Path], root: Path) -> Iterator[Result]:
    """What ``of`` makes of each file that can be read, in their order, on all cores."""
    with ProcessPoolExecutor() as pool:
        found = pool.map(partial(_read, of, root), files, chunksize=8)
        yield from (one for one in found if one is not None)


def _read(of: Callable[[Processed], Result | None], root: Path, file: Path) -> Result | None:
    try:
        return of(process(file, root))
    except TongwenError:
        return None


def passages(processed: Processed) -> list[Running]:
    """As the terms of a text are looked for: without what only the page prints."""
    around = {record.id: record for record in processed.structure.records}
    kept = (p for p in processed.structure.passages if around[p.record].fields.get("part") != "page")
    return [run for run in (running(passage, processed.text) for passage in kept) if run.key]


def keys(processed: Processed) -> list[str]:
    return [run.key for run in passages(processed)]


def masked(processed: Processed) -> Masked | None:
    """None where nothing that is defined is used elsewhere at least twice."""
    defined = [record for record in processed.structure.records if record.kind == "definition"]
    kept = tuple(run.key for run in passages(processed) if not any(_meets(run, one.span) for one in defined))
    rest = "\n".join(kept)
    terms = sorted({_key(one) for one in defined})
    used = tuple(term for term in terms if len(term) >= LEAST and rest.count(term) >= LEAST)
    return Masked(Path(processed.document.path).name, kept, used) if used else None


def _meets(run: Running, span: Span) -> bool:
    return min(run.places) < span.end and span.start <= max(run.places)


def _key(record: Record) -> str:
    return "".join(fold(str(record.fields["term"])).split()).strip('"')
