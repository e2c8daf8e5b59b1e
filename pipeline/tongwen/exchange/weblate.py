"""A glossary as CSV for Weblate: ``source,target,context`` and comments, a row for each pair.

The context tells entries of one source apart: it is the concept's id, with a number for each further pair of it. The
reader guesses the sign that parts cells, and cannot err where all are quoted. It takes signs with which a formula
begins away from the beginning of a text; such terms are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tongwen.concept import Concept
from tongwen.exchange.pairs import Pair, harmless, pairs, said_of, to_use, without_pair
from tongwen.exchange.separated import table_text
from tongwen.exchange.table_losses import lost
from tongwen.exchange.writing import Written

COLUMNS = ("source", "target", "context", "developer_comments")
_TAKEN_AWAY = "|%"  # from the beginning of a text, as are the signs of a formula


def write_weblate(concepts: Sequence[Concept], source: str, target: str) -> Written:
    usable, deprecated = to_use(pairs(concepts, source, target))
    kept, unsafe = harmless(usable)
    whole = [pair for pair in kept if pair.source.text[0] not in _TAKEN_AWAY and pair.target.text[0] not in _TAKEN_AWAY]
    cut = lost(len(kept) - len(whole), "pair", "Left out, because Weblate would take its first sign away")
    text = table_text([COLUMNS, *_rows(whole, target)], quoted=True)
    return Written(text.encode(), (*without_pair(concepts, source, target), *deprecated, *unsafe, *cut))


def _rows(found: Sequence[Pair], target: str) -> Iterator[tuple[str, ...]]:
    seen: Counter[tuple[str, str]] = Counter()
    for pair in found:
        key = pair.concept.id, pair.source.text
        seen[key] += 1
        context = pair.concept.id if seen[key] == 1 else f"{pair.concept.id} {seen[key]}"
        yield pair.source.text, pair.target.text, context, said_of(pair, target)
