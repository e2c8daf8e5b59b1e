"""``tongwen glossary import``: take another's terms into a termbase, and say what was taken and what was not."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tongwen.cli import PROBLEMS
from tongwen.cli.glossary_opening import opened
from tongwen.cli.oneline import one_line
from tongwen.cli.options import DEFAULT_CORPUS, Place, index_option
from tongwen.cli.page import note, page, print_json
from tongwen.errors import IndexFault, NoIndex, TongwenError, UsageError

if TYPE_CHECKING:
    from tongwen.concept import Concept
    from tongwen.exchange.reading import Reading
    from tongwen.glossary.changes import Change
    from tongwen.glossary.merging import Merged, Vouched

DEFAULT_TERMBASE = DEFAULT_CORPUS / "termbase"


@click.command("import")
@click.argument("file", type=Place())
@click.option("--termbase", "folder", metavar="DIR", type=Place(file_okay=False), help="Into which termbase.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken, and write nothing.")
@click.option("--prefer-theirs", is_flag=True, help="Where a field differs, take the file's; by default ours stays.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes and conflicts as one JSON object.")
@index_option
def command(
    file: Path, folder: Path | None, dry_run: bool, prefer_theirs: bool, as_json: bool, index_folder: Path
) -> int:
    """Take the terms of FILE into a termbase, a folder of CSV files; by default that of the library.

    Read are TBX, TMX, XLSX, CSV, and folders of CSV files. Concepts are the same by their ids, else by terms that they
    share; one of which it is unclear which is meant is left out and told. What the termbase lacks is added, what
    differs stays as it is and is told, and nothing is ever removed. Candidates, and forms that a machine converted, are
    not taken, nor what an export holds besides the termbase, as long as nobody has changed it: the texts say it anyway.

    \b
    tongwen glossary import glossary.xlsx --dry-run
    tongwen glossary import theirs.tbx --termbase terms/

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, with conflicts or rows that make no sense told on stderr.
    """
    from tongwen.exchange.canonical import canonical  # noqa: PLC0415  help needs no formats
    from tongwen.exchange.folder import write_folder  # noqa: PLC0415
    from tongwen.exchange.formats import read  # noqa: PLC0415
    from tongwen.exchange.reading import Reading  # noqa: PLC0415
    from tongwen.exchange.replacing import locked  # noqa: PLC0415
    from tongwen.glossary.merging import merge, vouched  # noqa: PLC0415
    from tongwen.glossary.returning import edited  # noqa: PLC0415

    folder = _termbase(folder, index_folder)
    found, known = read(file), canonical(_known(index_folder, folder)).concepts
    clean = canonical(found.concepts)
    theirs = Reading(clean.concepts, (*found.faults, *clean.faults))
    with nullcontext() if dry_run else locked(folder):
        ours = _ours(folder)
        taken = vouched(edited(theirs.concepts, ours.concepts, known))
        merged = merge(ours.concepts, taken.concepts, prefer_theirs)
        written = bool(merged.changes) and not dry_run
        if written:
            _check(ours, folder)
            write_folder(merged.concepts, folder)
    _tell(ours, theirs, taken, merged, prefer_theirs)
    if as_json:
        left_out = {"candidates": taken.candidates, "converted": taken.converted}
        changes, conflicts = [c.json for c in merged.changes], [c.json for c in merged.conflicts]
        faults = [*ours.faults, *theirs.faults]
        print_json(
            {
                "changes": changes,
                "conflicts": conflicts,
                "faults": [*faults],
                "left_out": {**left_out},
                "written": written,
            }
        )
    else:
        _print(merged.changes, dry_run)
    return PROBLEMS if merged.conflicts or theirs.faults or ours.faults else 0


def _termbase(given: Path | None, index_folder: Path) -> Path:
    """The library's where none is named; without an index, that of the folder of texts that is read by default."""
    from tongwen.flow.places import reading  # noqa: PLC0415
    from tongwen.flow.termbases import to_write  # noqa: PLC0415  help needs no database

    if given:
        return given
    try:
        with reading(index_folder) as store:
            return to_write(store)
    except NoIndex:
        if not DEFAULT_TERMBASE.is_dir():
            hint = "Name one, or a new folder: --termbase DIR."
            raise UsageError(f"There is no index and no termbase in {DEFAULT_TERMBASE}.", hint) from None
        return DEFAULT_TERMBASE


def _known(index_folder: Path, folder: Path) -> Sequence[Concept]:
    """What the termbase and the library's texts say already, of which an export may hold a part.

    Another termbase of the library counts only together with the one into which is taken. Nothing where there is no
    index.
    """
    from tongwen.exchange.place import is_termbase  # noqa: PLC0415
    from tongwen.flow.places import reading  # noqa: PLC0415
    from tongwen.flow.termbases import termbases  # noqa: PLC0415

    try:
        with reading(index_folder) as store:
            own = folder.resolve() in {place.resolve() for place in termbases(store)}
        named = (folder,) if is_termbase(folder) and not own else ()
        concepts = opened(index_folder, named).glossary.concepts
    except IndexFault:
        return ()
    return concepts if own or named else tuple(c for c in concepts if c.origin == "document")


def _ours(folder: Path) -> Reading:
    """What the termbase has; nothing where there is none yet.

    :raises TongwenError: there is a part of one, which would be written over
    """
    from tongwen.exchange.folder import FILES, read_folder  # noqa: PLC0415
    from tongwen.exchange.place import TERMS, is_termbase  # noqa: PLC0415
    from tongwen.exchange.reading import Reading  # noqa: PLC0415

    if is_termbase(folder):
        return read_folder(folder)
    if part := next((name for name in FILES if os.path.lexists(folder / name)), None):
        hint = f"Put its {TERMS} back, or name another folder: the import would write over {part}."
        raise TongwenError(f"{folder} has a part of a termbase only.", hint)
    return Reading(())


def _check(ours: Reading, folder: Path) -> None:
    """The files are written anew, and what of them could not be read would be gone."""
    if ours.faults:
        hint = f"Mend it first, for the import would lose it: {ours.faults[0]}"
        raise TongwenError(f"In the termbase {folder} is something that cannot be read.", hint)


def _tell(ours: Reading, theirs: Reading, taken: Vouched, merged: Merged, prefer_theirs: bool) -> None:
    for line in (*ours.faults, *theirs.faults, *(conflict.line for conflict in merged.conflicts)):
        note(one_line(line))
    if merged.conflicts and not prefer_theirs:
        note("where a field differs ours stays; --prefer-theirs takes the file's")
    if taken.candidates:
        note(f"candidates are not taken ({taken.candidates:,}): give them another status to take them")
    if taken.converted:
        note(f"forms that a machine converted are not taken ({taken.converted:,}): clear `converted` to take them")


def _print(changes: Sequence[Change], dry_run: bool) -> None:
    sheet = page()
    for change in changes:
        sheet.line(sheet.safe(change.line))
    counts = ", ".join(f"{kind} {number:,}" for kind, number in Counter(c.kind for c in changes).items())
    sheet.line((f"Would be done: {counts}." if dry_run else f"Done: {counts}.") if counts else "Nothing to take.")
