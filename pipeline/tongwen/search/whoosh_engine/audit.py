"""Whether a segment holds what the texts of its documents give: every gram of them, at its place, and no other."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate, chain

from tongwen.search import grams
from tongwen.search.whoosh_engine.codec import SLOT, slots
from tongwen.search.whoosh_engine.leaf import Leaf

Held = Callable[[str], Mapping[int, str]]


def amiss(leaf: Leaf, held: Held) -> set[str]:
    """The documents that are not held as their texts give it; see ``engine.Reader``. Takes as much room as building."""
    wrong, wanted = _wanted(leaf, held)
    for gram, positions in leaf.grams():
        due = wanted.pop(gram, array("I"))
        if due != positions:
            wrong |= set(_docs(leaf, set(due) ^ set(positions)))
    return wrong | set(_docs(leaf, chain.from_iterable(wanted.values())))


def _wanted(leaf: Leaf, held: Held) -> tuple[set[str], dict[str, array[int]]]:
    """The documents of which something else is held than is known, and the positions of every gram of the others."""
    wrong: set[str] = set()
    wanted: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
    starts = list(accumulate(map(slots, leaf.lengths), initial=0))
    for at, doc in enumerate(leaf.docs):
        passages = list(leaf.held(at))
        texts = held(doc) if passages else {}
        for passage in passages:
            length = _add(wanted, starts[passage] * SLOT, texts.get(leaf.keys[passage]))
            if length != leaf.lengths[passage]:
                wrong.add(doc)
    return wrong, wanted


def _add(wanted: defaultdict[str, array[int]], start: int, text: str | None) -> int:
    """The number of tokens; -1 where there is no such passage."""
    if text is None:
        return -1
    position = start - 1
    for position, gram in enumerate(grams.grams(grams.stream(text)), start):
        wanted[gram].append(position)
    return position + 1 - start


def _docs(leaf: Leaf, positions: Iterable[int]) -> Iterator[str]:
    for passage in set(leaf.passages(positions)) - leaf.deleted:
        yield leaf.docs[bisect_right(leaf.bounds, passage) - 1]
