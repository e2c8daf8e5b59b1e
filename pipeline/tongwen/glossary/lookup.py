"""Concepts by what somebody types for them: an id, or a name in any form."""

from __future__ import annotations

from difflib import get_close_matches

from tongwen.concept import Concept, Glossary
from tongwen.errors import NotFound
from tongwen.glossary.naming import name_key

STRENGTH = ("preferred", "admitted", "candidate", "deprecated")


def named(glossary: Glossary, typed: str) -> list[Concept]:
    """The concept with this id; else all that have the name, those first for which it is the better one.

    :raises NotFound: there is none; offers the nearest names
    """
    if concept := glossary.get(typed):
        return [concept]
    key = name_key(typed)
    ranked = [
        (min(STRENGTH.index(term.status) for term in same), concept)
        for concept in glossary.concepts
        if (same := [term for term in concept.terms if name_key(term.text) == key])
    ]
    if not ranked:
        raise NotFound(f"The glossary has no entry {typed!r}.", _nearest(glossary, key))
    return [concept for _, concept in sorted(ranked, key=lambda one: one[0])]


def _nearest(glossary: Glossary, key: str) -> str:
    names = {name_key(term.text): term.text for concept in glossary.concepts for term in concept.terms}
    close = [name for name in names if key in name and key][:3] or get_close_matches(key, names, 3, 0.5)
    if close:
        return f"Did you mean {' or '.join(names[name] for name in close)}?"
    return "`tongwen glossary list` shows all; `tongwen search` looks for words in the texts."
