"""``tongwen glossary diff``: what changed between two states of a termbase."""

from __future__ import annotations

from pathlib import Path

import click

from tongwen.cli import PROBLEMS
from tongwen.cli.oneline import one_line
from tongwen.cli.options import Place
from tongwen.cli.page import note, page, print_json


@click.command("diff")
@click.argument("old", type=Place())
@click.argument("new", type=Place())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each change.")
def command(old: Path, new: Path, as_json: bool) -> int:
    """Say what changed from the termbase OLD to NEW, each a folder of CSV files, or a TBX, TMX, XLSX or CSV file.

    Told are concepts and terms that were added or removed, concepts with another id, and fields, definitions, notes
    and links that changed; not how often a term was found.

    \b
    tongwen glossary diff termbase-2025/ corpus/termbase/
    tongwen glossary diff corpus/termbase/ returned.xlsx --json

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, with rows that make no sense told on stderr.
    """
    from tongwen.exchange.formats import read  # noqa: PLC0415  help needs no formats
    from tongwen.glossary.changes import difference  # noqa: PLC0415

    before, after = read(old), read(new)
    for fault in (*before.faults, *after.faults):
        note(one_line(fault))
    changes = difference(before.concepts, after.concepts)
    sheet = page()
    for change in changes:
        if as_json:
            print_json(change.json)
        else:
            sheet.line(sheet.safe(change.line))
    if not changes and not as_json:
        sheet.line("Nothing changed.")
    return PROBLEMS if before.faults or after.faults else 0
