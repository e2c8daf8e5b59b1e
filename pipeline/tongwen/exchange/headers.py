"""What the columns of a table that somebody made hold, by the names in their header.

The names are in ``lexicon/glossary_headers.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from tongwen import lexicon
from tongwen.exchange.tags import tag_of

_PARTS = re.compile(r"[\s_()（）\[\]［］:：,，/／]+")
_TAG_WITH_MORE = re.compile(r"[a-z]{2,3}-([a-z]{4}|[a-z]{2})(-[a-z0-9]{2,8})*")  # a bare `id` or `no` is no language


class Role(NamedTuple):
    """``kind`` is one of the table's (``term``, ``definition`` …), ``language`` a tag or empty."""

    kind: str
    language: str = ""


def roles(header: Iterable[str]) -> list[Role | None]:
    """What each column holds; None where the name is not known."""
    return [_role(_PARTS.sub(" ", name.casefold()).strip()) for name in header]


def _role(name: str) -> Role | None:
    if name in _kinds():
        return Role(_kinds()[name])
    language = _language(name)
    if language:
        return Role("term", language)
    return next((Role(kind, tag) for kind, tag in map(_both, _halves(name)) if kind and tag), None)


def _halves(name: str) -> Iterator[tuple[str, str]]:
    """The name in two at each blank, either part first: ``definition zh-hans``, ``chinese prc def``."""
    words = name.split(" ")
    for at in range(1, len(words)):
        first, second = " ".join(words[:at]), " ".join(words[at:])
        yield first, second
        yield second, first


def _both(halves: tuple[str, str]) -> tuple[str | None, str | None]:
    kind = "term" if halves[0] in _terms() else _kinds().get(halves[0])
    return kind, _language(halves[1])


def _language(name: str) -> str | None:
    tag = name.replace(" ", "-")
    return _languages().get(name) or (tag_of(tag) if _TAG_WITH_MORE.fullmatch(tag) else None)


@cache
def _known() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {"kind": {}, "term": {}, "language": {}}
    for role, names, _ in lexicon.rows("glossary_headers.tsv"):
        group, _, value = role.partition(":")
        known[group].update((_PARTS.sub(" ", name.casefold()).strip(), value) for name in names.split("|"))
    return known


def _kinds() -> dict[str, str]:
    return _known()["kind"]


def _terms() -> dict[str, str]:
    return _known()["term"]


def _languages() -> dict[str, str]:
    return _known()["language"]
