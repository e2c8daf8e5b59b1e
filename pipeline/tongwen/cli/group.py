"""The command ``tongwen`` itself; its sub-commands are imported when they are named."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import click

from tongwen import __version__
from tongwen.cli import logs
from tongwen.cli.kinds import did_you_mean
from tongwen.cli.options import index_option, log_option

COMMANDS = ("index", "search", "show", "records", "tables", "glossary", "check", "status", "verify")


class Lazy(click.Group):
    """A group whose command NAME is ``command`` in a module of this package, listed in the order of use."""

    commands_of: tuple[str, ...] = ()
    module = "tongwen.cli.{}"

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands_of)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands_of:
            return None
        command: click.Command = import_module(self.module.format(cmd_name)).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and args[0] not in self.commands_of:
            told = f"No such command {args[0]!r}. {did_you_mean(args[0], self.commands_of)}"
            raise click.UsageError(told.rstrip(), ctx)
        return super().resolve_command(ctx, args)


class _Tongwen(Lazy):
    commands_of = COMMANDS


@click.group(cls=_Tongwen, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@index_option
@log_option
@click.version_option(__version__, "--version", prog_name="tongwen")
@click.pass_context
def tongwen(context: click.Context, index_folder: Path, log: str | None) -> None:
    """Read, search and cite Chinese legal and policy texts in both scripts and in English.

    \b
    tongwen index ./corpus                              read a folder of texts
    tongwen search 精神药物                             the same hits as for 精神藥物
    tongwen show zh-Hant/model-convention-2025#art_12   one article, ready to quote

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, with problems told on stderr.
    """
    logs.begin(log or os.environ.get(logs.VARIABLE), context.invoked_subcommand)
