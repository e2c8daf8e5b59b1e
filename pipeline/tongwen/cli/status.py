"""``tongwen status``: what the index holds, and what of it is stale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, cast

import click

from tongwen.cli import PROBLEMS
from tongwen.cli.oneline import one_line
from tongwen.cli.options import DEFAULT_CORPUS as DEFAULT
from tongwen.cli.options import index_option
from tongwen.cli.page import page, print_json

if TYPE_CHECKING:
    from tongwen.flow import Status
    from tongwen.model import Json

SHOWN = 10  # paths of each sort; --json has them all


@click.command("status")
@index_option
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "prometheus"]),
    default="text",
    show_default=True,
    help="For a person, as one JSON object, or as Prometheus reads it.",
)
@click.option("--check", is_flag=True, help="For monitoring: exit with 3 unless all is well.")
def command(index_folder: Path, as_json: bool, form: str, check: bool) -> int:
    """Say what the index holds, and what of it is stale.

    That is: documents, records of each kind, the engine, the size, and since when. Stale is what `tongwen index` would
    read again: files that were added, changed or have vanished since, and everything that was read by other code or
    tables than the present ones. What to do about each is told.

    All is well where there are documents, nothing is stale, every file and folder could be read, and the last run
    did not fail.

    Exit codes: 0 done, 1 there is no index or it cannot be read, 2 wrong usage, 3 with --check: not all is well.
    """
    from tongwen.flow import status  # noqa: PLC0415  help needs no database
    from tongwen.flow.places import shown  # noqa: PLC0415

    found, folder = status(index_folder), shown(index_folder)
    form = "json" if as_json else form
    if form == "json":
        print_json(_json(folder, found))
    elif form == "prometheus":
        from tongwen.cli.prometheus import metrics  # noqa: PLC0415

        print(*metrics(found), sep="\n")
    else:
        sheet = page()
        for line in (*_holdings(folder, found), *_staleness(found)):
            sheet.line(sheet.safe(line))
    return PROBLEMS if check and not found.healthy else 0


def _json(folder: str, found: Status) -> Json:
    more = {"stale": found.stale, "stale_counts": found.stale_counts, "failed_count": len(found.failed)}
    return cast("Json", {"index": folder, **asdict(found), **more, "healthy": found.healthy})


def _holdings(folder: str, found: Status) -> Iterator[str]:
    if not found.counts["documents"]:
        yield f"The index at {folder} holds nothing yet: `tongwen index FOLDER` reads the texts of a folder."
        return
    yield f"index    {folder}, {_size(found.size)}, engine {found.engine}"
    yield f"holds    {', '.join(f'{number:,} {kind}' for kind, number in found.counts.items())}"
    yield f"built    {found.built}"
    yield f"updated  {found.updated}, by version {found.version}"
    if found.last_run and found.last_run.result == "failed":
        yield f"the last run failed at {found.last_run.ended}: {one_line(found.last_run.error)}"
    elif found.last_run:
        yield f"last run {found.last_run.ended}, {_ended(found.last_run.result)}"


def _ended(result: str) -> str:
    told = {"done": "done", "problems": "done, with problems", "stopped": "stopped before it was done"}
    return told.get(result, one_line(result))


def _staleness(found: Status) -> Iterator[str]:
    yield from _paths("changed since", found.changed)
    yield from _paths("new", found.new)
    yield from _paths("vanished", found.vanished)
    yield from _paths("folders are gone, with all that was in them", found.missing)
    yield from _paths("could not be read the last time", [_unread(*one) for one in found.failed.items()])
    yield from _paths("amiss in folders, manifests and lexicons", found.faults)
    if found.outdated:
        yield f"{found.outdated:,} documents were read by other code or tables:"
        yield from (f"  {reason}" for reason in found.reasons)
    if found.engine_fault:
        yield one_line(found.engine_fault)
    if found.stale or found.failed:
        yield from _advice(found)
    elif found.counts["documents"] and not found.faults:
        yield "nothing is stale"


def _unread(file: str, why: str) -> str:
    """The sentence with the whole path, where it begins with the path as it was typed."""
    from tongwen.decode.files import printable  # noqa: PLC0415  help needs no stages

    tails = (printable(file[at:]) for at in range(len(file)) if at == 0 or file[at - 1] == "/")
    typed = re.sub(r"^(\.{1,2}/)+", "", why)
    tail = next((tail for tail in tails if typed.startswith(f"{tail} ")), None)
    return f"{file}: {why}" if tail is None else file + typed.removeprefix(tail)


def _advice(found: Status) -> Iterator[str]:
    """What to do about each sort of staleness."""
    here = _partition(found) + _named(found.folders)
    if found.changed or found.new or found.outdated:
        yield f"stale: `tongwen index{here}` brings it up to date"
    if found.engine_fault:
        yield f"search: `tongwen index{here}` fills the search index anew"
    if found.vanished:
        yield f"vanished: `tongwen index --prune{here}` removes what they gave"
    if found.missing:
        yield f"gone: `tongwen index --prune{_named(found.missing)}` removes what was in them"
    if found.failed:
        yield "not read: mend the files, or leave them out with `index = false` in manifest.toml"


def _partition(found: Status) -> str:
    """The part that the last run took, as an option."""
    part = found.last_run.partition if found.last_run else ""
    return f" --partition {quote(one_line(part))}" if part else ""


def _named(folders: list[str]) -> str:
    """Folders as arguments; none where they are the one that `tongwen index` takes without."""
    if folders == [str(DEFAULT.absolute())]:
        return ""
    return "".join(f" {quote(one_line(folder))}" for folder in folders)


def _paths(what: str, paths: list[str]) -> Iterator[str]:
    if paths:
        yield f"{len(paths):,} {what}:"
        yield from (f"  {one_line(path)}" for path in paths[:SHOWN])
    if len(paths) > SHOWN:
        yield f"  and {len(paths) - SHOWN:,} more (all of them with --json)"


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"
