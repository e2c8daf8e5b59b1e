"""Several words: the smallest records that hold all of them, and their scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    lengths: dict[int, dict[int, int]] = {}
    counts: list[dict[int, int]] = [{} for _ in parts]
    for part, often in zip(parts, counts, strict=True):
        for key, record, count, length in zip(*part, strict=True):
            holder = nearest.get(record)
            if holder is not None:
                lengths.setdefault(holder, {})[key] = length
                often[holder] = often.get(holder, 0) + count
    totals = {holder: sum(held.values()) for holder, held in lengths.items()}
    columns = list(zip(shares, counts, strict=True))
    return {h: rounded(sum(share[often[h], total] for share, often in columns)) for h, total in totals.items()}
