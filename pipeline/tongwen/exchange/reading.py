"""What every reader of a termbase gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tongwen.concept import Concept


class Reading(NamedTuple):
    """``faults``: one sentence for each thing that could not be read, with file and line; the rest was read."""

    concepts: tuple[Concept, ...]
    faults: tuple[str, ...] = ()
