"""``tongwen glossary``: the terms of the library, with what they mean, where they stand, and how they hang together."""

from __future__ import annotations

from pathlib import Path

import click

from tongwen.cli.group import Lazy
from tongwen.cli.options import index_option


class Glossary(Lazy):
    commands_of = ("list", "show", "link", "concordance", "check", "export", "import", "diff")
    module = "tongwen.cli.glossary_{}"


@click.group("glossary", cls=Glossary)
@index_option
def command(index_folder: Path) -> None:
    """Terms: what they mean, where they stand, what they hang together with.

    The entries are those of the termbases (a folder `termbase` in a folder that was indexed, or --termbase), and those
    that the texts themselves define or abbreviate.

    \b
    tongwen glossary list                        every entry
    tongwen glossary show 去罪化                  one, with its neighbours and the sentences that show them
    tongwen glossary export -o glossary.tbx      for a translator's tool
    """
