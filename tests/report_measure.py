"""How well the reports of the set are read: precision and recall of each kind of record, against the known answers.

    scripts/measure-reports [--misses | --json] [--folder DIR] [PART-OF-A-FILE-NAME...]
    scripts/measure-reports --pin [--lower WHY]

What counts as one right record of each kind is in tests/reports/README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from reports.measure import floors
from reports.measure.compare import compare
from reports.measure.found import Found, found
from reports.measure.tally import Tally
from tongwen.flow.processing import process

REPORTS = Path(__file__).resolve().parent / "reports"
FILES = REPORTS / "files"

Totals = dict[str, dict[str, Tally]]


def dialect(file: Path) -> str:
    """``name.clean.html`` → ``clean.html``."""
    return file.name.partition(".")[2]


def measured(file: Path) -> dict[str, Tally]:
    """The tally of each kind of record of one file."""
    truth = json.loads((REPORTS / "truth" / f"{file.name.partition('.')[0]}.json").read_text("utf-8"))
    try:
        have = found(process(file, file.parent))
    except Exception as error:  # a crash is the worst of readings, not the end of the measuring
        print(f"{file.name}: {type(error).__name__}: {error}", file=sys.stderr)
        have = Found("")
    return compare(truth, have, dialect(file))


def totals(files: list[Path]) -> Totals:
    """For each dialect, the tallies of all its files put together."""
    out: Totals = {}
    for file in files:
        kinds = out.setdefault(dialect(file), {})
        for kind, tally in measured(file).items():
            kinds[kind] = kinds.get(kind, Tally()) + tally.named(file.name)
    return out


def table(figures: Totals) -> Iterator[str]:
    kinds = list(dict.fromkeys(kind for tallies in figures.values() for kind in tallies))
    yield f"{'precision/recall':17}" + "".join(f"{kind[:10]:>11}" for kind in kinds)
    for name in sorted(figures):
        cells = (figures[name].get(kind) for kind in kinds)
        yield f"{name:17}" + "".join(f"{tally.short() if tally else '':>11}" for tally in cells)


def below_goal(figures: Totals) -> Iterator[str]:
    """What is still to be reached: .98 where mark-up says what is what, .95 where it must be seen from the print."""
    for name, tallies in sorted(figures.items()):
        goal = 0.98 if name.endswith(("html", "docx")) else 0.95
        kinds = [f"{k} {t.short()}" for k, t in tallies.items() if min(t.precision, t.recall) < goal]
        if kinds:
            yield f"{name} is below {goal} in {', '.join(kinds)}"


def misses(tallies: dict[str, Tally], most: int) -> Iterator[str]:
    for kind, tally in tallies.items():
        for sign, rows in (("missed", tally.missed), ("besides", tally.besides)):
            if rows:
                yield f"{kind}: {len(rows)} {sign}"
                yield from (f"    {row}" for row in rows[:most])


def pinned(figures: Totals, why: str | None) -> int:
    lower = floors.pin(figures, REPORTS, why)
    for row in lower:
        print(row, file=sys.stderr)
    if lower:
        print('nothing was pinned: a floor would fall; if it must, say --lower "why"', file=sys.stderr)
    return bool(lower)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="PART-OF-A-FILE-NAME")
    parser.add_argument("--misses", action="store_true", help="what was missed, and what was found besides")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pin", action="store_true", help="make what is reached now the floors of the tests")
    parser.add_argument("--folder", type=Path, default=FILES, help="other files of the same reports, by their names")
    parser.add_argument("--lower", metavar="WHY", help="with --pin: let floors fall, and keep the reason")
    given = parser.parse_args()
    if given.pin and (given.names or given.folder != FILES):
        parser.error("--pin measures the whole set: leave the names and the folder out")
    files = sorted(given.folder.iterdir())
    figures = totals([f for f in files if not given.names or any(n in f.name for n in given.names)])
    if given.json:
        print(json.dumps({d: {k: t.figures() for k, t in kinds.items()} for d, kinds in figures.items()}, indent=1))
        return 0
    print(*table(figures), *below_goal(figures), sep="\n")
    for name, tallies in sorted(figures.items() if given.misses else ()):
        print(f"\n{name}", *misses(tallies, 60 if given.names else 8), sep="\n")
    return pinned(figures, given.lower) if given.pin else 0


if __name__ == "__main__":
    sys.exit(main())
