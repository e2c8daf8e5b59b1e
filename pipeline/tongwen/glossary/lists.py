"""Where a text says that one name comprises others: X包括A、B和C · A、B等X (``lexicon/list_markers.tsv``).

A member counts only if all of it, from one separator to the next, is a name; the wider name must stand between borders
too. What stands in a list and is no name is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from tongwen.lexicon import rows

if TYPE_CHECKING:
    from tongwen.glossary.occurrences import Match

FEWEST = 2  # members, names or not: one is no list
LONGEST = 300  # characters of a list
SIMPLE = 6  # characters of a member that is no name


def lists(text: str, names: Sequence[Match]) -> Iterator[tuple[Match, tuple[Match, ...]]]:
    """Each wider name with those of its members that are names; ``names`` of a run, in order, none over another."""
    begins, ends = {name.start: name for name in names}, {name.end: name for name in names}
    for marker in _pattern("comprises").finditer(text):
        wider = ends.get(marker.start())
        if wider and _before().search(text[: wider.start]):
            stop = _pattern("end").search(text, _behind(names, marker.end()))
            yield from _said(wider, text, marker.end(), stop.start() if stop else len(text), names)
    for marker in _pattern("suchas").finditer(text):
        wider = begins.get(marker.end())
        if wider and _pattern("after").match(text, wider.end) and not _pattern("about").fullmatch(wider.key):
            at = max(0, marker.start() - LONGEST)
            start = max((end.end() for end in _pattern("end").finditer(text, at, marker.start())), default=at)
            yield from _said(wider, text, start, marker.start(), names)


def _behind(names: Sequence[Match], at: int) -> int:
    """``at``, or the end of the name that begins there: 等 inside a name ends no list."""
    return next((name.end for name in names if name.start == at), at)


def _said(
    wider: Match, text: str, start: int, stop: int, names: Sequence[Match]
) -> Iterator[tuple[Match, tuple[Match, ...]]]:
    members = list(_members(text, start, min(stop, start + LONGEST), names))
    known = {(name.start, name.end): name for name in names}
    outward = members if start > wider.start else members[::-1]  # from the marker on
    kept = list(takewhile(lambda at: at in known or _simple(text[slice(*at)]), outward))
    parts = tuple(sorted(known[member] for member in kept if member in known))
    if parts and len(kept) >= FEWEST:
        yield wider, parts


def _simple(member: str) -> bool:
    """Whether what is no name may still be a member; behind anything longer the list is one of something else."""
    return len(member) <= SIMPLE and not _pattern("clause").search(member)


def _members(text: str, start: int, stop: int, names: Sequence[Match]) -> Iterator[tuple[int, int]]:
    """``[start, stop)`` from separator to separator; those inside a name part nothing."""
    at = start
    for separator in _pattern("separator").finditer(text, start, stop):
        if not any(name.start < separator.end() and separator.start() < name.end for name in names):
            yield at, separator.start()
            at = separator.end()
    yield at, stop


@cache
def _pattern(role: str) -> re.Pattern[str]:
    """All of one role, the longer before the shorter."""
    patterns = [pattern for of, pattern, _reason in rows("list_markers.tsv") if of == role]
    return re.compile("|".join(f"(?:{pattern})" for pattern in sorted(patterns, key=len, reverse=True)))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern('before').pattern})\Z")
