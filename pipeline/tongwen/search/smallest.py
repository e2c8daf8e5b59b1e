"""Several words: the smallest records that hold all of them, and their scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from operator import getitem

from tongwen.nesting import TOP
from tongwen.search.engine import Rows
from tongwen.search.shares import Shares, rounded


def smallest(parents: Sequence[int], parts: Sequence[set[int]]) -> dict[int, int]:
    """Each record of ``parts`` → the nearest that holds one of every part, itself or around it; some have none.

    Such a record counts where none inside it holds them all, or where its own text does. ``parents``: as in a nesting.
    """
    full = closed(parents, parts[0])
    for part in parts[1:]:
        full = full and full & closed(parents, part)
    holders = full.difference(map(parents.__getitem__, full)) | set.intersection(*parts)
    nearest: dict[int, int] = {}
    for record in set().union(*parts) if holders else ():
        around = record
        while around not in holders and around != TOP:
            around = parents[around]
        if around != TOP:
            nearest[record] = around
    return nearest


def closed(parents: Sequence[int], records: Iterable[int]) -> set[int]:
    """``records`` with all around them."""
    found = set(records)
    for record in tuple(found):
        around = parents[record]
        while around != TOP and around not in found:
            found.add(around)
            around = parents[around]
    return found


def joined(parts: Sequence[Rows], shares: Sequence[Shares], nearest: Mapping[int, int]) -> dict[int, float]:
    """The score of each record that holds every part: the sum over these.

    How long it is counts as one for all of them, so that words of one passage are worth more than words far apart.
    """
    held: dict[int, tuple[list[int], dict[int, int]]] = {}  # how often each part, and the lengths of passages
    none = [0] * len(parts)
    for at, part in enumerate(parts):
        for key, record, count, length in zip(*part, strict=True):
            holder = nearest.get(record)
            if holder is None:
                continue
            found = held.get(holder)
            if found is None:
                found = held[holder] = (none.copy(), {})
            found[0][at] += count
            found[1][key] = length
    return {holder: _score(shares, often, sum(lengths.values())) for holder, (often, lengths) in held.items()}


def _score(shares: Sequence[Shares], often: Iterable[int], length: int) -> float:
    return rounded(sum(map(getitem, shares, zip(often, repeat(length)))))
