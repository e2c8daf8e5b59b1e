"""A full name beside an acronym, against the glossary: another acronym than its own, or an acronym's other name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongwen.concept import Concept
from tongwen.glossary.checking.equivalents import Given
from tongwen.glossary.checking.findings import Draft, Finding
from tongwen.glossary.checking.uses import Names
from tongwen.glossary.naming import capitals, name_key

ENOUGH = 0.5  # of the words of the glossary's name, which another name of the same acronym must share to be a slip
_ENGLISH = re.compile(
    r"(?:\bThe )?((?:[A-Z][a-z]+ (?:(?:of|on|for|and|the|against|in) )*)+[A-Z][a-z]+)\s*[(（]([A-Z][A-Za-z]+)[)）]"
)


def acronym_names(draft: Draft, names: Names, pairs: Sequence[Given]) -> Iterator[Finding]:
    for pair in pairs:
        if pair.kind == "acronym" and capitals(pair.english):
            yield from _other_acronym(pair, names)
    for run in draft.runs:
        for found in _ENGLISH.finditer(run.printed):
            pair = Given(found[1], found[2], "acronym", False, run.span(found.start(1), found.end(2)))
            yield from _other_acronym(pair, names) or _other_name(pair, names)


def _other_acronym(pair: Given, names: Names) -> list[Finding]:
    """The glossary has the name, and other acronyms for it."""
    concept = _named(pair.name, names)
    known = _acronyms(concept) if concept else []
    if not concept or not known or name_key(pair.english) in map(name_key, known) or names.senses(pair.english):
        return []
    message = f"{pair.english} stands beside {pair.name}, which has another acronym in the glossary."
    hint = f"The glossary has {' or '.join(known)}."
    return [Finding("abbreviation-differs", message, hint, pair.span, concept.id, known[0])]


def _named(name: str, names: Names) -> Concept | None:
    """The concept of the longest approved name that this one ends in: there may be too much in front."""
    ends = range(len(name) - 3) if not name.isascii() else [0, *(m.end() for m in re.finditer(" ", name))]
    senses = (sense for start in ends for sense in names.senses(name[start:]))
    return next((c for c, t in senses if t.status != "deprecated" and t.type in ("full", "variant")), None)


def _acronyms(concept: Concept) -> list[str]:
    approved = (t.text for t in concept.terms if t.status in ("preferred", "admitted"))
    return list(dict.fromkeys(text for text in approved if text.isascii() and capitals(text)))


def _other_name(pair: Given, names: Names) -> list[Finding]:
    """The glossary has the acronym, and for it another English name that is nearly this one."""
    concepts = {c.id: c for c, t in names.senses(pair.english) if t.status != "deprecated"}.values()
    own = name_key(pair.name)
    known = [(c, t) for c in concepts for t in c.terms if t.language[:2] == "en" and not capitals(t.text)]
    if any(own.endswith(name_key(t.text)) for _c, t in known if t.status != "deprecated"):
        return []
    for concept, term in known:
        words = set(name_key(term.text).split())
        if term.status != "deprecated" and len(words & set(own.split())) >= ENOUGH * len(words):
            message = f"{pair.name} stands beside {pair.english}, which is {term.text} in the glossary."
            hint = f"The glossary has {term.text}."
            return [Finding("abbreviation-differs", message, hint, pair.span, concept.id, term.text)]
    return []
