"""Terms of a draft against the glossary: deprecated ones, words of another region, several words for one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import cast

from tongwen.concept import Concept, Term
from tongwen.glossary.checking.findings import Draft, Finding, at
from tongwen.glossary.checking.forms import ONE_NAME, fitting, foreign, telling, under, wanted
from tongwen.glossary.checking.uses import Use
from tongwen.model import Span


def deprecated(draft: Draft, uses: Sequence[Use]) -> Iterator[Finding]:
    """Forms that the glossary warns of, unless they are right for another concept or ordinary words."""
    places: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in uses:
        for concept, term in use.senses:
            if (
                not use.mentioned
                and _warned(term, draft.language)
                and telling(use.key, use.printed)
                and not _right(use, draft.language)
            ):
                places[use.key, concept.id].append(use)
    for (_key, identity), found in places.items():
        concept, term = next(s for s in found[0].senses if s[0].id == identity and s[1].status == "deprecated")
        yield at(warning(found[0], concept, term, draft.language), [use.span for use in found])


def _warned(term: Term, language: str) -> bool:
    """Whether a warning holds in a language: that of one script holds in the other too, that of a region does not."""
    alike = under(language, term.language) or (term.language[:2] == language[:2] and term.language.count("-") < 2)
    return term.status == "deprecated" and alike


def _right(use: Use, language: str) -> bool:
    return any(use.key in fitting(concept, language) for concept, _term in use.senses)


def warning(use: Use, concept: Concept, term: Term, language: str) -> Finding:
    instead = wanted(concept, language)
    message = f"{use.printed} is deprecated for {concept.name}" + (f": {term.note}." if term.note else ".")
    return Finding("term-deprecated", message, _instead(instead), use.span, concept.id, next(iter(instead), ""))


def _instead(forms: Sequence[str]) -> str:
    return f"The glossary has {' or '.join(forms)}." if forms else "The glossary has no other word for it."


def regional(draft: Draft, uses: Sequence[Use]) -> Iterator[Finding]:
    """Words that only another region has, where the glossary knows what this one says."""
    places: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in uses:
        for concept in _concepts(use):
            strange = not use.mentioned and use.key in foreign(concept, draft.language)
            if strange and telling(use.key, use.printed) and not _right(use, draft.language):
                places[use.key, concept.id].append(use)
    for (_key, identity), found in places.items():
        concept = next(c for c in _concepts(found[0]) if c.id == identity)
        yield at(stranger(found[0], concept, draft.language), [use.span for use in found])


def stranger(use: Use, concept: Concept, language: str) -> Finding:
    of = " and ".join(foreign(concept, language)[use.key])
    instead = wanted(concept, language)
    message = f"{use.printed} is a word of {of} texts, and this is one in {language}."
    return Finding("term-regional", message, _instead(instead), use.span, concept.id, next(iter(instead), ""))


def mixed(draft: Draft, uses: Sequence[Use], evident: Iterable[tuple[Concept, Use]] = ()) -> Iterator[Finding]:
    """Several approved words for one concept in one text. ``evident``: concepts that a use means, shown otherwise."""
    forms: dict[str, dict[str, dict[Span, Use]]] = defaultdict(lambda: defaultdict(dict))
    known: dict[str, Concept] = {}
    others = [Span(*cast(list[int], r.fields["abbr_span"])) for r in draft.records if r.fields.get("kind") == "alias"]
    for concept, use in chain(_meant(uses), evident):
        mentioned = use.mentioned or any(other.holds(use.span) for other in others)
        if _counts(use, concept, draft.language) and not mentioned:
            known[concept.id] = concept
            forms[concept.id][use.key][use.span] = use
    for identity, by_key in forms.items():
        if any(a not in b and b not in a for a, b in combinations(by_key, 2)):
            yield _mixture(known[identity], [list(found.values()) for found in by_key.values()], draft.language)


def _meant(uses: Sequence[Use]) -> Iterator[tuple[Concept, Use]]:
    """Names that can mean one concept alone."""
    for use in uses:
        concepts = _concepts(use)
        if len(concepts) == 1 and telling(use.key, use.printed):
            yield concepts[0], use


def _counts(use: Use, concept: Concept, language: str) -> bool:
    types = {t.type for c, t in use.senses if c.id == concept.id and t.status != "deprecated"}
    return use.key in fitting(concept, language) and bool(types.intersection(ONE_NAME))


def _mixture(concept: Concept, forms: list[list[Use]], language: str) -> Finding:
    """At the first place of the word that is used least."""
    forms.sort(key=lambda found: (-len(found), found[0].span))
    counted = ", ".join(f"{found[0].printed} {len(found)}" for found in forms)
    best = next(iter(wanted(concept, language)), "")
    hint = "Keep to one of them" + (f"; the glossary prefers {best}." if best else ".")
    finding = Finding("term-mixed", f"One thing has {len(forms)} names here: {counted}.", hint, forms[-1][0].span)
    told = Finding(finding.code, finding.message, finding.hint, finding.span, concept.id, best)
    return at(told, [use.span for found in forms[1:] for use in found])


def _concepts(use: Use) -> list[Concept]:
    """Those of which a name is an approved one, each once."""
    return list({c.id: c for c, t in use.senses if t.status != "deprecated"}.values())
