"""A document's records as numbers: which lies in which, of what kind, and which passage belongs to which.

A search must know this of every document in which it finds something, and of each in no time: so it is kept apart from
all else that is known of the records, in one piece.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tongwen.arrays import packed, unpacked
from tongwen.model import Passage, Record

# Kept as numbers in the index: a kind may be added at the end, and none may move.
KINDS = (
    "article",
    "provision",
    "section",
    "paragraph",
    "table",
    "box",
    "footnote",
    "list",
    "figure",
    "definition",
    "abbreviation",
    "deeming",
)
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
TOP = -1


class Nesting(NamedTuple):
    """Records are counted in reading order, passages by keys from ``first`` on.

    ``owners[i]``: the record of passage i. ``parents[r]``: the smallest record around r, or ``TOP``; it comes before
    r. ``kinds[r]``: its place in ``KINDS``.
    """

    first: int
    owners: Sequence[int]
    parents: Sequence[int]
    kinds: Sequence[int]

    def owner(self, key: int) -> int:
        return self.owners[key - self.first]

    def keys(self) -> range:
        return range(self.first, self.first + len(self.owners))

    def upwards(self, record: int) -> Iterator[int]:
        """The record itself, then those around it from the smallest to the largest."""
        while record != TOP:
            yield record
            record = self.parents[record]


def pack(records: Sequence[Record], passages: Sequence[Passage]) -> bytes:
    seqs = {record.id: seq for seq, record in enumerate(records)}
    owners = [seqs[passage.record] for passage in passages]
    parents = [TOP if record.parent is None else seqs[record.parent] for record in records]
    kinds = [_NUMBERS[record.kind] for record in records]
    return packed(array("i", [len(owners), *owners, *parents, *kinds]))


def unpack(content: bytes, first: int) -> Nesting:
    """``first``: the key of the first passage. Raises ``ValueError`` where ``content`` is no nesting."""
    numbers = unpacked("i", content)
    passages = numbers[0] if numbers else -1
    records, rest = divmod(len(numbers) - 1 - passages, 2)
    if rest or records < 0:
        raise ValueError("a nesting is incomplete")
    middle = 1 + passages + records
    return Nesting(first, numbers[1 : 1 + passages], numbers[1 + passages : middle], numbers[middle:])
