"""The parts of a measurement. Each thing is measured in a process of its own, and short ones turn by turn."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_figures import CHANGED, COLD, ENGINES, FIRST, GLOSSARY, INDEX, ONE, PEAK, SAME, WARM, WHOOSH, Figures
from bench_peers import PEERS, Asked, Fts5
from bench_process import Spent, answer, module, quick, run, size, tongwen
from bench_queries import WHOLE, words
from bench_texts import Synthetic, articles
from conftest import ROOT

TERMBASE = ROOT / "corpus" / "termbase"
OURS = Path(__file__).with_name("bench_ours.py")
BESIDE = Path(__file__).with_name("bench_peers.py")
RIPGREP = "ripgrep"
COLD_PEER = "FTS5 spaced"
COLD_SCRIPT = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
for row in database.execute("select path from f where f match ? order by rank limit 10", sys.argv[2:]):
    print(*row)
"""
NOTHING_FOUND = (0, 1)  # what grep says


@dataclass(frozen=True, slots=True)
class Ground:
    """What is measured on, and how often; ``folder`` is for what is built, and goes in the end."""

    data: Sequence[Path]
    folder: Path
    runs: int = 3
    index_runs: int = 1
    small_files: int = 4000
    peers: Sequence[str] = tuple(PEERS)

    def index(self, who: str) -> Path:
        return self.folder / who.replace(" ", "-")


def index_call(engine: str, index: Path, *paths: Path) -> list[str]:
    return tongwen("index", *paths, "--index", index, "--engine", engine, "--json")


def _index_calls(ground: Ground) -> dict[str, list[str]]:
    ours = {engine: index_call(engine, ground.index(engine), *ground.data) for engine in ENGINES}
    peers = {peer: module(BESIDE, "index", peer, ground.index(peer), *ground.data) for peer in ground.peers}
    return ours | peers


def index(ground: Ground, figures: Figures) -> None:
    """From files to what a search needs."""
    for _ in range(ground.index_runs):
        for who, call in _index_calls(ground).items():
            shutil.rmtree(ground.index(who), ignore_errors=True)
            spent = run(call)
            _add_spent(figures, who, spent)
    for who in _index_calls(ground):
        figures.add("index, disk MB", who, size(ground.index(who)))


def _add_spent(figures: Figures, who: str, spent: Spent) -> None:
    figures.add(INDEX, who, spent.seconds)
    figures.add("index, CPU seconds", who, spent.cpu)
    figures.add(PEAK, who, spent.peak)


def _built(ground: Ground, *needed: str) -> None:
    """The indices that a part needs and none before it has made."""
    for who, call in _index_calls(ground).items():
        if who in needed and not ground.index(who).exists():
            run(call)


def search(ground: Ground, figures: Figures) -> None:
    """Warm: the fastest of several passes through the queries in one process."""
    _built(ground, *ENGINES, *ground.peers)
    for _ in range(ground.runs):
        for who in (*ENGINES, *ground.peers):
            add_warm(figures, who, asked(_search_call(ground, who)))


def _search_call(ground: Ground, who: str) -> list[str]:
    if who in ENGINES:
        return module(OURS, "search", ground.index(who))
    return module(BESIDE, "search", who, ground.index(who))


def asked(call: Sequence[str]) -> list[Asked]:
    return [Asked(*one) for one in answer(call).values()]


def add_warm(figures: Figures, who: str, found: Sequence[Asked]) -> None:
    times = sorted(one.wall for one in found)
    for measure, value in zip(WARM, (statistics.median(times), percentile(times), times[-1]), strict=True):
        figures.add(measure, who, value)
    first = sorted(one.first for one in found)
    for measure, value in zip(FIRST, (statistics.median(first), percentile(first)), strict=True):
        figures.add(measure, who, value)
    figures.add("warm search p50, CPU ms", who, statistics.median(one.cpu for one in found))
    figures.measures.setdefault("queries that found something", {})[who] = [sum(1 for one in found if one.found)]


def percentile(ordered: Sequence[float], part: float = 0.95) -> float:
    return ordered[int(part * (len(ordered) - 1))]


