"""A part of a library by a hash of each document's id: parts are disjoint and together all, whatever else is there."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from tongwen.errors import UsageError

_WRITTEN = re.compile(r"([1-9]\d{0,8})/([1-9]\d{0,8})", re.ASCII)


class Partition(NamedTuple):
    """``number`` counts from 1 to ``of``."""

    number: int
    of: int

    def holds(self, doc: str) -> bool:
        """The same on every machine and in every version: a document never moves while ``of`` stays."""
        digest = sha256(doc.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1


WHOLE = Partition(1, 1)


def parse(written: str) -> Partition:
    """``3/16`` is the third of sixteen parts.

    :raises UsageError: it is none
    """
    found = _WRITTEN.fullmatch(written)
    if not found or int(found[1]) > int(found[2]):
        raise UsageError(f"{written!r} is no part of a whole.", "Write 3/16 for the third of sixteen parts.")
    return Partition(int(found[1]), int(found[2]))
