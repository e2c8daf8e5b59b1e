"""A translation beside its source: whether the terms of the one are rendered in the other as the glossary has them.

What is told is told once for each concept, with all its places: a form that misses is a pattern more often than a slip.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tongwen.concept import Concept, Glossary
from tongwen.glossary.checking.alignment import Aligned, Segment
from tongwen.glossary.checking.findings import Draft, Finding, Run, at
from tongwen.glossary.checking.forms import ONE_NAME, chinese, fitting, foreign, ordinary, particles, telling, wanted
from tongwen.glossary.checking.own_words import OwnWords
from tongwen.glossary.checking.terms import stranger, warning
from tongwen.glossary.checking.uses import Use
from tongwen.glossary.naming import name_key
from tongwen.model import Span

STEM = 4  # letters that two English words share at least, if they are forms of one: ratify, ratification
ENDING = 6  # letters in which the longer may differ
_WORD = re.compile(r"[a-z]+")
UNKNOWN = "und"
_SMALL = 3  # letters: of, the, and say nothing


class Case(NamedTuple):
    """A concept in one segment: its first place in the source, whether the target has a form of it; the key of the
    target there and all names that stand in it, and the concepts that the source names."""

    concept: Concept
    source: Use
    segment: Segment
    rendered: bool
    text: str
    beside: Sequence[Use]
    named: frozenset[str]

    @property
    def forms(self) -> tuple[Use, ...]:
        return tuple(u for u in self.beside if any(c.id == self.concept.id for c, _t in u.senses))


def cases(
    source: Draft, target: Draft, aligned: Aligned, sources: Sequence[Use], targets: Sequence[Use]
) -> Iterator[Case]:
    """Every concept that the source names for certain, in every segment that names it."""
    in_source, in_target = _by_run(sources), _by_run(targets)
    for segment in aligned.segments:
        text = " ".join(target.runs[n].key for n in segment.target)
        beside = [use for n in segment.target for use in in_target[n]]
        there = [use for n in segment.source for use in in_source[n]]
        named = frozenset(c.id for use in there for c, _t in use.senses)
        firsts = {use.key: use for use in reversed(there) if use.key not in ordinary() and not use.part}
        for use in sorted(firsts.values(), key=lambda use: use.span):
            for concept, rendered in _meant(use, source.language, text, target.language):
                yield Case(concept, use, segment, rendered, text, beside, named)


def _by_run(uses: Sequence[Use]) -> dict[int, list[Use]]:
    found: dict[int, list[Use]] = defaultdict(list)
    for use in uses:
        found[use.run].append(use)
    return found


def _meant(use: Use, source: str, text: str, language: str) -> list[tuple[Concept, bool]]:
    """The concepts that a name means, and whether ``text`` renders them.

    A short form is short for other things too, and means none. Of a name that several concepts have, those count that
    are rendered, and else the first.
    """
    senses = [(c, t) for c, t in use.senses if t.status != "deprecated" and t.type != "short"]
    spoken = [c for c, t in senses if t.language[:2] == source[:2] or source == UNKNOWN]
    named = {c.id: c for c in spoken if fitting(c, language)}.values()
    rendered = [c for c in named if _rendered(c, text, language)]
    return [(c, True) for c in rendered] or [(c, False) for c in list(named)[:1]]


def _rendered(concept: Concept, text: str, language: str) -> bool:
    """By any approved form, as it is or inflected; or left in Latin letters in a Chinese text."""
    if chinese(language):
        latin = [t.text for t in concept.terms if t.language == "en" and t.status != "deprecated"]
        bare = _bare(text)
        return any(_bare(key) in bare for key in fitting(concept, language)) or any(_word(t, text) for t in latin)
    words = _WORD.findall(text)
    return any(_inflected(key, words) for key in fitting(concept, language))


def _bare(key: str) -> str:
    """Without the particles that a name may have or not: 知情之同意 renders 知情同意."""
    return key.translate(dict.fromkeys(particles()))


def _word(term: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(name_key(term))}(?![a-z0-9])", text) is not None


def _inflected(key: str, words: Sequence[str]) -> bool:
    """Whether every word of a name stands in a text in some form; its order may be another there."""
    return all(any(_forms_of_one(a, b) for b in words) for a in _WORD.findall(key) if len(a) > _SMALL or len(key) < 5)


def _forms_of_one(one: str, other: str) -> bool:
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    least = min(len(one), len(other))
    return one == other or (shared >= max(STEM, least - 2) and max(len(one), len(other)) - shared <= ENDING)


def rendering(target: Draft, found: Sequence[Case], glossary: Glossary) -> Iterator[Finding]:
    """One finding for each concept that is somewhere not rendered.

    Of a name that may be an ordinary word too, only where the glossary knows what stands there instead.
    """
    own = OwnWords(glossary)
    by_concept: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        by_concept[case.concept.id].append(case)
    for same in by_concept.values():
        missing = [case for case in same if not case.rendered]
        if missing:
            yield from _findings(target, same, missing, glossary, own)


def _findings(
    target: Draft, same: Sequence[Case], missing: Sequence[Case], glossary: Glossary, own: OwnWords
) -> Iterator[Finding]:
    lost = [case for case in missing if not own.render(case.concept, case.text)]
    known = [(case, told) for case in missing if (told := _otherwise(case, target, glossary))]
    if known:
        case, told = known[0]
        spans = [told.span for _, told in known]
        yield replace(at(told, spans), source=case.source.span)
    elif lost and telling(lost[0].source.key, lost[0].source.printed):
        spans = [_place(target.runs, case) for case in lost]
        told = at(_differs(target, same, lost), spans)
        first = min(lost, key=lambda case: _place(target.runs, case))
        yield replace(told, source=first.source.span, absent=not first.forms)


def _differs(target: Draft, same: Sequence[Case], missing: Sequence[Case]) -> Finding:
    first, concept = missing[0], missing[0].concept
    instead = wanted(concept, target.language)
    where = f" in {len(missing)} of {len(same)} places" if len(same) > 1 else ""
    message = f"{first.source.printed} is not rendered{where} as the glossary has it."
    hint = f"The glossary has {' or '.join(instead)}."
    return Finding("term-differs", message, hint, _place(target.runs, first), concept.id, next(iter(instead), ""))


def _place(runs: Sequence[Run], case: Case) -> Span:
    """The name that stands there instead, or the passage in which one is missing."""
    run = runs[case.segment.target[0]]
    return case.forms[0].span if case.forms else run.span(0, len(run.key))


def _otherwise(case: Case, target: Draft, glossary: Glossary) -> Finding | None:
    """What stands there instead, if the glossary knows it: a word to avoid, another region's, or a false friend."""
    for use in case.forms if _certain(case) else ():
        term = next(t for c, t in use.senses if c.id == case.concept.id)
        if term.status == "deprecated":
            return warning(use, case.concept, term, target.language)
        if telling(use.key, use.printed) and use.key in foreign(case.concept, target.language):
            return stranger(use, case.concept, target.language)
    return next(_false_friends(case, target.language, glossary), None)


