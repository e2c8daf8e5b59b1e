"""A query that names a place rather than words: 刑法第三百四十八条, 第十二條第一項(五)款 with a title, ``DOC#art_12``.

The place is compared with the records' own labels, level by level and number by number, so that it is found in whatever
numerals and brackets it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tongwen.normalise import fold
from tongwen.numerals import CHINESE, number
from tongwen.search.library import Records

_N = rf"(?:[0-9]+|[{CHINESE}]+)"
_PLACE = re.compile(
    rf"(?P<name>.*?)[》\"]?(?P<place>第?{_N}条(?:之{_N})*(?:第?\(?(?:{_N}|[a-z]+)\)?[款项目段节])*)(?:规定|的规定)?"
)
_LEVEL = re.compile(rf"(?P<n>{_N}|[a-z])\)?(?P<level>[条款项目段节])|之(?P<sub>{_N})")
_INSERTED = re.compile(r"([0-9]+)-([0-9]+)((?:-[0-9]+)*)条")
_ARTICLE = re.compile(rf"第?(?P<n>{_N})条(?P<subs>(?:之{_N})*)")

Place = tuple[str, ...]


class Citation(NamedTuple):
    """``name``: key of what stands before the place, part of a title; or the document's id where ``exact``."""

    name: str
    article: str
    place: Place
    typed: str
    exact: bool = False


def citation(typed: str) -> Citation | None:
    """What the query names, None where it names no article of a titled document."""
    doc, mark, id_ = typed.strip().partition("#")
    if mark and id_ and not re.search(r"\s", id_):
        return Citation(doc, id_, (), typed, exact=True)
    key = _key(typed)
    match = _PLACE.fullmatch(key)
    name = match["name"].strip('《》"') if match else ""
    article = _article(match["place"]) if match else None
    if not match or not article or not name:
        return None
    return Citation(name, article, levels(match["place"]), typed.strip())


def _key(text: str) -> str:
    """Without blanks; of an article's two ways to be numbered, 22-1条 and 22条之1, the second."""
    return _INSERTED.sub(
        lambda match: f"{match[1]}条之{match[2]}{match[3].replace('-', '之')}", "".join(fold(text).split())
    )


def _article(place: str) -> str | None:
    match = _ARTICLE.match(place)
    numbers = [number(match["n"]), *map(number, match["subs"].split("之")[1:])] if match else []
    return f"art_{'-'.join(map(str, numbers))}" if numbers and None not in numbers else None


def levels(label: str) -> Place:
    """第二十二條 第一項(二)款 → ('22条', '1项', '2款')."""
    key = _key(label)
    found = []
    for match in _LEVEL.finditer(key):
        printed = match["sub"] or match["n"]
        value = number(printed)
        found.append(f"{printed if value is None else value}{match['level'] or '之'}")
    return tuple(found)


def places(named: Citation, store: Records) -> Iterator[tuple[str, int, float]]:
    """(document, record as the nesting counts it, score) of every place that the citation names."""
    if named.exact:
        seq = store.seq(named.name, named.article)
        if seq is not None:
            yield named.name, seq, 1.0
        return
    for doc, share in _titled(named.name, store):
        seq = store.seq(doc, named.article)
        if seq is None:
            continue
        for inner, label in store.labels(doc, seq):
            if levels(label) == named.place:
                yield doc, inner, share
                break


def _titled(name: str, store: Records) -> list[tuple[str, float]]:
    """Documents whose title holds the name: those whose title ends with it, or, if there are none, all the others."""
    found = [(doc, "".join(fold(title).split())) for doc, title in store.titles()]
    ending = [(doc, len(name) / len(title)) for doc, title in found if title.endswith(name)]
    return ending or [(doc, len(name) / len(title)) for doc, title in found if name in title]
