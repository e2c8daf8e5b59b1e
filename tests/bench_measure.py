"""Measure Tongwen with each engine beside other ways to search the same texts, in one run, and against its limits.

    scripts/bench                          all parts but the curve, as tables; exit code 1 where a limit is missed
    scripts/bench --parts index,search     some of: index, search, cold, reindex, glossary, curve
    scripts/bench --parts curve            what one document more costs in libraries of 100 to 100,000 documents
    scripts/bench --json FILE              writes the figures too
    scripts/bench --compare FILE           beside those of another run
    scripts/bench --data FOLDER…           other texts than prc/ and tw/ of the real data at TONGWEN_DATA
    scripts/bench --plan FILE              what 100 million documents need, by the curve in FILE; see docs/scale.md

Beside it are stock Whoosh with jieba's ChineseAnalyzer, SQLite's FTS5 with trigrams and with spaced characters,
tantivy with spaced characters, each by the simplest script one would write, one document a file; and for searches of a
whole process ripgrep, where there is `rg`. All read the same files. Each runs in a process of its own; what is short
runs several times, turn by turn, and the fastest run is shown, with the median in brackets.

Memory is the peak of all processes of a run together, shared pages counted once (PSS, sampled). A warm search is the
fastest of three passes through the queries after a first one, which is told by itself: engines keep what they found.
The glossary is drawn together from the Whoosh index.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import bench_table
from bench_curve import Row, as_json, curve, from_json, misses
from bench_figures import ENGINES, Figures, judged
from bench_parts import PARTS, Ground
from bench_peers import CORES, PEERS
from bench_plan import DOCUMENTS, Costs, plan
from bench_queries import queries
from bench_texts import files, plain
from conftest import ROOT

CURVE = "curve"


def main() -> int:
    options = _options()
    if options.plan:
        return _plan(options)
    with tempfile.TemporaryDirectory(dir=options.work, prefix="bench-") as folder:
        figures, rows = _measured(options, Path(folder))
    _tell(figures, rows, options.compare)
    if options.json:
        _write(options.json, figures, rows)
    return 1 if any(one.missed for one in judged(figures)) or any(misses(rows)) else 0


def _plan(options: argparse.Namespace) -> int:
    """By the unit costs of each engine's largest library, or by those that are given."""
    given = {name: value for name in ("characters", "disk") if (value := getattr(options, name)) is not None}
    for row in _largest(_read(options.plan)[1]):
        _print("", plan(row, replace(Costs.of(row), **given), options.documents))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, nargs="+", default=_data(), help="folders of UTF-8 texts")
    parser.add_argument("--parts", type=_parts, default=list(PARTS), help="separated by commas")
    parser.add_argument("--peers", type=_peers, default=list(PEERS), help=f"some of: {', '.join(PEERS)}")
    parser.add_argument("--runs", type=_count, default=3, help="of what is short (3)")
    parser.add_argument("--index-runs", type=_count, default=1, help="of indexing all texts (1)")
    parser.add_argument("--small-files", type=_count, default=4000, help="in the library that is re-indexed (4,000)")
    parser.add_argument("--largest", type=_count, default=100_000, help="documents of the curve's last size (100,000)")
    parser.add_argument("--work", type=Path, help="where temporary folders are made")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go as JSON")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="the figures of another run")
    parser.add_argument("--plan", type=Path, metavar="FILE", help="figures with a curve")
    parser.add_argument("--documents", type=_count, default=DOCUMENTS, help="of the plan (100,000,000)")
    parser.add_argument("--characters", type=_count, help="of a document of the plan (as in the curve)")
    parser.add_argument("--disk", type=float, metavar="BYTES", help="a character takes on disk (as in the curve)")
    options = parser.parse_args()
    if missing := [str(folder) for folder in options.data if not folder.is_dir()]:
        parser.error(f"no texts at {', '.join(missing)}: set TONGWEN_DATA, or give --data FOLDER")
    return options


def _data() -> list[Path]:
    root = Path(os.environ.get("TONGWEN_DATA", ROOT.parent / "shared")) / "data"
    return [root / "prc", root / "tw"]


def _count(written: str) -> int:
    if not written.isdecimal() or not int(written):
        raise argparse.ArgumentTypeError(f"{written!r} is no number from 1 on")
    return int(written)


def _parts(written: str) -> list[str]:
    return _chosen(written, (*PARTS, CURVE))


def _peers(written: str) -> list[str]:
    return _chosen(written, PEERS)


def _chosen(written: str, known: Iterable[str]) -> list[str]:
    """In the order of those known, each once."""
    wanted = [one.strip() for one in written.split(",") if one.strip()]
    if unknown := [one for one in wanted if one not in known]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known are {', '.join(known)}")
    return [one for one in known if one in wanted]


def _measured(options: argparse.Namespace, folder: Path) -> tuple[Figures, list[Row]]:
    ground = Ground(
        tuple(options.data), folder, options.runs, options.index_runs, options.small_files, tuple(options.peers)
    )
    figures, rows = Figures(_setting(options.data)), list[Row]()
    for part in options.parts:
        print(f"bench: {part}", file=sys.stderr, flush=True)
        if part in PARTS:
            PARTS[part](ground, figures)
        else:
            for row in curve(ground, options.largest):
                rows.append(row)
                print(bench_table.curve_row(row), file=sys.stderr, flush=True)
    return figures, rows


def _setting(data: list[Path]) -> dict[str, float]:
    found = files(data)
    characters = sum(len(plain(file)) for file in found)
    return {"files": len(found), "characters": characters, "cores": CORES, "queries": len(queries())}


def _tell(figures: Figures, rows: list[Row], compare: Path | None) -> None:
    print(", ".join(f"{value:,.0f} {name}" for name, value in figures.setting.items()))
    if figures.measures:
        _print("", bench_table.table(figures))
        _print("How many times as much the others take", bench_table.ratios(figures, ENGINES))
        _print("Limits", bench_table.limits(figures))
    if rows:
        _print("What one document more costs", bench_table.curve(rows))
        _print("", (f"MISSED  {miss}" for miss in misses(rows)))
    if compare:
        last, _ = _read(compare)
        _print(f"Beside {compare.name}", bench_table.compared(figures, last))
    _print("", figures.notes)


def _print(heading: str, lines: Iterable[str]) -> None:
    for number, line in enumerate(lines):
        if not number:
            print(f"\n{heading}" if heading else "")
        print(line.rstrip())


def _write(file: Path, figures: Figures, rows: list[Row]) -> None:
    found = {**asdict(figures), CURVE: [as_json(row) for row in rows]}
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _read(file: Path) -> tuple[Figures, list[Row]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Figures(found["setting"], found["measures"], found["notes"]), [from_json(row) for row in found[CURVE]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"bench: {file} holds no figures of scripts/bench --json: {error}") from error


def _largest(rows: list[Row]) -> list[Row]:
    """The last of each engine."""
    return list({row.engine: row for row in sorted(rows, key=lambda row: row.documents)}.values())


if __name__ == "__main__":
    sys.exit(main())
