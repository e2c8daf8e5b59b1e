"""What of a glossary is drawn: the concepts within a few links of some, and the links between all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tongwen.concept import LINK_KINDS, Concept, Glossary, Link, LinkKind


@dataclass(frozen=True, slots=True)
class Node:
    """``names``: what is printed of it, the main one first; ``asked``: whether it is one of those drawn around."""

    concept: Concept
    names: tuple[str, ...]
    asked: bool = False

    @property
    def id(self) -> str:
        return self.concept.id


@dataclass(frozen=True, slots=True)
class Edge:
    """Each pair once; ``broader`` leads from the narrower concept to the wider, the others from the smaller id."""

    source: str
    target: str
    link: Link

    @property
    def kind(self) -> LinkKind:
        return self.link.kind


@dataclass(frozen=True, slots=True)
class Graph:
    """``left``: how many concepts would have been drawn too but for the limit."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left: int = 0

    @property
    def subjects(self) -> list[str]:
        """In alphabetical order; concepts without one are left out."""
        return sorted({node.concept.subject for node in self.nodes} - {""})

    @property
    def kinds(self) -> list[LinkKind]:
        return [kind for kind in LINK_KINDS if any(edge.kind == kind for edge in self.edges)]


class Reach(NamedTuple):
    """How far is drawn around what is asked for: links of ``kinds``, ``depth`` of them away, ``limit`` concepts."""

    depth: int = 1
    kinds: Collection[LinkKind] = LINK_KINDS
    limit: int = 60


def around(glossary: Glossary, asked: Sequence[str], reach: Reach, title: str) -> Graph:
    """Those that are asked for come first, then what is nearest."""
    kinds = _both(reach.kinds)
    found = list(_nearest(glossary, asked, reach.depth, kinds))
    chosen = dict.fromkeys(found[: reach.limit])
    marked = set() if chosen.keys() <= {*asked} else {*asked}  # where all are, a mark would say nothing
    nodes = tuple(Node(c, names(c), c.id in marked) for c in glossary.concepts if c.id in chosen)
    return Graph(title, nodes, tuple(_edges(glossary, chosen, kinds)), max(0, len(found) - reach.limit))


def best_connected(glossary: Glossary, among: Iterable[Concept], kinds: Collection[LinkKind], most: int) -> list[str]:
    """The ids of ``most`` that hang together: one after the other, that with most links to those taken before, and of
    several that with most links at all. Those without any are left out."""
    wanted = _both(kinds)
    known = {c.id for c in among}
    near = {key: [n.target for n in glossary.links(key) if n.kind in wanted and n.target in known] for key in known}
    left = {c.id: 0 for c in glossary.concepts if near.get(c.id)}
    taken: list[str] = []
    while left and len(taken) < most:
        best = max(left, key=lambda key: (left[key], len(near[key])))
        del left[best]
        taken.append(best)
        for other in near[best]:
            if other in left:
                left[other] += 1
    return taken


def names(concept: Concept) -> tuple[str, ...]:
    """The best Simplified, Traditional and English name, each that differs from the one before."""
    found = [concept.name]
    for language in ("zh-Hant", "en"):
        best = next((t.text for t in concept.in_language(language) if t.status != "deprecated"), None)
        if best and best not in found:
            found.append(best)
    return tuple(found)


def _both(kinds: Collection[LinkKind]) -> set[LinkKind]:
    """One cannot be had without its inverse."""
    hierarchical: set[LinkKind] = {"broader", "narrower"}
    return {*kinds, *hierarchical} if hierarchical & {*kinds} else {*kinds}


def _nearest(glossary: Glossary, asked: Sequence[str], depth: int, kinds: Collection[LinkKind]) -> Iterator[str]:
    seen = dict.fromkeys(asked)
    ring = list(seen)
    yield from ring
    for _ in range(depth):
        further = (link.target for key in ring for link in glossary.links(key) if link.kind in kinds)
        ring = [key for key in dict.fromkeys(further) if key not in seen]
        seen |= dict.fromkeys(ring)
        yield from ring


def _edges(glossary: Glossary, chosen: Collection[str], kinds: Collection[LinkKind]) -> Iterator[Edge]:
    for key in chosen:
        for link in glossary.links(key):
            once = link.kind == "broader" or (link.kind != "narrower" and key < link.target)
            if link.kind in kinds and link.target in chosen and once:
                yield Edge(key, link.target, link)
