"""Running heads and page numbers: what stands at the same place at the edges of many pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tongwen.decode.pdf.shapes import Box, Chunk, Item

_ZONE = 0.13  # of the page's height, at the top and at the bottom
_ROWS = 3  # at each edge
_OFTEN = 3  # pages
_SLOT = 2.0  # points
_APART = 1.9  # ems between its line and the text's
_DIGITS = re.compile(r"\d+")


class _Sign(NamedTuple):
    """A chunk at an edge. ``place``: its distance from that edge, in slots, negative at the bottom; ``outermost``:
    nothing stands between it and the edge, and white between it and the text."""

    page: int
    chunk: Chunk
    place: int
    outermost: bool


def edge_chunks(pages: Sequence[tuple[Box, Sequence[Item]]]) -> list[set[int]]:
    """For each page (what is shown of it, what stands on it), the indices of the items that are no text of its own."""
    signs = [(number, index, sign) for number, page in enumerate(pages) for index, sign in _signs(number, *page)]
    alike: dict[tuple[int, str], list[_Sign]] = defaultdict(list)
    for _, _, sign in signs:
        alike[sign.place, _DIGITS.sub("0", sign.chunk.text.strip())].append(sign)
    proven: Counter[tuple[int, float]] = Counter()
    for group in alike.values():
        if _returns(group, len(pages)):
            proven.update({(sign.place, round(sign.chunk.size)) for sign in group})
    found: list[set[int]] = [set() for _ in pages]
    for number, index, sign in signs:
        if any((sign.place + near, round(sign.chunk.size)) in proven for near in (-1, 0, 1)):
            found[number].add(index)
    return found


def _signs(number: int, seen: Box, items: Sequence[Item]) -> Iterator[tuple[int, _Sign]]:
    chunks = [(index, item) for index, item in enumerate(items) if isinstance(item, Chunk)]
    for top in (True, False):
        zone = [(i, c) for i, c in chunks if _distance(c, seen, top) <= _ZONE * seen.height]
        levels = sorted({round(_distance(c, seen, top) / _SLOT) for _, c in zone})[:_ROWS]
        for index, chunk in zone:
            place = round(_distance(chunk, seen, top) / _SLOT)
            if place in levels:
                outermost = place == levels[0] and levels[1:] and levels[1] - place > _APART * chunk.size / _SLOT
                yield index, _Sign(number, chunk, place + 1 if top else -place - 1, bool(outermost))


def _distance(chunk: Chunk, seen: Box, top: bool) -> float:
    return max(chunk.base - seen.top if top else seen.bottom - chunk.base, 0.0)


def _returns(group: Sequence[_Sign], pages: int) -> bool:
    """Whether it returns on pages enough, its numbers the same or counting with the pages."""
    on = {sign.page: sign for sign in group}
    numbers = [(page, [int(n) for n in _DIGITS.findall(sign.chunk.text)]) for page, sign in on.items()]
    if not numbers[0][1]:
        return len(on) >= min(_OFTEN, pages) > 1 or len(on) > 1 == all(sign.outermost for sign in group)
    columns = list(zip(*(found for _, found in numbers), strict=True))
    counting = [max(Counter(n - p for n, (p, _) in zip(column, numbers, strict=True)).values()) for column in columns]
    still = [max(Counter(column).values()) for column in columns]
    enough = max(2, 0.6 * len(on))
    return max(counting) >= enough and all(max(c, s) >= enough for c, s in zip(counting, still, strict=True))
