"""What differs between two states of a glossary, concept by concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tongwen.concept import Concept, Definition, Link, LinkKind, Term
from tongwen.glossary.matching import renamed
from tongwen.model import Json

_Key = TypeVar("_Key")
_Thing = TypeVar("_Thing")

FIELDS = ("status", "type", "source", "note", "scope")
"""Of a term, what may be changed by hand."""


@dataclass(frozen=True, slots=True)
class Change:
    """``kind``: ``term added``, ``status changed`` …; ``of``: the term, definition or link in its language.

    ``before`` and ``after`` are empty where there was or is nothing.
    """

    concept: str
    kind: str
    of: str = ""
    before: str = ""
    after: str = ""

    @property
    def line(self) -> str:
        """On one line, whatever the texts hold."""
        sides = f"{self.before} → {self.after}" if self.before and self.after else self.before or self.after
        told = f"{self.concept}: {self.kind}" + (f": {self.of}" if self.of else "")
        return " ".join((f"{told}: {sides}" if sides else told).split())

    @property
    def json(self) -> Json:
        return {
            "concept": self.concept,
            "kind": self.kind,
            "of": self.of,
            "before": self.before,
            "after": self.after,
        }


def difference(old: Sequence[Concept], new: Sequence[Concept]) -> list[Change]:
    """What was added, removed and changed, in the order of ``new``, what is gone at the end.

    A concept that is gone and one that came with most of the same terms are one concept with a new id. What was found
    in texts (evidence, counts, scores) is not compared.
    """
    names = renamed(old, new)
    before = {names.get(c.id, c.id): c for c in old}
    changes = [change for c in new for change in _of_concept(before.get(c.id), c, names)]
    kept = {c.id for c in new}
    gone = [Change(c.id, "concept removed", before=c.name) for key, c in before.items() if key not in kept]
    return [*changes, *gone]


def _of_concept(old: Concept | None, new: Concept, names: Mapping[str, str]) -> Iterator[Change]:
    if old is None:
        yield Change(new.id, "concept added", after=new.name)
        old = Concept(new.id, ())
    elif old.id != new.id:
        yield Change(new.id, "concept renamed", before=old.id, after=new.id)
    yield from _field(new.id, "subject", "", old.subject, new.subject)
    yield from _terms(old, new)
    yield from _definitions(old, new)
    yield from _kept(new.id, "note", dict.fromkeys(old.notes, ""), dict.fromkeys(new.notes, ""))
    yield from _links(old, new, names)


def _field(concept: str, name: str, of: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(concept, f"{name} changed", of, before, after)


def _kept(concept: str, thing: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """Things that were added or removed, each with what to say of it."""
    for name in after:
        if name not in before:
            yield Change(concept, f"{thing} added", name, after=after[name])
    for name in before:
        if name not in after:
            yield Change(concept, f"{thing} removed", name, before=before[name])


def _terms(old: Concept, new: Concept) -> Iterator[Change]:
    was, now = ({(t.language, t.text): t for t in c.terms} for c in (old, new))
    yield from _kept(new.id, "term", _named(was), _named(now))
    for before, after in _both(was, now):
        for name in FIELDS:
            yield from _field(new.id, name, _name(after), getattr(before, name), getattr(after, name))
        yield from _field(new.id, "converted", _name(after), "yes" * before.converted, "yes" * after.converted)


def _named(terms: Mapping[tuple[str, str], Term]) -> dict[str, str]:
    return {_name(t): t.status for t in terms.values()}


def _name(t: Term) -> str:
    return f"{t.language} {t.text}"


def _definitions(old: Concept, new: Concept) -> Iterator[Change]:
    """Those of one language are paired by their texts, then in their order."""
    for language in dict.fromkeys(d.language for d in (*old.definitions, *new.definitions)):
        was, now = ([d for d in c.definitions if d.language == language] for c in (old, new))
        for before, after in paired(was, now):
            if before is None or after is None:
                kind = "definition added" if before is None else "definition removed"
                yield Change(new.id, kind, language, before.text if before else "", after.text if after else "")
            else:
                yield from _field(new.id, "definition", language, before.text, after.text)
                yield from _field(new.id, "definition source", language, before.source, after.source)
                yield from _field(new.id, "definition scope", language, before.scope, after.scope)


def paired(
    was: Sequence[Definition], now: Sequence[Definition]
) -> Iterator[tuple[Definition | None, Definition | None]]:
    """Definitions of one language, each with its counterpart: of the same text and source, of the same text, the next.

    Further ones have none.
    """
    left, rest = [*was], [*now]
    for alike in (_same, _same_text, _any):
        for after in [*rest]:
            before = next((d for d in left if alike(d, after)), None)
            if before is not None:
                left.remove(before)
                rest.remove(after)
                yield before, after
    yield from ((before, None) for before in left)
    yield from ((None, after) for after in rest)


def _same(one: Definition, other: Definition) -> bool:
    return (one.text, one.source) == (other.text, other.source)


def _same_text(one: Definition, other: Definition) -> bool:
    return one.text == other.text


def _any(_: Definition, __: Definition) -> bool:
    return True


def _links(old: Concept, new: Concept, names: Mapping[str, str]) -> Iterator[Change]:
    was: dict[tuple[LinkKind, str], Link] = {
        (link.kind, names.get(link.target, link.target)): link for link in old.links
    }
    now: dict[tuple[LinkKind, str], Link] = {(link.kind, link.target): link for link in new.links}
    yield from _kept(
        new.id, "link", *({f"{kind} {to}": link.reason for (kind, to), link in s.items()} for s in (was, now))
    )
    for before, after in _both(was, now):
        of = f"{after.kind} {after.target}"
        yield from _field(new.id, "link reason", of, before.reason, after.reason)
        yield from _field(new.id, "link source", of, before.source, after.source)


def _both(was: Mapping[_Key, _Thing], now: Mapping[_Key, _Thing]) -> Iterator[tuple[_Thing, _Thing]]:
    return ((was[key], thing) for key, thing in now.items() if key in was)
