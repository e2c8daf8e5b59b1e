"""Faults at random points, and after each of them that nothing is lost: see docs/durability.md.

    scripts/torture --kills 100 --disk 40 --flips 500 --seed 7

prints how many there were and what each did; exit code 1 where anything was lost, with the seed of each failure.
Ctrl-C ends it, and what was done until then is printed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tongwen.errors import IndexFault
from tongwen.flow.engines import ENGINES
from torture_disks import Disks
from torture_flips import Flips
from torture_ground import ground
from torture_kills import Kills
from torture_several import Clock, Crowd
from torture_trial import works

SHOWN = 2000  # characters of what is told of a failure
Counts = Counter[tuple[str, str]]
Fault = Callable[[int], tuple[str, str]]


def inflict(fault: Fault, seeds: range, counts: Counts, failures: list[str], asked: list[int]) -> None:
    """Until ``asked`` to end; what is under way then may have been disturbed by that, and is not counted."""
    for seed in () if asked else seeds:
        try:
            done = fault(seed)
        except PermissionError as error:
            done = str(error), "not done"
        except (AssertionError, IndexFault, OSError, ValueError) as error:
            done = type(fault).__name__, "FAILED"
            failures += [f"{done[0]} {seed}: {''.join(traceback.format_exception(error))}"] * (not asked)
        if asked:
            return
        counts[done] += 1


def torture(  # noqa: PLR0913, PLR0917  how many of each
    home: Path, kills: int, disk: int, flips: int, several: int, seed: int, engines: Sequence[str] = tuple(ENGINES)
) -> tuple[Counts, list[str]]:
    """The counts, and what failed, one text each. Each fault has a seed of its own, counted up from ``seed``.

    ``engines``: with which, and with changes from and to which, all is tried.
    """
    here, counts, failures = ground(home), Counts(), []
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    wanted = {f"to {engine}" for engine in engines}
    todo = [work for engine in ENGINES for work in works(engine) if work.engine in engines or work.name in wanted]
    of_them = [work for work in todo if work.engine in engines]
    for fault, number in (
        (Kills(here, todo), kills),
        (Disks(here, todo), disk),
        (Flips(here, engines), flips),
        (Crowd(here, todo), several),
        (Clock(here, of_them), several),
    ):
        inflict(fault, range(seed, seed + number), counts, failures, asked)
    signal.signal(signal.SIGINT, before)
    return counts, failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, metavar="N", help="runs that are killed at a random point")
    parser.add_argument("--disk", type=int, default=20, metavar="N", help="runs with a full or read-only disk")
    parser.add_argument("--flips", type=int, default=200, metavar="N", help="bytes that are changed")
    parser.add_argument("--several", type=int, default=2, metavar="N", help="crowds of writers and readers, and clocks")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of the first fault of each sort")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="only with these, and from and to them")
    given = parser.parse_args()
    engines = given.engine or tuple(ENGINES)
    with tempfile.TemporaryDirectory(prefix="torture-") as home:
        counts, failures = torture(Path(home), given.kills, given.disk, given.flips, given.several, given.seed, engines)
    for (what, effect), number in sorted(counts.items()):
        print(f"{what:52} {effect:24} {number:6,}")
    if failures:
        print(f"\n{len(failures)} failures:", *(failure[:SHOWN] for failure in failures), sep="\n\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
