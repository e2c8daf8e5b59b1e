"""How well the reports of the set are read: precision and recall of each kind of record, against the known answers.

    python report_measure.py [--misses] [--json] [NAME.DIALECT.EXT...]

Text is compared with white space removed; what counts as one right record of each kind is in docs/reports.md.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reports.measure.compare import compare
from reports.measure.found import Found, found
from reports.measure.tally import Tally
from tongwen.flow.processing import process

REPORTS = Path(__file__).resolve().parent / "reports"
FILES = REPORTS / "files"


def dialect(file: Path) -> str:
    """``name.clean.html`` → ``clean.html``."""
    return file.name.partition(".")[2]


def measured(file: Path) -> dict[str, Tally]:
    """The tally of each kind of record of one file."""
    truth = json.loads((REPORTS / "truth" / f"{file.name.partition('.')[0]}.json").read_text("utf-8"))
    try:
        have = found(process(file, FILES))
    except Exception as error:  # a crash is the worst of readings, not the end of the measuring
        print(f"{file.name}: {type(error).__name__}: {error}", file=sys.stderr)
        have = Found("")
    return compare(truth, have)


def totals(files: list[Path]) -> dict[str, dict[str, Tally]]:
    """For each dialect, the tallies of all its files put together."""
    out: dict[str, dict[str, Tally]] = {}
    for file in files:
        kinds = out.setdefault(dialect(file), {})
        for kind, tally in measured(file).items():
            kinds[kind] = kinds.get(kind, Tally()) + tally.named(file.name)
    return out


def table(figures: dict[str, dict[str, Tally]]) -> Iterator[str]:
    kinds = list(dict.fromkeys(kind for tallies in figures.values() for kind in tallies))
    yield f"{'precision / recall':19}" + "".join(f"{kind:>12}" for kind in kinds)
    for name in sorted(figures):
        cells = (figures[name].get(kind) for kind in kinds)
        yield f"{name:19}" + "".join(f"{tally.short() if tally else '':>12}" for tally in cells)


def misses(figures: dict[str, dict[str, Tally]], most: int = 8) -> Iterator[str]:
    for name, tallies in sorted(figures.items()):
        for kind, tally in tallies.items():
            for sign, rows in (("missed", tally.missed), ("besides", tally.besides)):
                if rows:
                    yield f"{name} {kind}: {sum(Counter(rows).values())} {sign}"
                    yield from (f"    {row}" for row in rows[:most])


def main(arguments: list[str]) -> int:
    names = [a for a in arguments if not a.startswith("--")]
    files = [f for f in sorted(FILES.iterdir()) if not names or any(name in f.name for name in names)]
    figures = totals(files)
    if "--json" in arguments:
        print(json.dumps({d: {k: t.figures() for k, t in kinds.items()} for d, kinds in figures.items()}, indent=1))
        return 0
    print("\n".join(table(figures)))
    if "--misses" in arguments:
        print("\n".join(misses(figures, 40 if names else 8)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
