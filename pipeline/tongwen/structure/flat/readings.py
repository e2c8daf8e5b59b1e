"""The ways in which a table can have been flattened, tried on the same lines."""

from __future__ import annotations

from tongwen.structure.flat.oneline import oneline
from tongwen.structure.flat.parsed import Parsed
from tongwen.structure.flat.sheet import Sheet


def reading(sheet: Sheet, start: int, end: int, *, upwards: bool) -> Parsed | None:
    """The table that begins at ``start`` or, ``upwards``, ends at ``end``; None where the lines are none."""
    return oneline(sheet, start, end, upwards=upwards) if end - start > 1 else None
