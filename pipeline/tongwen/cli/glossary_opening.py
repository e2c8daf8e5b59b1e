"""How the commands of the glossary open it: the library's own, or that of a termbase alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tongwen.cli import PROBLEMS
from tongwen.cli.meter import Meter
from tongwen.cli.oneline import one_line
from tongwen.cli.options import Place
from tongwen.cli.page import note
from tongwen.errors import NoIndex

if TYPE_CHECKING:
    from tongwen.flow.glossaries import Opened

Command = TypeVar("Command", bound=Callable[..., Any])


def termbase_option(command: Command) -> Command:
    """``--termbase DIR``, several times, as the argument ``termbases: tuple[Path, ...]``."""
    return click.option(
        "--termbase",
        "termbases",
        metavar="DIR",
        multiple=True,
        type=Place(file_okay=False),
        help="A termbase in place of those in the folders that were indexed; several may be named.",
    )(command)


def opened(index_folder: Path, termbases: tuple[Path, ...], candidates: bool = False) -> Opened:
    """The glossary, with what is wrong in its termbases told; a termbase that is named needs no index.

    :raises NotFound: a folder that is named is no termbase
    :raises NoIndex: there is none, and no termbase is named
    """
    from tongwen.flow.glossaries import alone, glossary  # noqa: PLC0415  help needs no database
    from tongwen.flow.places import reading  # noqa: PLC0415

    meter = Meter(sys.stderr.isatty(), "documents")
    try:
        with reading(index_folder) as store:
            found = glossary(store, index_folder, termbases, meter, candidates)
    except NoIndex:
        if not termbases:
            raise
        found = alone(termbases)
    finally:
        meter.clear()
    for fault in found.faults:
        note(one_line(fault))
    return found


def code(found: Opened) -> int:
    """The exit code of a call that did what it should."""
    return PROBLEMS if found.faults else 0
