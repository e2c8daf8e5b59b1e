"""Options that several sub-commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any, TypeVar

import click

DEFAULT_INDEX = Path("index")
DEFAULT_CORPUS = Path("corpus")
VARIABLE = "TONGWEN_INDEX"

Command = TypeVar("Command", bound=Callable[..., Any])


class Place(click.Path):
    """A path that is named: nothing is none, and not the folder where one happens to be."""

    def __init__(self, file_okay: bool = True, path_type: type = Path, readable: bool = True) -> None:
        super().__init__(file_okay=file_okay, path_type=path_type, readable=readable)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.fspath(value):
            self.fail("It is empty: name a file or folder." if self.file_okay else "It is empty: name a folder.")
        return super().convert(value, param, ctx)


class Seconds(click.FloatRange):
    """A time that can be waited for: none that is no number is one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        return self.fail(f"{value} is no number of seconds.", param, ctx) if isnan(seconds) else seconds


def index_option(command: Command) -> Command:
    """``--index DIR``, before or after the sub-command, as the argument ``index_folder: Path``.

    What stands nearest to the command's end wins, then the environment, then ``./index``.
    """
    return click.option(
        "--index",
        "index_folder",
        metavar="DIR",
        type=Place(file_okay=False),
        callback=_inherit,
        help="Where everything built is kept: a folder, or opensearch://HOST:PORT/NAME.  "
        f"[env: {VARIABLE}; default: ./{DEFAULT_INDEX}]",
    )(command)


def log_option(command: Command) -> Command:
    """``--log FILE``, before or after the sub-command, as the argument ``log: str | None``."""
    return click.option(
        "--log",
        metavar="FILE",
        help="Add what happens to FILE as JSON Lines, for machines; - is stderr.  [env: TONGWEN_LOG]",
    )(command)


def _inherit(context: click.Context, _: click.Parameter, given: Path | None) -> Path:
    if given is not None:
        return given
    if context.parent is not None:
        inherited: Path = context.parent.params["index_folder"]
        return inherited
    return Path(os.environ.get(VARIABLE) or DEFAULT_INDEX)
