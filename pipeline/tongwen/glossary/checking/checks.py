"""All checks of a draft, and of a draft beside its source, in the order of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tongwen.concept import Glossary
from tongwen.glossary.checking.abbreviations import abbreviations
from tongwen.glossary.checking.acronym_names import acronym_names
from tongwen.glossary.checking.alignment import Aligned
from tongwen.glossary.checking.definitions import definitions
from tongwen.glossary.checking.equivalents import against_glossary, given, two_english, two_terms
from tongwen.glossary.checking.findings import Draft, Finding
from tongwen.glossary.checking.forms import telling
from tongwen.glossary.checking.rendering import cases, rendering
from tongwen.glossary.checking.terms import deprecated, mixed, regional
from tongwen.glossary.checking.uses import Names, Use


def check_draft(draft: Draft, glossary: Glossary) -> list[Finding]:
    """What a reader of one draft would mark; in the order of the text, and nothing twice."""
    names = Names(glossary)
    uses = list(names.uses(draft.runs))
    return _ordered([*_terms(draft, uses), *mixed(draft, uses), *_own(draft, names)])


def check_pair(source: Draft, target: Draft, aligned: Aligned, glossary: Glossary) -> list[Finding]:
    """What a reader of a translation would mark beside its source; all places are the target's."""
    names = Names(glossary)
    sources, targets = list(names.uses(source.runs)), list(names.uses(target.runs))
    found = list(cases(source, target, aligned, sources, targets))
    beside = rendering(target, found, glossary)
    shown = [case for case in found if case.rendered and telling(case.source.key, case.source.printed)]
    evident = [(case.concept, use) for case in shown for use in case.forms]
    own = [*mixed(target, targets, evident), *_own(target, names)]
    return _ordered([*beside, *_terms(target, targets), *own])


def _terms(draft: Draft, uses: Sequence[Use]) -> Iterator[Finding]:
    yield from deprecated(draft, uses)
    yield from regional(draft, uses)


def _own(draft: Draft, names: Names) -> Iterator[Finding]:
    """What the draft says of its own names."""
    pairs = given(draft)
    yield from against_glossary(draft, names, pairs)
    yield from acronym_names(draft, names, pairs)
    yield from two_terms(pairs)
    yield from two_english(names, pairs)
    yield from abbreviations(draft, names)
    yield from definitions(draft)


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Of two findings with one code at one place the first counts; so does the first of one code and concept."""
    kept: dict[tuple[str, object], Finding] = {}
    for finding in findings:
        kept.setdefault((finding.code, finding.concept or finding.span), finding)
    return sorted(kept.values(), key=lambda one: (one.span, one.code))
