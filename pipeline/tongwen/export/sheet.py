"""What is exported: texts in rows, under a header, with what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tongwen.errors import UsageError

FILLED = 200_000  # cells that are made where there are none: a short text can ask for any number


class Sheet(NamedTuple):
    """``header`` has a label for each column, or is None; rows may be shorter.

    ``name`` is short, ``title`` what stands above, ``notes`` and ``source`` below. ``groups``: the rows, counted from
    0, that are a label for those below. ``language`` as in HTML's ``lang``; ``anchor``, without white space, is the
    ``id`` there, by default the name.
    """

    name: str
    header: Sequence[str] | None
    rows: Sequence[Sequence[str]]
    title: str = ""
    notes: Sequence[str] = ()
    source: str = ""
    groups: frozenset[int] = frozenset()
    language: str = ""
    anchor: str = ""

    @property
    def columns(self) -> int:
        return max(map(len, self.lines), default=0)

    @property
    def lines(self) -> list[Sequence[str]]:
        """The header, if there is one, and the rows."""
        return [*([self.header] if self.header else []), *self.rows]

    @property
    def grid(self) -> list[list[str]]:
        """The lines, each with as many cells as there are columns.

        Raises ``UsageError`` where that would be more than ``FILLED`` cells that the table does not have.
        """
        lines, width = self.lines, self.columns
        if len(lines) * width - sum(map(len, lines)) > FILLED:
            size = f"{len(lines):,} rows of up to {width:,} cells, most of them missing"
            raise UsageError(f"{self.name} is too large for this form: it has {size}.", "Take it as JSON.")
        return [[*row, *[""] * (width - len(row))] for row in lines]
