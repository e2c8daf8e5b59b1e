"""Which forms of a concept a text of some language may use, which are another region's, and which it should have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tongwen.concept import STATUSES, Concept, Term
from tongwen.glossary.attestation import OTHER, SCRIPTS
from tongwen.glossary.naming import capitals, name_key
from tongwen.lexicon import rows
from tongwen.normalise import convert

LONG_ENOUGH = 3  # Chinese characters: a name of two is an ordinary word as often as not
ONE_LONG_WORD = 12  # letters: a shorter English word is, too
ONE_NAME = ("full", "variant")
"""The types of terms of which a text should use one; a short form may stand beside its long one."""


def under(tag: str, wider: str) -> bool:
    return tag == wider or tag.startswith(f"{wider}-")


def chinese(language: str) -> bool:
    return under(language, "zh")


def own(concept: Concept, language: str) -> list[Term]:
    """The approved terms for ``language``: of its region, of its script, and of the regions that it leaves open."""
    tags = [t for t in concept.terms if under(language, t.language) or under(t.language, language)]
    return [t for t in tags if t.status in ("preferred", "admitted")]


def fitting(concept: Concept, language: str) -> set[str]:
    """Keys of the approved terms that a text of ``language`` may use.

    Words differ by region: those of both scripts are open to a text whose region nobody knows, and a text in
    Simplified is taken to be of the Mainland. A text of a region has the words of its own, if there are any.
    """
    terms = own(concept, language)
    if not terms or language in SCRIPTS:
        terms = [*terms, *(t for other in OTHER.values() for t in concept.terms if _general(t, other, language))]
    return {name_key(t.text) for t in terms if t.status in ("preferred", "admitted")}


def _general(term: Term, script: str, language: str) -> bool:
    return chinese(language) and term.language == script


def foreign(concept: Concept, language: str) -> dict[str, tuple[str, ...]]:
    """Keys of the words that only other regions have, with their tags; none where this one has no word of its own."""
    if not chinese(language) or not own(concept, language):
        return {}
    right = fitting(concept, language)
    others = [t for t in concept.terms if chinese(t.language) and t.status in STATUSES[:2] and t.type in ONE_NAME]
    keyed = [(name_key(t.text), t.language) for t in others]
    strange = (key for key, _tag in keyed if not any(key in one or one in key for one in right))
    return {key: tuple(tag for other, tag in keyed if other == key) for key in strange}


def wanted(concept: Concept, language: str) -> tuple[str, ...]:
    """What to write in ``language``, the preferred first; converted from the other script where nothing else is."""
    best = sorted(own(concept, language), key=lambda t: (STATUSES.index(t.status), t.type not in ONE_NAME))
    if best or not chinese(language):
        return tuple(dict.fromkeys(t.text for t in best))
    script = SCRIPTS.get(language[:7])
    other = next((t for t in concept.in_language(OTHER.get(language[:7], "zh")) if t.status != "deprecated"), None)
    return (convert(other.text, script),) if other and script else ()


def telling(key: str, printed: str) -> bool:
    """Whether a name means its concept wherever it stands, or may be an ordinary word as well."""
    if key in ordinary():
        return False
    if key.isascii():
        return " " in key or len(key) >= ONE_LONG_WORD or capitals(printed)
    return len(key) >= LONG_ENOUGH


@cache
def ordinary() -> frozenset[str]:
    return frozenset(name_key(word) for word, _reason in rows("ordinary_terms.tsv"))


@cache
def particles() -> frozenset[int]:
    """Code points of what a name may have in it or not, without being another; most names have none."""
    return frozenset(ord(particle) for particle, _reason in rows("name_particles.tsv"))


def plurals(key: str) -> Iterator[str]:
    """An English name, and its plural where that is regular."""
    yield key
    if key.isascii() and key[-1:].isalpha():
        yield f"{key}s"
        if key.endswith("y"):
            yield f"{key[:-1]}ies"
