"""A link and a definition with all that is known of them, as one text, for formats that have one text for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from tongwen.concept import LINK_KINDS, Definition, Evidence, Link, LinkKind
from tongwen.exchange.parts import as_place, joined, labelled, parted, place, split

_KIND = re.compile(rf"({'|'.join(LINK_KINDS)})(?:: (.+))?", re.DOTALL)


def link_text(link: Link) -> str:
    """``broader: its reason | source: … | place: …``, without the target."""
    kind = f"{link.kind}: {link.reason}" if link.reason else link.kind
    return joined([kind, *_source(link.source), *_places(link.found)])


def as_link(text: str, target: str) -> Link:
    """What ``link_text`` wrote; any other text is the reason of a link of no kind of its own."""
    first, *more = parted(text)
    kind, known = _KIND.fullmatch(first), _known(more, ("source", "place"))
    if kind is None or known is None:
        return Link("related", target, text)
    return Link(cast(LinkKind, kind[1]), target, kind[2] or "", _one(known["source"]), _evidence(known["place"]))


def definition_text(d: Definition) -> str:
    """``its text | source: … | scope: … | place: …``, without the language."""
    scope = [labelled("scope", d.scope)] if d.scope else []
    return joined([d.text, *_source(d.source), *scope, *_places([d.found] if d.found else [])])


def as_definition(text: str, language: str) -> Definition:
    """What ``definition_text`` wrote; any other text is a definition as it stands."""
    first, *more = parted(text)
    known = _known(more, ("source", "scope", "place"))
    if known is None or not first:
        return Definition(text, language)
    found = next(iter(_evidence(known["place"])), None)
    return Definition(first, language, _one(known["source"]), found, _one(known["scope"]))


def _source(source: str) -> list[str]:
    return [labelled("source", source)] if source else []


def _places(found: Iterable[Evidence]) -> list[str]:
    return [labelled("place", place(e)) for e in found]


def _known(parts: Iterable[str], labels: Iterable[str]) -> dict[str, list[str]] | None:
    """By their labels; None where a part has none of these, or is no place and says that it is one."""
    found: dict[str, list[str]] = {label: [] for label in labels}
    for label, text in map(split, parts):
        if label not in found or (label == "place" and as_place(text) is None):
            return None
        found[label].append(text)
    return found


def _one(texts: list[str]) -> str:
    return "; ".join(texts)


def _evidence(places: Iterable[str]) -> tuple[Evidence, ...]:
    return tuple(e for e in map(as_place, places) if e is not None)
