"""Which passages of a translation belong to which of its source: by articles, by position, or by sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from tongwen.glossary.checking.findings import Draft
from tongwen.model import Record

Way = Literal["articles", "paragraphs", "sections", "whole"]
ENOUGH = 0.5  # of the articles or sections of the text that has fewer


class Segment(NamedTuple):
    """Numbers of passages that belong together."""

    source: tuple[int, ...]
    target: tuple[int, ...]


class Aligned(NamedTuple):
    """``matched`` of the passages of source and target stand in a segment, of ``passages``."""

    way: Way
    segments: tuple[Segment, ...]
    matched: tuple[int, int]
    passages: tuple[int, int]


ASIDE = ("page", "nav", "contents")  # parts of a document that another edition has or not

Groups = dict[str, list[int]]
"""Passages by the id of what they belong to, in reading order."""


def align(source: Draft, target: Draft) -> Aligned:
    ways: list[tuple[Way, Callable[[Draft, Draft], list[Segment]]]] = [
        ("articles", _by_articles),
        ("paragraphs", _by_position),
        ("sections", _by_sections),
        ("whole", _whole),
    ]
    way, segments = next((name, found) for name, by in ways if (found := by(source, target)))
    matched = sum(len(s.source) for s in segments), sum(len(s.target) for s in segments)
    return Aligned(way, tuple(segments), matched, (len(source.runs), len(target.runs)))


def _by_articles(source: Draft, target: Draft) -> list[Segment]:
    """Articles by number; their provisions where both have the same; what stands around them by position."""
    one, other = _within(source, "article"), _within(target, "article")
    common = [key for key in one if key and key in other]
    if not common or len(common) < ENOUGH * min(len(one) - ("" in one), len(other) - ("" in other)):
        return []
    found = [s for key in common for s in _provisions(source, one[key], target, other[key])]
    return [*_one_by_one(one.get("", []), other.get("", [])), *found]


def _provisions(source: Draft, one: list[int], target: Draft, other: list[int]) -> Iterator[Segment]:
    parts, others = _by_record(source, one), _by_record(target, other)
    if list(parts) == list(others):
        return (Segment(tuple(parts[key]), tuple(others[key])) for key in parts)
    return iter([Segment(tuple(one), tuple(other))])


def _one_by_one(one: Sequence[int], other: Sequence[int]) -> list[Segment]:
    """None where there are not as many."""
    return [Segment((a,), (b,)) for a, b in zip(one, other, strict=True)] if len(one) == len(other) else []


def _by_position(source: Draft, target: Draft) -> list[Segment]:
    one, other = list(_paragraphs(source)), list(_paragraphs(target))
    if len(one) != len(other):
        return []
    return [Segment(a, b) for a, b in zip(one, other, strict=True)]


def _paragraphs(draft: Draft) -> Iterator[tuple[int, ...]]:
    """The passages of each record."""
    return (tuple(group) for _, group in groupby(_numbers(draft), key=lambda n: draft.runs[n].record))


def _numbers(draft: Draft) -> list[int]:
    aside = {record.id for record in draft.records if record.fields.get("part") in ASIDE}
    return [n for n, run in enumerate(draft.runs) if run.record not in aside]


def _by_sections(source: Draft, target: Draft) -> list[Segment]:
    """By the ids that their numbers give; by position where there are as many and they have other numbers."""
    one, other = _within(source, "section"), _within(target, "section")
    common = [key for key in one if key in other]
    if len(common) < 2 or len(common) < ENOUGH * min(len(one), len(other)):
        pairs = list(zip(one, other, strict=True)) if len(one) == len(other) > 1 else []
    else:
        pairs = [(key, key) for key in common]
    return [s for a, b in pairs for s in _section(one[a], other[b])]


def _section(one: Sequence[int], other: Sequence[int]) -> list[Segment]:
    return _one_by_one(one, other) or [Segment(tuple(one), tuple(other))]


def _whole(source: Draft, target: Draft) -> list[Segment]:
    return [Segment(tuple(range(len(source.runs))), tuple(range(len(target.runs))))]


def _within(draft: Draft, kind: str) -> Groups:
    """Passages by the nearest record of a kind around them; those without one under the empty id."""
    parents: dict[str, Record] = {record.id: record for record in draft.records}
    groups: Groups = {}
    for number in _numbers(draft):
        groups.setdefault(_nearest(parents, draft.runs[number].record, kind), []).append(number)
    return groups


def _nearest(records: dict[str, Record], identity: str | None, kind: str) -> str:
    while identity is not None and (record := records.get(identity)):
        if record.kind == kind:
            return record.id
        identity = record.parent
    return ""


def _by_record(draft: Draft, numbers: Sequence[int]) -> Groups:
    groups: Groups = {}
    for number in numbers:
        groups.setdefault(draft.runs[number].record, []).append(number)
    return groups
