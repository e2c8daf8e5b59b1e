"""The names that a document gives: what it defines, and the long and the short forms, as keys that a query also has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tongwen.model import Record, Span, Text
from tongwen.terms.drafting import Scope

NameRole = Literal["term", "full", "abbr"]


@dataclass(frozen=True, slots=True)
class Name:
    """``key``: the folded name without the blanks that only print sets; ``record``: the id of the record that gives it,
    which a long form shares with its short one; ``scope``: as there; ``sure``: where the name begins is told."""

    key: str
    role: NameRole
    record: str
    scope: Scope
    sure: bool = True


def names(records: Iterable[Record], text: Text) -> tuple[Name, ...]:
    """Of one document, in the order of its records. What it calls itself (本法) is no name to search for."""
    return tuple(name for record in records for name in _of(record, text))


def _of(record: Record, text: Text) -> Iterator[Name]:
    roles: tuple[NameRole, ...] = ("term",) if record.kind == "definition" else ("full", "abbr")
    if record.kind not in ("definition", "abbreviation") or record.fields.get("kind") == "self":
        return
    scope: Scope = record.fields["scope"]  # type: ignore[assignment]
    for role in roles:
        sure = role != "full" or bool(record.fields["sure"])
        place = Span(*record.fields[f"{role}_span"])  # type: ignore[misc]
        yield Name(_key(str(record.fields[role]), place, text), role, record.id, scope, sure)


def _key(printed: str, place: Span, text: Text) -> str:
    """The key of a name where it is printed, without what interrupts it there."""
    out, at = [], place.start
    for character in printed:
        if character == " ":
            out.append(" ")
        else:
            at = text.original.index(character, at, place.end)
            out.append(text.key[at])
            at += 1
    return "".join(out)
