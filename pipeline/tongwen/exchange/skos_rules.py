"""The integrity conditions of SKOS (W3C Recommendation of 2009) that labels and links can break.

S13: a label of a concept is one of preferred, alternative and hidden. S14: a concept has at most one preferred label
in each language. S27: what is related is not, over any number of steps, broader or narrower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tongwen.errors import InvalidExport

if TYPE_CHECKING:
    from rdflib import Graph


def above(broader: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """What is broader than each over any number of steps; in a circle, each is above all, itself too."""
    return {key: frozenset(_reached(key, broader)) for key in broader}


def _reached(key: str, broader: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(broader.get(key, ()))
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(broader.get(one, ()))
    return found


def check_skos(graph: Graph) -> None:
    """:raises InvalidExport: with the first condition that is broken"""
    for fault in (*_labels(graph), *_related(graph)):
        raise InvalidExport(f"The SKOS file was not written: {fault}.", "This is a fault of Tongwen.")


def _labels(graph: Graph) -> Iterator[str]:
    from rdflib import SKOS  # noqa: PLC0415

    kinds: dict[tuple[object, object], str] = {}
    languages: set[tuple[object, str | None]] = set()
    for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, label in graph.subject_objects(kind):
            if kinds.setdefault((concept, label), kind) != kind:
                yield f"S13: “{label}” is a label of {concept} in two ways"
            language = getattr(label, "language", None)
            if kind == SKOS.prefLabel and (concept, language) in languages:
                yield f"S14: {concept} has two preferred labels in {language}"
            if kind == SKOS.prefLabel:
                languages.add((concept, language))


def _related(graph: Graph) -> Iterator[str]:
    from rdflib import SKOS  # noqa: PLC0415

    broader: defaultdict[str, list[str]] = defaultdict(list)
    for low, high in graph.subject_objects(SKOS.broader):
        broader[str(low)].append(str(high))
    for high, low in graph.subject_objects(SKOS.narrower):
        broader[str(low)].append(str(high))
    over = above(broader)
    for one, other in graph.subject_objects(SKOS.related):
        if str(other) in over.get(str(one), ()) or str(one) in over.get(str(other), ()):
            yield f"S27: {one} and {other} are related, and one is broader than the other"
