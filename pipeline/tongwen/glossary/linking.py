"""Links between concepts, with the words that show them. ``docs/links.md`` says how each kind is found and how well.

What a termbase says stands first. Then heads, lists in texts, definitions, and what stands together: each adds only
what is not said yet. What a termbase calls a contrast is nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from tongwen.candidates.background import common
from tongwen.concept import STATUSES, Concept, Evidence, Link, Status
from tongwen.glossary.cooccurrence import Counts, Pair, strongest
from tongwen.glossary.heads import head, is_general
from tongwen.glossary.hierarchy import Hierarchy
from tongwen.glossary.mentions import mentions
from tongwen.glossary.naming import name_key
from tongwen.glossary.occurrences import Occurrences
from tongwen.model import Span

Meant = Callable[[str, str, Occurrences], Iterator[Concept]]
"""The concepts that a name means in a document: ``(doc, key, found)``."""
Found = Iterable[tuple[str, Occurrences]]

HEAD, LIST, DEFINITION, TOGETHER = "compound", "list", "definition", "co-occurrence"
RULES = (HEAD, LIST, DEFINITION, TOGETHER)
"""``Link.source`` of what no termbase says."""
SHORT, EVERYDAY = 2, 35  # characters; times in a million words of the general language: 批准, 禁止, 程序
EVERYWHERE = {"zh-Hans", "zh-Hant", "en"}
"""Languages whose heads count for names of all regions; the head of one region means another thing elsewhere."""


class _Head(NamedTuple):
    concept: str
    wider: str
    name: str
    head: str


class Linking:
    """Texts are added one by one and none is kept; ``meant`` says what a name means in a text."""

    def __init__(self, concepts: Sequence[Concept], meant: Meant) -> None:
        self._concepts = {c.id: c for c in concepts if c.origin != "candidate"}
        self._number = {key: number for number, key in enumerate(self._concepts)}
        self._ids = list(self._concepts)
        self._meant = meant
        self._named = _named(self._concepts.values())
        self._heads = list(_heads(self._concepts.values(), self._named))
        self._stated = {c.id: _statutes(c) for c in self._concepts.values()}
        self._sharing: set[tuple[str, str]] = set()
        self._lists: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        self._counts = Counts()

    def add(self, doc: str, found: Occurrences) -> None:
        self._counts.passages += found.passages
        means = self._means(doc, found)
        for key, passages in found.alone.items():
            if key in means and not _everyday(key):
                self._counts.alone(means[key], passages)
        for _record, names in found.together:
            self._counts.add({means[m.key] for m in names if m.key in means and not _everyday(m.key)})
        for listing in found.lists:
            whole = means.get(listing.whole)
            for part in (means[key] for key in listing.parts if key in means):
                if whole is not None and whole != part and not is_general(listing.whole):
                    self._lists[self._ids[part], self._ids[whole]].append(listing.found)
        for one in self._heads:
            if doc in self._stated[one.wider] and one.name in found.spellings:
                self._sharing.add((one.name, one.wider))

    def _means(self, doc: str, found: Occurrences) -> dict[str, int]:
        """The one concept that each name means here; what may mean several is left out."""
        meanings = ((key, [*self._meant(doc, key, found)]) for key in found.spellings)
        return {
            key: self._number[several[0].id]
            for key, several in meanings
            if len(several) == 1 and several[0].id in self._number
        }

    def concepts(self, shown: Sequence[Concept], again: Found) -> tuple[Concept, ...]:
        """``shown`` with their links; ``again``: the same texts once more."""
        web = _Web(shown)
        places = {name_key(t.text): t.found[:1] for c in reversed(shown) for t in c.terms if t.found}
        for one in sorted(self._heads, key=lambda one: one.name):
            if self._decided(one.concept, one.wider):
                continue
            if not self._stated[one.wider] or (one.name, one.wider) in self._sharing:
                reason = f"{one.name} ends in {one.head}, the head of the compound."
                web.wider(one.concept, one.wider, Link("broader", one.wider, reason, HEAD, places.get(one.name, ())))
        for (part, whole), said in sorted(self._lists.items(), key=lambda item: (-len(item[1]), item[0])):
            if self._decided(part, whole):
                continue
            reason = f"Listed under it in {_times(len(said), 'passage')}."
            web.wider(part, whole, Link("broader", whole, reason, LIST, tuple(said[:1])))
        self._define(web, shown)
        self._stand_together(web)
        best = self._closest(again, {self._pair(*pair) for pair in web.unshown()})
        shown_by = {self._key(pair): found for pair, found in best.items()}
        return web.concepts(shown_by)

    def _decided(self, narrower: str, wider: str) -> bool:
        """Whether those who keep a termbase have said what the one is a kind of, and had the other before them."""
        placed = any(link.kind == "broader" for link in self._concepts[narrower].links)
        return placed and self._concepts[wider].origin == "curated"

    def _define(self, web: _Web, shown: Sequence[Concept]) -> None:
        for one in mentions([c for c in shown if c.id in self._concepts], self._named):
            where = one.definition.found
            found = (replace(where, quote=one.words),) if where else ()
            reason = "Named in its definition." if found else f"Named in its definition: {one.words}"
            web.related(one.concept, one.other, reason, DEFINITION, found)

    def _stand_together(self, web: _Web) -> None:
        """What is joined otherwise takes no place among the strongest."""
        significant = (r for r in self._counts.significant() if self._telling(web, r.pair))
        for r in strongest(significant):
            reason = f"Together in {_times(r.together, 'passage')}, {r.expected:.1f} expected; G² {r.strength:.0f}."
            web.related(*self._key(r.pair), reason, TOGETHER)

    def _telling(self, web: _Web, pair: Pair) -> bool:
        one, other = (self._concepts[key] for key in self._key(pair))
        general = is_general(name_key(one.name)) or is_general(name_key(other.name))
        return not general and not web.joined(one.id, other.id) and not _contained(one, other)

    def _key(self, pair: Pair) -> tuple[str, str]:
        return self._ids[pair[0]], self._ids[pair[1]]

    def _pair(self, one: str, other: str) -> Pair:
        low, high = sorted((self._number[one], self._number[other]))
        return low, high

    def _closest(self, again: Found, wanted: set[Pair]) -> dict[Pair, Evidence]:
        """For each pair the place where the two stand nearest to each other, the first of several."""
        best: dict[Pair, Evidence] = {}
        for doc, found in again:
            means = self._means(doc, found)
            for record, names in found.together:
                known = [(means[m.key], m) for m in names if m.key in means]
                for at, (one, here) in enumerate(known):
                    for other, there in known[at + 1 :]:
                        pair = (one, other) if one < other else (other, one)
                        if pair in wanted:
                            span = Span(min(here.start, there.start), max(here.end, there.end))
                            if pair not in best or len(span) < len(best[pair].span):
                                best[pair] = Evidence(doc, record, span)
        return best


@cache
def _everyday(key: str) -> bool:
    """Whether a name is a word of everyday language as well: where it stands says little of the concept."""
    return len(key) <= SHORT and common(key, "prose") >= EVERYDAY


class _Web:
    """The links of all concepts as they come in, no pair twice."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = concepts
        self._links: dict[str, list[Link]] = {c.id: list(c.links) for c in concepts}
        self._joined = {frozenset((c.id, link.target)) for c in concepts for link in c.links}
        self._hierarchy = Hierarchy()
        for c in concepts:
            for link in c.links:
                if link.kind in ("broader", "narrower") and link.target in self._links:
                    self._hierarchy.add(*((c.id, link.target) if link.kind == "broader" else (link.target, c.id)))

    def joined(self, one: str, other: str) -> bool:
        return frozenset((one, other)) in self._joined or self._hierarchy.joined(one, other)

    def wider(self, concept: str, wider: str, link: Link) -> None:
        if frozenset((concept, wider)) not in self._joined and self._hierarchy.add(concept, wider):
            self._joined.add(frozenset((concept, wider)))
            self._links[concept].append(link)

    def related(self, one: str, other: str, reason: str, rule: str, found: tuple[Evidence, ...] = ()) -> None:
        """From both sides, so that each has its own strongest first."""
        if one != other and not self.joined(one, other):
            self._joined.add(frozenset((one, other)))
            self._links[one].append(Link("related", other, reason, rule, found))
            self._links[other].append(Link("related", one, reason, rule, found))

    def unshown(self) -> Iterator[tuple[str, str]]:
        """Pairs that are linked without a word of a text."""
        return (
            (concept, link.target)
            for concept, links in self._links.items()
            for link in links
            if not link.found and link.target in self._links
        )

    def concepts(self, shown_by: Mapping[tuple[str, str], Evidence]) -> tuple[Concept, ...]:
        return tuple(
            replace(c, links=tuple(_shown(c.id, link, shown_by) for link in self._links[c.id])) for c in self._concepts
        )


