"""Options that choose what of a glossary is listed, drawn or exported."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tongwen.concept import APPROVED, STATUSES
from tongwen.errors import UsageError

if TYPE_CHECKING:
    from tongwen.glossary.selection import Converted, Selection

Command = TypeVar("Command", bound=Callable[..., Any])

_SCRIPTS = {"hans": "zh-Hans", "hant": "zh-Hant", "en": "en"}

_OPTIONS = (
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(STATUSES),
        help="Only terms of this status; by default all but candidates, which never stand beside the others.",
    ),
    click.option("--script", "scripts", multiple=True, type=click.Choice(list(_SCRIPTS)), help="Only these terms."),
    click.option(
        "--region", "regions", multiple=True, metavar="TW|HK|…", help="Of regional words only those of this region."
    ),
    click.option("--subject", "subjects", multiple=True, metavar="GLOB", help="Only entries of this subject."),
    click.option("--doc", "glob", default="", metavar="GLOB", help="Only what stands in a document whose id matches."),
    click.option(
        "--origin",
        "origins",
        multiple=True,
        type=click.Choice(["curated", "document", "candidate"]),
        help="Only entries of a termbase, of what texts define and abbreviate, or candidates.",
    ),
)


def selection_options(command: Command) -> Command:
    """``--status --script --region --subject --doc --origin`` as arguments that ``selected`` takes."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


def selected(converted: Converted = "admitted", **chosen: Any) -> Selection:
    """Raises ``UsageError`` where candidates would be mixed with approved terms."""
    from tongwen.glossary.selection import Selection  # noqa: PLC0415  help needs no glossary

    statuses = frozenset(chosen["statuses"])
    if "candidate" in statuses and len(statuses) > 1:
        raise UsageError("Candidates are never mixed with approved terms.", "Ask for them in a call of their own.")
    if "candidate" in chosen["origins"]:
        statuses = frozenset({"candidate"})
    return Selection(
        statuses or APPROVED,
        tuple(_SCRIPTS[script] for script in chosen["scripts"]),
        tuple(region.upper() for region in chosen["regions"]),
        tuple(chosen["subjects"]),
        chosen["glob"],
        tuple(chosen["origins"]),
        converted,
    )
