"""A glossary as people keep it in a spreadsheet: a column for each language, a row for each concept.

A cell may hold several terms, on lines of their own or parted by ``|`` or semicolons: the first is preferred, the
others are admitted. Rows with one id are one concept. Where a row has no id of the shape that concepts have, it is made
of the English term, else of all terms, behind ``x-``; so the same row has the same id in every import.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from tongwen.concept import Concept, Definition, Term
from tongwen.exchange.headers import Role
from tongwen.exchange.reading import Reading
from tongwen.exchange.separated import Table
from tongwen.exchange.tags import ID

HELP = "Its first row should name the columns: concept, language, term …, or languages: zh-Hans, zh-Hant, en …."
_MADE = "x-"  # before an id that is made, so that no other concept happens to have it
_ALTERNATIVES = re.compile(r"\s*[|;；\n]\s*")
_HANZI = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WITH_HANZI = ("zh", "ja")
_LONGEST = 60  # characters of an id that is made

Cells = list[tuple[Role, str]]


def read_user_table(table: Table, roles: Sequence[Role | None], name: str) -> Reading:
    unread = [
        " ".join(column.split()) for column, role in zip(table.header, roles, strict=True) if column and role is None
    ]
    faults = [f"{name}: a column is not known and not read: {', '.join(unread)}."] if unread else []
    if any(role and role.language == "zh" for role in roles):
        faults.append(f"{name}: a column of Chinese does not say its script: name it zh-Hans or zh-Hant.")
    found: dict[str, Concept] = {}
    for where, row in table.rows:
        cells = [(role, cell) for role, cell in zip(roles, row, strict=False) if role and cell]
        concept = _concept(cells, [role for role in roles if role])
        if concept is None:
            faults.append(f"{where}: there is no term; the row is passed over.")
        else:
            _put(found, concept, given=any(role.kind == "concept" and cell == concept.id for role, cell in cells))
    return Reading(tuple(found.values()), tuple(faults))


def _put(found: dict[str, Concept], concept: Concept, given: bool) -> None:
    """Rows to which one id is given are one concept; two that happen to have the same English term are not."""
    before = found.get(concept.id)
    if before is None:
        found[concept.id] = concept
    elif given:
        found[concept.id] = replace(
            before,
            terms=_once([*before.terms, *concept.terms]),
            definitions=tuple(dict.fromkeys([*before.definitions, *concept.definitions])),
            notes=tuple(dict.fromkeys([*before.notes, *concept.notes])),
        )
    elif before.terms != concept.terms:
        key = f"{concept.id}-{_digest(concept.terms)}"
        found.setdefault(key, replace(concept, id=key))


def _concept(cells: Cells, roles: Sequence[Role]) -> Concept | None:
    source = next((cell for role, cell in cells if role.kind == "source"), "")
    terms = _once(
        chain.from_iterable(_terms(cell, role.language, source) for role, cell in cells if role.kind == "term")
    )
    if not terms:
        return None
    key = next((cell for role, cell in cells if role.kind == "concept" and ID.fullmatch(cell)), "")
    return Concept(
        key or _key(terms),
        terms,
        next((cell for role, cell in cells if role.kind == "subject"), ""),
        tuple(_definitions(cells, roles, source)),
        tuple(cell for role, cell in cells if role.kind == "note"),
    )


def _terms(cell: str, language: str, source: str) -> Iterator[Term]:
    return (Term(text, language, source=source) for text in _ALTERNATIVES.split(cell) if text)


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Each text of a language once; the first of a language is preferred."""
    known: dict[tuple[str, str], Term] = {}
    for term in terms:
        others = any(language == term.language for language, _ in known)
        known.setdefault((term.language, term.text), replace(term, status="admitted" if others else "preferred"))
    return tuple(known.values())


def _definitions(cells: Cells, roles: Sequence[Role], source: str) -> Iterator[Definition]:
    """A definition of which the header does not tell the language is in the first language that has such characters."""
    languages = [role.language for role in roles if role.kind == "term"]
    for role, cell in cells:
        if role.kind == "definition":
            chinese = _HANZI.search(cell) is not None
            like = (tag for tag in languages if (tag.split("-")[0] in _WITH_HANZI) == chinese)
            yield Definition(cell, role.language or next(like, languages[0]), source)


def _key(terms: Sequence[Term]) -> str:
    english = next((term.text for term in terms if term.language.split("-")[0] == "en"), "")
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().lower()
    return _MADE + (re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or _digest(terms))


def _digest(terms: Sequence[Term]) -> str:
    text = "\n".join(f"{term.language}\t{term.text}" for term in terms)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
