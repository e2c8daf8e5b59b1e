"""Where a command prints: plain into a pipe, in colour and wrapped on a terminal."""

from __future__ import annotations

import os
import sys
from json import dumps
from typing import TYPE_CHECKING, Literal, NamedTuple

from tongwen.cli.healing import drawn
from tongwen.cli.width import width, wrap

if TYPE_CHECKING:
    from tongwen.model import Json

Style = Literal["match", "heading", "label", "faint"]

_CODES: dict[Style, str] = {"match": "1;31", "heading": "1", "label": "36", "faint": "2"}
_VISIBLE = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | {127: 0x2421}
_C1 = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_NARROWEST = 40
_WIDEST = 110


class Page(NamedTuple):
    """``columns`` 0: lines are never wrapped. On a terminal control characters are made visible, so that no text can
    steer it; into a pipe every character goes as it is. ``edge`` stands before every line."""

    terminal: bool
    colour: bool
    columns: int = 0
    edge: str = ""

    def edged(self, edge: str) -> Page:
        """The same page with ``edge`` before every line, and so much less room."""
        columns = max(_NARROWEST, self.columns - width(edge)) if self.columns else 0
        return self._replace(columns=columns, edge=self.edge + edge)

    def paint(self, text: str, style: Style) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text

    def safe(self, text: str) -> str:
        return visible(text) if self.terminal else text

    def line(self, text: str = "") -> None:
        """Print one line as it is (painted or not)."""
        edged = self.paint(self.edge, "faint") + text if self.edge else text
        sys.stdout.write((edged if text else self.paint(self.edge.rstrip(), "faint")) + "\n")

    def folded(self, text: str, indent: int = 0, hang: int = 0) -> None:
        """Print unpainted ``text``, wrapped: ``indent`` columns in, and the lines after the first ``hang`` more.

        Lines that are drawn are never wrapped.
        """
        room = max(_NARROWEST, self.columns - indent - hang)
        for text_line in self.safe(text).split("\n"):
            fits = not self.columns or drawn(text_line)
            for number, line in enumerate([text_line] if fits else wrap(text_line, room)):
                self.line(" " * (indent + (hang if number else 0)) + line)


def page() -> Page:
    """The page for this process' stdout; colour obeys NO_COLOR."""
    terminal = sys.stdout.isatty()
    colour = terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Page(terminal, colour, _columns() if terminal else 0)


def _columns() -> int:
    from shutil import get_terminal_size  # noqa: PLC0415  into a pipe nothing is wrapped

    return min(get_terminal_size().columns, _WIDEST)


def visible(text: str) -> str:
    """Control characters as signs that show them; line feeds and tabs as they are."""
    return text.translate(_VISIBLE | _C1)


def note(text: str) -> None:
    """What is not data goes to stderr. It may name files and quote what stands in them."""
    print(visible(f"tongwen: {text}"), file=sys.stderr)


def print_json(value: Json) -> None:
    """One JSON value on one line, characters as they are."""
    sys.stdout.write(dumps(value, ensure_ascii=False) + "\n")
