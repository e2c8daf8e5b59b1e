"""``tongwen glossary concordance``: every use of a term, keyword in context, on a page or as a file."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from tongwen.cli import PROBLEMS, destination
from tongwen.cli.concordance_output import FORMS, Kwic, content
from tongwen.cli.glossary_opening import termbase_option
from tongwen.cli.oneline import one_line
from tongwen.cli.options import Place, index_option
from tongwen.cli.page import note, page
from tongwen.cli.script import Choice, script_option
from tongwen.errors import UsageError

if TYPE_CHECKING:
    from tongwen.search.concordance import Order

ORDERS = ("doc", "left", "right", "form")
_ENDINGS = {"txt": "text", "csv": "csv", "jsonl": "jsonl", "xlsx": "xlsx"}


@click.command("concordance")
@click.argument("term", nargs=-1, required=True)
@click.option("--doc", "glob", metavar="GLOB", help="Only in documents whose id matches, e.g. 'zh-Hant/*'.")
@click.option("--width", type=click.IntRange(1, 400), default=30, show_default=True, help="Columns on each side.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default="doc",
    show_default=True,
    help="By place, by the words before or behind, the nearest first, or by form.",
)
@click.option("--limit", type=click.IntRange(0), help="How many are shown; by default all.")
@click.option("--no-expand", is_flag=True, help="Only what is typed, not its other names in the glossary.")
@click.option("--exact-script", is_flag=True, help="Only what is written in the very characters typed.")
@click.option("--format", "form", type=click.Choice(FORMS), help="By default text, or what the ending of FILE names.")
@click.option("-o", "--output", metavar="FILE", type=Place(), help="Write to FILE.")
@script_option
@termbase_option
@index_option
def command(
    term: tuple[str, ...],
    glob: str | None,
    width: int,
    order: Order,
    limit: int | None,
    no_expand: bool,
    exact_script: bool,
    form: str | None,
    output: Path | None,
    script: Choice,
    termbases: tuple[Path, ...],
    index_folder: Path,
) -> int:
    """Print every use of TERM in the texts, in a line with what stands around it.

    All its names in the glossary count, in both scripts; a short form only where it has that meaning. A term that is
    no entry is looked for as it is typed.

    \b
    tongwen glossary concordance 去罪化
    tongwen glossary concordance 去罪化 --sort right --doc 'zh-Hans/*'
    tongwen glossary concordance harm reduction -o uses.xlsx
    """
    from tongwen.flow import library  # noqa: PLC0415  help needs no index
    from tongwen.flow.thesaurus import LibraryThesaurus  # noqa: PLC0415
    from tongwen.search.concordance import concordance  # noqa: PLC0415

    output = None if output == Path("-") else output
    form = form or _form(output)
    if form != "text" and script != "original":
        raise UsageError("--script is for reading; what is exported is the original.", "Leave --script out.")
    file = output and destination.file_for(output)
    began = perf_counter()
    with library(index_folder) as opened:
        names = LibraryThesaurus(opened.store, index_folder, termbases)
        found = concordance(
            opened,
            " ".join(term),
            doc=glob,
            order=order,
            exact_script=exact_script,
            context=width,
            thesaurus=None if no_expand else names,
        )
        kwic = Kwic(opened.store, found, found.uses[:limit], width, script)
        if not found.uses:
            note(f"no use of {one_line(' '.join(term))} was found")
        elif form == "text" and file is None:
            _print(kwic, perf_counter() - began)
        else:
            destination.write(content(form, kwic), file)
    for fault in names.faults:
        note(one_line(fault))
    return PROBLEMS if names.faults else 0


def _print(kwic: Kwic, seconds: float) -> None:
    sheet = page()
    for line in kwic.lines(sheet, seconds):
        sheet.line(line)


def _form(output: Path | None) -> str:
    if output is None:
        return "text"
    known = _ENDINGS.get(output.suffix.lower().removeprefix("."))
    if known is None:
        raise UsageError(f"The ending of {output} names no form.", f"Add --format {'|'.join(FORMS)}.")
    return known
