"""A whole search, with its options, over a library of a few texts and a termbase."""

from __future__ import annotations

import atexit
import contextlib
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from fuzz import laws, places
from fuzz.target import Target
from fuzz.targets.query import queries
from tongwen.flow import library
from tongwen.flow.opening import Library
from tongwen.search import search

sys.path.insert(0, str(places.ROOT / "tests"))

_KINDS = (None, None, None, "article", "provision", "table", "paragraph", "no such kind")


@cache
def _library() -> Library:
    from naming_library import build  # noqa: PLC0415  the tests' own

    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(library(build(places.scratch() / "library")))


def _search(data: bytes) -> Any:
    """The first byte chooses the options."""
    opened, choice = _library(), data[:1] or b"\0"
    typed = data[1:].decode("utf-8", "surrogateescape")
    options: dict[str, Any] = {
        "kind": _KINDS[choice[0] % 8],
        "exact_script": bool(choice[0] & 8),
        "doc": ("*t*", "[", "treaty")[choice[0] % 3] if choice[0] & 16 else None,
        "limit": (10, 0, 1, 10**9)[choice[0] >> 5 & 3],
        "offset": 10**9 if choice[0] & 128 else 0,
    }
    found = search(opened, typed, **options)
    laws.holds(found.total >= len(found.hits), "more hits than there are")
    for hit in found.hits:
        text = opened.store.text(hit.doc)
        laws.holds(0 <= hit.span.start <= hit.span.end <= len(text), f"{hit.id}: outside of the text")
        laws.holds(all(hit.span.holds(mark) for mark in hit.highlights), f"{hit.id}: a mark outside of the hit")
    return [hit.json() for hit in found.hits], found.total, found.spellings, found.read_as


def _words() -> Iterator[str]:
    yield from places.dictionary("query")
    yield from places.words("words.tsv")


TARGETS = (Target("search", _search, lambda: (b"\0" + query for query in queries()), _words),)
