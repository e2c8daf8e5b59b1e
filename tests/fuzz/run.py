"""Fuzz one target or all of them, guided by coverage.

    scripts/fuzz all                      every target for a minute each
    scripts/fuzz html query               these
    scripts/fuzz all --seconds 600        ten minutes each
    scripts/fuzz all --jobs 4             so many at a time (default: one for each core)
    scripts/fuzz --list                   their names
    scripts/fuzz html --minimise FILE     the smallest input with the same fault, on stdout

It begins with the cases of the tests and with real texts at TONGWEN_DATA (default: ../shared). What is worth keeping
lies in ``corpus/`` and ``findings/`` of a folder outside the project: TONGWEN_FUZZ, or ~/.cache/tongwen-fuzz. Printed
are, for each target, the inputs that were run, the places of the code that they reached, the minutes of processor time
and the faults that are new. Exit code 1 where there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from fuzz.findings import smallest
from fuzz.targets import MODULES, target

GRACE = 900
"""Seconds beyond its time after which a process is killed: it may be making a finding smaller."""

_REACHED = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
_EXECUTED = re.compile(r"stat::number_of_executed_units: (\d+)")


class Outcome(NamedTuple):
    name: str
    executed: int
    reached: int
    kept: int
    minutes: float
    new: tuple[str, ...]
    code: int


def home() -> Path:
    return Path(os.environ.get("TONGWEN_FUZZ") or Path.home() / ".cache" / "tongwen-fuzz")


def fuzz(name: str, seconds: int, place: Path) -> Outcome:
    findings = place / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    before = _known(findings, name)
    command = [sys.executable, "-m", "fuzz.worker", name, str(place / "corpus" / name), str(findings), str(seconds)]
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        spent = _waited(child, seconds + GRACE)
        log.seek(0)
        said = log.read()
    if child.returncode:
        (findings / f"{name}.log").write_text(said[-20_000:], encoding="utf-8")
    if name == "pdf":
        _pass_over(findings)
    reached = _REACHED.findall(said) or [("0", "0", "0")]
    executed = _EXECUTED.findall(said) or re.findall(r"^#(\d+)", said, re.MULTILINE)[-1:] or ["0"]
    new = tuple(sorted(_known(findings, name) - before))
    return Outcome(name, int(executed[-1]), int(reached[-1][0]), int(reached[-1][2]), spent / 60, new, child.returncode)


def _pass_over(findings: Path) -> None:
    """What ended the process that fuzzed PDF, and costs the one no more that ``decode`` starts for such a file."""
    from fuzz.targets.pdf import apart  # noqa: PLC0415

    for file in findings.glob("pdf-*-*"):
        apart(file.read_bytes())
        file.unlink()


def _waited(child: subprocess.Popen[str], seconds: float) -> float:
    """The processor time of the process, when it has ended; it is killed where it does not."""
    until = time.monotonic() + seconds
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return usage.ru_utime + usage.ru_stime
        if time.monotonic() > until:
            child.kill()
        time.sleep(0.5)


def _known(findings: Path, name: str) -> set[str]:
    told = {f"{name}/{path.name}" for path in (findings / name).glob("*")}
    return told | {path.name for path in findings.glob(f"{name}-*") if path.is_file()}


def _row(it: Outcome) -> str:
    end = f"  ended with {it.code}" if it.code else ""
    return f"{it.name:12}{it.executed:>12,}{it.reached:>10,}{it.kept:>8,}{it.minutes:>9.1f}{len(it.new):>6}{end}"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=["all", *MODULES, []])
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="targets at a time")
    parser.add_argument("--minimise", type=Path, metavar="FILE", help="an input of the one target")
    parser.add_argument("--list", action="store_true", help="the names of the targets")
    given = parser.parse_args()
    names = list(MODULES) if "all" in given.targets else given.targets
    if given.list or not names:
        print("\n".join(MODULES))
        return 0
    if given.minimise:
        sys.stdout.buffer.write(smallest(target(names[0]), given.minimise.read_bytes()))
        return 0
    return _run(names, given.seconds, given.jobs)


def _run(names: list[str], seconds: int, jobs: int) -> int:
    place = home()
    print(f"{'target':12}{'inputs':>12}{'reached':>10}{'corpus':>8}{'CPU min':>9}{'new':>6}")
    done = []
    with ThreadPoolExecutor(jobs) as pool:
        for it in pool.map(lambda name: fuzz(name, seconds, place), names):
            print(_row(it), flush=True)
            done.append(it)
    with (place / "runs.jsonl").open("a", encoding="utf-8") as log:
        log.writelines(json.dumps(it._asdict()) + "\n" for it in done)
    new = [name for it in done for name in it.new]
    print(f"{sum(it.executed for it in done):,} inputs, {sum(it.minutes for it in done):.1f} minutes of processor time")
    print("\n".join(f"new: {place / 'findings' / name}" for name in new) or "nothing new")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
