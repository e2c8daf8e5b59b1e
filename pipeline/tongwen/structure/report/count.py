"""Which number comes next: the headings and numbered paragraphs of a text count on behind what interrupts them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tongwen.labels import labels
from tongwen.structure.report.column import Column
from tongwen.structure.report.heading_shape import DECIMAL_NUMBER
from tongwen.structure.report.numbered import UNIT

Number = tuple[str, tuple[int, ...]]
"""How a number is printed, and what it is: 2.3 is a path."""

_FIGURE = re.compile(r"(?P<n>\d{1,2})(?: +(?=[^\W\d])|$)")


@dataclass(frozen=True, slots=True)
class Count:
    """``numbers``: with what each line of a column begins; ``places``: by the way of printing, where those stand that
    count through the text."""

    numbers: list[Number | None]
    places: dict[str, list[int]]

    def due(self, start: int, end: int) -> bool:
        """Whether line ``end`` bears the number that comes next behind those above ``start``, and does not count on
        from a line between the two."""
        found = self.numbers[end]
        places = self.places.get(found[0], []) if found else []
        at = bisect_left(places, start)
        last = self.numbers[places[at - 1]] if at else None
        if not found or not last or found[1] not in _following(last[1]):
            return False
        before = (found[0], (*found[1][:-1], found[1][-1] - 1))
        return before not in self.numbers[start:end]


def count(column: Column, heads: Collection[int]) -> Count:
    """``heads``: places of numbered headings; a path such as 2.3 counts before a paragraph too."""
    numbers = [_number(p.body) for p in column.lines]
    places = defaultdict(list)
    for i, number in enumerate(numbers):
        if number and (i in heads or len(number[1]) > 1):
            places[number[0]].append(i)
    return Count(numbers, dict(places))


def _number(body: str) -> Number | None:
    if match := DECIMAL_NUMBER.match(body) or _FIGURE.match(body):
        return None if UNIT.match(body, match.end()) else ("path", tuple(int(n) for n in match["n"].split(".")))
    label = next(iter(labels(body)), None)
    return (label.style, (label.value,)) if label else None


def _following(path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Behind 2.3: 2.3.1, 2.4, 2.4.1, 3 and 3.1."""
    yield (*path, 1)
    for length in range(len(path), 0, -1):
        after = (*path[: length - 1], path[length - 1] + 1)
        yield from (after, (*after, 1))