def _shown(concept: str, link: Link, shown_by: Mapping[tuple[str, str], Evidence]) -> Link:
    found = shown_by.get((concept, link.target)) or shown_by.get((link.target, concept))
    return replace(link, found=(found,)) if found and not link.found else link


def _named(concepts: Iterable[Concept]) -> dict[str, str]:
    """Names that mean one concept wherever they stand, and its id."""
    by_key: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for term in concept.terms:
            if term.status in ("preferred", "admitted") and term.type != "short" and not term.scope:
                by_key[name_key(term.text)].add(concept.id)
    return {key: min(ids) for key, ids in by_key.items() if len(ids) == 1}


def _heads(concepts: Iterable[Concept], named: Mapping[str, str]) -> Iterator[_Head]:
    """By the best names of both: a lesser one often is that of an institution that is not quite the same."""
    leading: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for term in concept.terms:
            if term.status == _best(concept) and named.get(name_key(term.text)) == concept.id:
                leading[name_key(term.text)].add(term.language)
    for name, languages in sorted(leading.items()):
        found = head(name, named.__contains__)
        if found in leading and named[found] != named[name] and leading[found] & {*languages, *EVERYWHERE}:
            yield _Head(named[name], named[found], name, found)


def _best(concept: Concept) -> Status:
    return min((t.status for t in concept.terms), key=STATUSES.index)


def _statutes(concept: Concept) -> frozenset[str]:
    """The texts for which alone the concept is defined; empty where it is more than that."""
    if concept.origin == "curated" or not concept.definitions:
        return frozenset()
    scoped = all(d.scope and d.found for d in concept.definitions)
    return frozenset(d.found.doc for d in concept.definitions if d.found) if scoped else frozenset()


def _contained(one: Concept, other: Concept) -> bool:
    """Whether a name of one stands in a name of the other: that the two are alike needs no counting."""
    names, others = ({name_key(t.text) for t in c.terms} for c in (one, other))
    return any(name in long or long in name for name in names for long in others)


def _times(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
