"""``tongwen index``: read what was added or changed, and say what was done."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from tongwen.cli import PROBLEMS, logs
from tongwen.cli.meter import Meter
from tongwen.cli.oneline import one_line
from tongwen.cli.options import DEFAULT_CORPUS, Place, Seconds, index_option, log_option
from tongwen.cli.page import note, print_json
from tongwen.errors import UsageError

if TYPE_CHECKING:
    from tongwen.flow import Report
    from tongwen.model import Json

SHOWN = 20  # files that have vanished; --json has them all


@click.command("index")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=Place(readable=False))
@index_option
@click.option("--engine", metavar="NAME", help="The search engine; by default the one that the index has (whoosh).")
@click.option("--jobs", type=int, metavar="N", help="How many files are read at a time; by default one for each core.")
@click.option("--full", is_flag=True, help="Read everything anew; a damaged index file is set aside first.")
@click.option("--prune", is_flag=True, help="Remove what has vanished from the folders given.")
@click.option(
    "--executor",
    metavar="NAME",
    default="processes",
    show_default=True,
    help="Who reads the files: processes, threads, or a cluster as dask://HOST:PORT.",
)
@click.option("--partition", metavar="K/N", help="Take only the Kth of N parts of the files.")
@click.option("--watch", is_flag=True, help="Go on: wait for changes and read them, until Ctrl-C.")
@click.option(
    "--watch-poll",
    type=Seconds(min=0.05, max=86400),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="How long --watch waits from one look at the files to the next.",
)
@log_option
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    index_folder: Path,
    engine: str | None,
    jobs: int | None,
    full: bool,
    prune: bool,
    executor: str,
    partition: str | None,
    watch: bool,
    watch_poll: float,
    log: str | None,
    as_json: bool,
) -> int:
    """Read the texts in PATHs (by default ./corpus) into the index.

    Read are plain text (.txt, .text), Markdown (.md, .markdown), web pages (.html, .htm, .xhtml), Word (.docx, .docm),
    PDF with a text layer (.pdf), and statutes of Taiwan's Ministry of Justice (.json); all else is counted and passed
    over. A file that is named itself is always read.

    Only what was added or changed since the last time is read. A file that cannot be read keeps what it gave the last
    time, and is told. Ctrl-C stops between two files and keeps what was done.

    \b
    tongwen index                      the folder ./corpus
    tongwen index statutes treaties    two folders into one index
    tongwen index --prune statutes     and remove what is no longer there
    tongwen index --watch statutes     and go on: what changes is read at once

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some file could not be read, 130 stopped by Ctrl-C, 143 by SIGTERM.
    """
    logs.begin(log, "index")
    if not watch and context.get_parameter_source("watch_poll") is not ParameterSource.DEFAULT:
        raise UsageError("--watch-poll says how long --watch waits.", "Add --watch, or leave it out.")
    from tongwen.flow import index  # noqa: PLC0415  help needs no stages
    from tongwen.flow.partitions import WHOLE, parse  # noqa: PLC0415

    part = parse(partition) if partition is not None else WHOLE
    paths = paths or (DEFAULT_CORPUS,)
    meter = Meter(sys.stderr.isatty())

    def run(there: Sequence[Path]) -> Report:
        try:
            return index(
                there,
                index_folder,
                engine=engine,
                jobs=jobs,
                full=full,
                prune=prune,
                executor=executor,
                part=part,
                progress=meter,
            )
        finally:
            meter.clear()

    say = _Speaker(as_json)
    if watch:
        from tongwen.cli.watch import watch as watched  # noqa: PLC0415

        return watched(paths, watch_poll, run, say)
    report = run(paths)
    say(report)
    return 128 + report.signal if report.signal else PROBLEMS if report.failed or report.faults else 0


class _Speaker:
    """What a person should know goes to stderr, one line each, not again after the next run; the counts to stdout."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._told: set[str] = set()

    def __call__(self, report: Report) -> None:
        lines = [one_line(line) for line in _lines(report)]
        for line in lines:
            if line not in self._told:
                note(line)
        self._told = set(lines)
        if self._as_json:
            print_json(_json(report))
        else:
            print(_summary(report))
        sys.stdout.flush()


def _lines(report: Report) -> Iterator[str]:
    yield from (*report.notes, *report.faults, *(failure.problem for failure in report.failed))
    for path in report.vanished[:SHOWN]:
        yield f"{path} has vanished; its document is kept until you run `tongwen index --prune` on its folder"
    if len(report.vanished) > SHOWN:
        yield f"and {len(report.vanished) - SHOWN:,} more have vanished (all of them with --json)"
    if report.passed_over:
        yield _passed_over(report.passed_over)
    if report.signal:
        left = f"with the {report.left:,} files that are left" if report.left > 1 else "from there"
        yield f"stopped; what was done is kept, and the next `tongwen index` goes on {left}"


def _passed_over(formats: dict[str, int]) -> str:
    from tongwen.decode.files import FORMATS  # noqa: PLC0415  help needs no stages

    number = sum(formats.values())
    counts = ", ".join(f"{name or 'no extension'} {count:,}" for name, count in sorted(formats.items()))
    return (
        f"passed over {number:,} file{'s' * (number != 1)} of other formats: {counts} (read are {', '.join(FORMATS)})"
    )


def _summary(report: Report) -> str:
    counts = ("added", "updated", "unchanged", "removed")
    said = [f"{name} {getattr(report, name)}" for name in counts]
    return ", ".join([*said, f"failed {len(report.failed)}"]) + f" ({report.seconds:.1f} s)"


def _json(report: Report) -> Json:
    failed: list[Json] = [{"path": failure.path, "problem": failure.problem} for failure in report.failed]
    counts: dict[str, Json] = {name: getattr(report, name) for name in ("added", "updated", "unchanged", "removed")}
    return {
        **counts,
        "failed": failed,
        "vanished": [*report.vanished],
        "passed_over": {**report.passed_over},
        "seconds": round(report.seconds, 3),
    }
