"""Where markers of notes stand in what is printed, through the joining of pieces and of white space.

A marker is put between two lone surrogates, which no text holds; the first is followed by its number in the page, in
surrogates too. They are taken out again when a block is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_END = "\udc81"
_DIGIT = 0xDC82
_MARKED = re.compile("([\udc82-\udc8b]+)([^\udc81-\udc8b]*)\udc81")
_ANY = re.compile("[\udc81-\udc8b]")
_CORE = re.compile(r"\d+|[*＊†‡§¶#]+|[a-zA-Z]+|[\u2460-\u2473]")


class Place(NamedTuple):
    """The digits of a marker, without brackets; ``key`` is the marker's number in the page."""

    key: int
    start: int
    end: int


def opening(key: int) -> str:
    return "".join(chr(_DIGIT + int(digit)) for digit in str(key))


def closing() -> str:
    return _END


def unmark(printed: str) -> tuple[str, list[Place]]:
    """The text without the signs, and where in it the markers' digits stand: of 1, 2 both."""
    if not _ANY.search(printed):
        return printed, []
    return _ANY.sub("", printed).rstrip(), list(_places(printed))


def is_blank(printed: str) -> bool:
    return not _ANY.sub("", printed).strip()


def _places(printed: str) -> Iterator[Place]:
    taken, position = 0, 0
    for match in _MARKED.finditer(printed):
        taken += len(_ANY.findall(printed, position, match.start(2)))
        position = match.start(2)
        key = int("".join(str(ord(digit) - _DIGIT) for digit in match[1]))
        for core in _cores(match[2]):
            yield Place(key, position - taken + core.start(), position - taken + core.end())


def _cores(marker: str) -> list[re.Match[str]]:
    """The numbers; where there is none, the first sign."""
    found = list(_CORE.finditer(marker))
    return [match for match in found if match[0].isdecimal()] or found[:1]
