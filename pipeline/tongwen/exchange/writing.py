"""What every writer of a termbase gives."""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """A file's bytes, and one sentence for each kind of thing that the format cannot hold, with how many."""

    data: bytes
    losses: tuple[str, ...] = ()