def _certain(case: Case) -> bool:
    """Whether one of the two names can hardly be an ordinary word."""
    return any(telling(use.key, use.printed) for use in (case.source, *case.forms))


def _false_friends(case: Case, language: str, glossary: Glossary) -> Iterator[Finding]:
    """Names of what the glossary sets against the concept, where the source does not speak of that too."""
    reasons = {link.target: link.reason for link in glossary.links(case.concept.id) if link.kind == "contrast"}
    for use in case.beside:
        others = [c for c, t in use.senses if c.id in reasons and t.status != "deprecated" and t.type in ONE_NAME]
        for other in others if use.key not in ordinary() else ():
            if other.id not in case.named and not _akin(case, other, use):
                instead = wanted(case.concept, language)
                message = f"{use.printed} stands where the source has {case.source.printed}, and is not the same."
                hint = f"{reasons[other.id]} The glossary has {' or '.join(instead)}."
                best = next(iter(instead), "")
                yield Finding("false-friend", message, hint.strip(), use.span, case.concept.id, best)


def _akin(case: Case, other: Concept, use: Use) -> bool:
    """Whether one name is a part of another's, so that the two prove nothing: 管制 and 管制藥品."""
    names = {name_key(t.text) for t in other.terms}, {name_key(t.text) for t in case.concept.terms}
    return any(case.source.key in name for name in names[0]) or any(use.key in name for name in names[1])
