"""Which record a place stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tongwen.model import Record, Span


def smallest(span: Span, records: Iterable[Record]) -> Record | None:
    """The smallest record around a span, None where it stands outside all; of two that are as long, the inner one,
    which comes later."""
    held = [record for record in records if record.span.holds(span)]
    return min(reversed(held), key=lambda record: len(record.span), default=None)


def around(spans: Sequence[Span], records: Iterable[Record]) -> list[Record | None]:
    """The smallest record around each span, in one pass over both."""
    if not spans:
        return []
    coming = sorted(records, key=lambda r: r.span.start)[::-1]
    open_: list[Record] = []
    found: dict[Span, Record | None] = {}
    for span in sorted(spans):
        while coming and coming[-1].span.start <= span.start:
            open_.append(coming.pop())
        open_ = [record for record in open_ if record.span.end > span.start]
        found[span] = smallest(span, open_)
    return [found[span] for span in spans]
