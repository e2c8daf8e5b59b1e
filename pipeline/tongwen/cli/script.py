"""Showing a text in one script: a reading aid, always marked as converted, never a quotation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import click

from tongwen.cli.address import reference
from tongwen.model import Language

Choice = Literal["original", "hans", "hant"]
Command = TypeVar("Command", bound=Callable[..., Any])

_NAMES: dict[Choice, str] = {"original": "the original", "hans": "Simplified", "hant": "Traditional"}
_WRITTEN: dict[Choice, Language] = {"hans": "zh-Hans", "hant": "zh-Hant"}


def script_option(command: Command) -> Command:
    """``--script`` as the argument ``script: Choice``."""
    return click.option(
        "--script",
        type=click.Choice(list(_NAMES)),
        default="original",
        show_default=True,
        help="Show Chinese as it stands, in Simplified or in Traditional characters (converted text says so).",
    )(command)


class Reading:
    """How the texts of one document are shown."""

    def __init__(self, script: Choice, language: Language) -> None:
        self.script, self.language = script, language

    @property
    def converts(self) -> bool:
        return self.script != "original" and _WRITTEN[self.script] != self.language

    def __call__(self, text: str) -> str:
        if self.script == "original" or not self.converts or text.isascii():
            return text
        from tongwen.normalise import convert  # noqa: PLC0415  only who converts waits for it

        return convert(text, self.script)

    @property
    def by(self) -> str:
        from tongwen.normalise import CONFIGURATIONS  # noqa: PLC0415

        return "" if self.script == "original" else f"OpenCC {CONFIGURATIONS[self.script]}"

    def mark(self, doc: str, record: str = "") -> str:
        """The line that stands above converted text."""
        where = reference(doc, record)
        return f"[converted to {_NAMES[self.script]} by {self.by}; the original: tongwen show {where}]"