def cold(ground: Ground, figures: Figures) -> None:
    """The whole process, from its start to its end; of each query the fastest run."""
    _built(ground, *ENGINES, *({COLD_PEER} & set(ground.peers)))
    best: dict[str, dict[str, float]] = {}
    for _ in range(ground.runs):
        for query in WHOLE:
            for who, call, done in _cold_calls(ground, query):
                taken = best.setdefault(who, {})
                taken[query] = min(1000 * quick(call, done), taken.get(query, float("inf")))
    for who, times in best.items():
        figures.add(COLD[0], who, statistics.median(times.values()))
        figures.add(COLD[1], who, max(times.values()))
    if not shutil.which("rg"):
        figures.notes.append("ripgrep was not measured: there is no `rg` on the PATH (its package is called ripgrep)")


def _cold_calls(ground: Ground, query: str) -> Iterator[tuple[str, list[str], Sequence[int]]]:
    for engine in ENGINES:
        yield engine, tongwen("search", "--index", ground.index(engine), "--", query), (0,)
    if COLD_PEER in ground.peers:
        database = ground.index(COLD_PEER) / "fts.sqlite"
        yield COLD_PEER, [sys.executable, "-c", COLD_SCRIPT, str(database), _spaced().match(query)], (0,)
    if found := shutil.which("rg"):
        wanted = [part for one in words(query) for word in one for part in ("-e", word.text)]
        yield RIPGREP, [found, "--count", "--fixed-strings", *wanted, *map(str, ground.data)], NOTHING_FOUND


def _spaced() -> Fts5:
    return Fts5("unicode61", spaced=True)


def reindex(ground: Ground, figures: Figures) -> None:
    """Of a library of many small files, each of three articles."""
    texts, library = Synthetic(articles(ground.data), each=3), ground.folder / "small"
    texts.write(library, range(ground.small_files))
    for engine in ENGINES:
        run(index_call(engine, ground.index(f"small {engine}"), library))
    changed = texts.path(library, 0)
    for number in range(ground.runs):
        _add_again(ground, figures, library, SAME, 1000 / ground.small_files)
        changed.write_text(texts.text(ground.small_files + number), encoding="utf-8")
        _add_again(ground, figures, library, CHANGED)
    _add_more(ground, figures)


def _add_more(ground: Ground, figures: Figures) -> None:
    """What one changed file costs beside none: the median, as the least difference of two times is but noise."""
    for engine in ENGINES:
        runs = zip(figures.measures[CHANGED][engine], figures.measures[SAME][engine], strict=True)
        more = [changed - same * ground.small_files / 1000 for changed, same in runs]
        figures.measures.setdefault(ONE, {})[engine] = [max(0.0, statistics.median(more))]


def _add_again(ground: Ground, figures: Figures, library: Path, measure: str, part: float = 1.0) -> None:
    for engine in ENGINES:
        figures.add(measure, engine, part * quick(index_call(engine, ground.index(f"small {engine}"), library)))


def glossary(ground: Ground, figures: Figures) -> None:
    """Drawn together from the index: what the texts define and abbreviate, where each name stands, and the links."""
    _built(ground, WHOOSH)
    build = tongwen("glossary", "--index", ground.index(WHOOSH), "list", "--termbase", TERMBASE, "--json")
    first = run(build)
    figures.add(GLOSSARY, WHOOSH, first.seconds)
    figures.add("glossary, peak MB", WHOOSH, first.peak)
    figures.add("glossary once more, seconds", WHOOSH, quick(build))
    figures.add("its candidates besides, seconds", WHOOSH, quick([*build, "--status", "candidate"]))
    for measure, value in answer(module(OURS, "candidates", ground.data[0])).items():
        stock = measure.startswith("stock ")
        figures.add(measure.removeprefix("stock "), "jieba's tf-idf" if stock else WHOOSH, value)


PARTS: dict[str, Callable[[Ground, Figures], None]] = {
    "index": index,
    "search": search,
    "cold": cold,
    "reindex": reindex,
    "glossary": glossary,
}
