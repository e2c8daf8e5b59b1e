"""Concepts as the folder of CSV files holds them, so that what is taken in is what will be read again.

Law: the canonical form of what was written and read is itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from tongwen.concept import Concept, Definition, Link, Term
from tongwen.exchange.cells import plain
from tongwen.exchange.reading import Reading

LONGEST = 100_000  # characters of a cell; more is no term and no definition, and CSV readers stop soon after

_Part = TypeVar("_Part", Term, Definition, Link)


def canonical(concepts: Iterable[Concept]) -> Reading:
    """No white space at ends, line feeds between lines, nothing that no text holds; of two alike the first.

    What is too long for a cell is left out and told; so is a concept that has no term left.
    """
    faults: list[str] = []
    found = [_concept(concept, faults) for concept in concepts]
    faults += [f"{c.id}: no term is left, and the concept is left out." for c in found if not c.terms]
    return Reading(tuple(c for c in found if c.terms), tuple(faults))


def _concept(c: Concept, faults: list[str]) -> Concept:
    terms = [_part(t, ("text", "source", "note", "scope"), c.id, faults) for t in c.terms]
    said = [_part(replace(d, scope=""), ("text", "source"), c.id, faults) for d in c.definitions]
    notes = [_cell(note, c.id, "a note", faults) for note in c.notes]
    return replace(
        c,
        terms=tuple({(t.text, t.language, t.scope): t for t in reversed(terms) if t.text}.values())[::-1],
        definitions=tuple({(d.text, d.language, d.source): d for d in reversed(said) if d.text}.values())[::-1],
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        links=tuple(_part(link, ("reason", "source"), c.id, faults) for link in c.links),
        subject=_cell(c.subject, c.id, "the subject", faults),
    )


def _part(part: _Part, names: Iterable[str], key: str, faults: list[str]) -> _Part:
    kind = type(part).__name__.lower()
    cells: dict[str, Any] = {name: _cell(getattr(part, name), key, f"the {name} of a {kind}", faults) for name in names}
    return replace(part, **cells)


def _cell(text: str, key: str, what: str, faults: list[str]) -> str:
    text = plain(text).strip()
    if len(text) > LONGEST:
        faults.append(f"{key}: {what} has {len(text):,} characters, more than {LONGEST:,}, and is left out.")
        return ""
    return text
