"""What one document more costs as a library grows, and what it holds: a row for each engine and size.

The library is synthetic: documents of ten articles drawn from the real texts, the same at each size but for how many
there are. A record is all that has an address: articles, provisions, sections, tables, definitions and the rest.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from bench_figures import ENGINES
from bench_parts import OURS, Ground, asked, index_call
from bench_process import Spent, answer, module, quick, run, size, tongwen
from bench_texts import Synthetic, articles

SIZES = (100, 1_000, 10_000, 100_000)
NO_RECORDS = ("documents", "passages", "problems")  # of what `tongwen status` counts
MILLION = 1_000_000
GROWTH = 2.0  # times: what one document more may cost at the largest size, beside the cheapest
MEMORY = 600  # MB, at any size


@dataclass(frozen=True, slots=True)
class Row:
    """``add``: one document that is named; ``find``: one that a look at the whole folder finds; ``same``: none."""

    engine: str
    documents: int
    characters: int
    records: int
    build_seconds: float
    build_cpu: float
    peak_mb: float
    disk_mb: float
    add_seconds: float
    add_cpu: float
    add_peak_mb: float
    find_seconds: float
    same_seconds: float
    warm_p50_ms: float

    @property
    def seconds_each(self) -> float:
        return self.build_seconds / self.documents

    @property
    def bytes_each_character(self) -> float:
        return 1e6 * self.disk_mb / self.characters

    @property
    def documents_for_a_million_records(self) -> float:
        return MILLION * self.documents / self.records


def sizes(largest: int) -> list[int]:
    """Up to the largest, which is the last one, whatever it is."""
    return [*(size for size in SIZES if size < largest), largest]


def curve(ground: Ground, largest: int) -> Iterator[Row]:
    texts, library = Synthetic(articles(ground.data)), ground.folder / "library"
    written, characters = 0, 0
    for documents in sizes(largest):
        characters += texts.write(library, range(written, documents))
        written = documents
        for engine in ENGINES:
            yield _row(_Library(ground, engine, texts, library), documents, characters)


@dataclass(frozen=True, slots=True)
class _Library:
    """One of a size, and the engine that it is indexed with."""

    ground: Ground
    engine: str
    texts: Synthetic
    folder: Path

    @property
    def index(self) -> Path:
        return self.ground.index(f"curve {self.engine}")

    def call(self, place: Path) -> list[str]:
        return index_call(self.engine, self.index, place)

    def one_more(self, number: int) -> Path:
        self.texts.write(self.folder, range(number, number + 1))
        return self.texts.path(self.folder, number)

    def added(self, number: int) -> Spent:
        """Of the whole process, for one document more that is named."""
        return run(self.call(self.one_more(number)))

    def found(self, number: int) -> float:
        """Seconds for one document more that is not."""
        self.one_more(number)
        return quick(self.call(self.folder))


def _row(library: _Library, documents: int, characters: int) -> Row:
    runs, index, build = library.ground.runs, library.index, library.call(library.folder)
    spent = run(build)
    counts, disk = answer(tongwen("status", "--index", index, "--json"))["counts"], size(index)
    same = min(quick(build) for _ in range(runs))
    added = [library.added(documents + number) for number in range(runs)]
    found = min(library.found(documents + runs + number) for number in range(runs))
    warm = statistics.median(one.wall for one in asked(module(OURS, "search", index)))
    shutil.rmtree(index)
    for number in range(documents, documents + 2 * runs):
        library.texts.path(library.folder, number).unlink()
    records = sum(number for kind, number in counts.items() if kind not in NO_RECORDS)
    add = (min(one.seconds for one in added), min(one.cpu for one in added), max(one.peak for one in added))
    built = (spent.seconds, spent.cpu, spent.peak, disk)
    return Row(library.engine, documents, characters, records, *built, *add, found, same, warm)


def misses(rows: Sequence[Row]) -> Iterator[str]:
    """What a curve that is flat would not have; time of processors, which other work on the machine disturbs least."""
    for engine in ENGINES:
        mine = [row for row in rows if row.engine == engine]
        if mine and mine[-1].add_cpu > GROWTH * min(row.add_cpu for row in mine):
            yield f"{engine}: one document more costs {mine[-1].add_cpu:.2f} s of a core at {mine[-1].documents:,}"
        yield from (
            f"{engine}: {row.peak_mb:,.0f} MB at {row.documents:,} documents, at most {MEMORY}"
            for row in mine
            if max(row.peak_mb, row.add_peak_mb) > MEMORY
        )


def as_json(row: Row) -> dict[str, float | str]:
    return asdict(row)


def from_json(row: dict[str, float | str]) -> Row:
    return Row(**{field.name: row[field.name] for field in fields(Row)})  # type: ignore[arg-type]
