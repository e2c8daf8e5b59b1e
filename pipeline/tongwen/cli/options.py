"""Options that several sub-commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

DEFAULT_INDEX = Path("index")
DEFAULT_CORPUS = Path("corpus")
VARIABLE = "TONGWEN_INDEX"

Command = TypeVar("Command", bound=Callable[..., Any])


def index_option(command: Command) -> Command:
    """``--index DIR``, before or after the sub-command, as the argument ``index_folder: Path``.

    What stands nearest to the command's end wins, then the environment, then ``./index``.
    """
    return click.option(
        "--index",
        "index_folder",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_inherit,
        help=f"Where everything built is kept.  [env: {VARIABLE}; default: ./{DEFAULT_INDEX}]",
    )(command)


def _inherit(context: click.Context, _: click.Parameter, given: Path | None) -> Path:
    if given is not None:
        return given
    if context.parent is not None:
        inherited: Path = context.parent.params["index_folder"]
        return inherited
    return Path(os.environ.get(VARIABLE) or DEFAULT_INDEX)
