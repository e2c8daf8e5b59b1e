"""Where a report's sentences cite its boxes, tables and figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tongwen.model import Json, Record, Span, Text
from tongwen.numerals import CHINESE
from tongwen.structure.lines import squeezed
from tongwen.structure.notes import stands_free

CITED = ("box", "table", "figure")

NEAR = 8
"""Characters before a mention that may belong to its word."""

_WORD = re.compile(rf"[a-z]+|[^a-z0-9{CHINESE}]+")


def with_mentions(text: Text, records: Sequence[Record]) -> list[Record]:
    """Boxes, tables and figures with ``cited``: the spans of the text that name them, their own captions aside."""
    named = [record for record in records if record.kind in CITED and record.label]
    if not named:
        return list(records)
    fold = str.maketrans(text.original, text.key)
    labels = {record.id: squeezed(record.label.translate(fold)) for record in named}
    found = _mentions(text.key, set(labels.values()))
    return [_cited(record, found[labels[record.id]]) if record.id in labels else record for record in records]


def _cited(record: Record, found: Iterable[Span]) -> Record:
    own = record.span
    spans: list[Json] = [[span.start, span.end] for span in found if not own.start <= span.start < own.end]
    return record._replace(fields={**record.fields, "cited": spans})


def _mentions(key: str, labels: Iterable[str]) -> defaultdict[str, list[Span]]:
    """The places of each label, in one pass for all."""
    out = defaultdict[str, list[Span]](list)
    for match in _pattern(labels).finditer(key):
        label = squeezed(match[0])
        if _in_sentence(key, match) and stands_free(key[max(0, match.start() - NEAR) : match.start()], _word(label)):
            out[label].append(Span(*match.span()))
    return out


def _pattern(labels: Iterable[str]) -> re.Pattern[str]:
    """Line breaks and blanks may stand inside a mention: 文 / 本10."""
    numbers = defaultdict[str, list[str]](list)
    for label in sorted(labels, key=len, reverse=True):
        numbers[_word(label)].append(re.escape(label.removeprefix(_word(label))))
    named = (
        r"\s*".join([*map(re.escape, word), f"(?:{'|'.join(numbers[word])})"])
        for word in sorted(numbers, key=len, reverse=True)
    )
    return re.compile(rf"(?<![a-z])(?:{'|'.join(named)})(?![0-9a-z]|[.–-][0-9])")


def _word(label: str) -> str:
    """图 of 图3-1: what names the kind."""
    match = _WORD.match(label)
    return match[0] if match else ""


def _in_sentence(key: str, mention: re.Match[str]) -> bool:
    """A caption begins its line, and a title follows."""
    start = mention.start()
    while start and key[start - 1].isspace() and key[start - 1] != "\n":
        start -= 1
    return bool(start and key[start - 1] != "\n") or key[mention.end() : mention.end() + 1] not in " \u3000:："
