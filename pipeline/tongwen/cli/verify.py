"""``tongwen verify``: whether index, records and originals agree, and making again what does not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tongwen.cli import PROBLEMS
from tongwen.cli.meter import Meter
from tongwen.cli.oneline import one_line
from tongwen.cli.options import index_option
from tongwen.cli.page import note, page, print_json

if TYPE_CHECKING:
    from tongwen.flow import Verdict
    from tongwen.model import Json

SHOWN = 20  # faults, and files; --json has them all


@click.command("verify")
@index_option
@click.option("--quick", is_flag=True, help="Compare checksums, not every token and every original.")
@click.option("--repair", "mending", is_flag=True, help="Make again what does not agree, then verify once more.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def command(index_folder: Path, quick: bool, mending: bool, as_json: bool) -> int:
    """Prove that the index, its records and the original files agree.

    Looked at are every page of the database, every document's stored content, every byte of the search index and every
    token in it, the files beside the index, and whether each original file is still the one that was read. Nothing is
    changed without --repair.

    \b
    tongwen verify              look at everything
    tongwen verify --quick      checksums alone
    tongwen verify --repair     and make again what does not agree

    Exit codes: 0 all agree, 1 something does not, 2 wrong usage, 3 only originals have changed, are gone or may not be
    looked at.
    """
    from tongwen.flow import verify  # noqa: PLC0415  help needs no database

    meter = Meter(sys.stderr.isatty())
    done: list[str] = []
    try:
        verdict = verify(index_folder, quick=quick, progress=meter)
        if mending and verdict.faults:
            from tongwen.flow import repair  # noqa: PLC0415  most calls find nothing to repair

            done, verdict = repair(index_folder, verdict, meter)
    finally:
        meter.clear()
    if as_json:
        print_json(_json(verdict, done))
    else:
        _tell(verdict, done)
    return 1 if verdict.faults else PROBLEMS if verdict.stale or verdict.missing or verdict.closed else 0


def _tell(verdict: Verdict, done: list[str]) -> None:
    for line in done:
        note(one_line(line))
    for line in (*_faults(verdict), *_files(verdict), *verdict.notes):
        note(one_line(line))
    sheet = page()
    counts = f"{verdict.documents:,} documents, {verdict.passages:,} passages, {verdict.files:,} files"
    number = len(verdict.faults)
    found = f"{number:,} fault{'s' * (number != 1)}" if number else _agreement(verdict)
    sheet.line(f"{counts}: {found} ({verdict.seconds:.1f} s)")


def _agreement(verdict: Verdict) -> str:
    told = {"changed": verdict.stale, "gone": verdict.missing, "not to be looked at": verdict.closed}
    counts = [f"{len(paths):,} {what}" for what, paths in told.items() if paths]
    if not counts:
        return "all agree"
    return f"the index agrees; of the originals {', '.join(counts)}"


def _faults(verdict: Verdict) -> Iterator[str]:
    yield from (f"{fault.told} {fault.remedy}" for fault in verdict.faults[:SHOWN])
    if len(verdict.faults) > SHOWN:
        yield f"and {len(verdict.faults) - SHOWN:,} more faults (all of them with --json)"


def _files(verdict: Verdict) -> Iterator[str]:
    yield from (
        f"{path} has changed since it was read; `tongwen index` reads it again" for path in verdict.stale[:SHOWN]
    )
    for path in verdict.missing[:SHOWN]:
        yield f"{path} is gone; what was read of it is kept until `tongwen index --prune` of its folder"
    for path in verdict.closed[:SHOWN]:
        yield f"{path} may not be looked at, so that it is not known whether it has changed: check its permissions"
    more = sum(max(len(paths) - SHOWN, 0) for paths in (verdict.stale, verdict.missing, verdict.closed))
    if more:
        yield f"and {more:,} more files (all of them with --json)"


def _json(verdict: Verdict, done: list[str]) -> Json:
    faults: list[Json] = [
        {"part": fault.part, "place": fault.place, "told": fault.told, "remedy": fault.remedy}
        for fault in verdict.faults
    ]
    return {
        "sound": not verdict.faults,
        "faults": faults,
        "stale": [*verdict.stale],
        "missing": [*verdict.missing],
        "closed": [*verdict.closed],
        "notes": [*verdict.notes],
        "repaired": [*done],
        "documents": verdict.documents,
        "passages": verdict.passages,
        "files": verdict.files,
        "seconds": round(verdict.seconds, 3),
    }
