"""What a draft gives as English beside its Chinese, X（English，ABBR）: against the glossary, and against itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from tongwen.concept import Concept, Term
from tongwen.glossary.checking.findings import Draft, Finding, Run, at
from tongwen.glossary.checking.forms import chinese, fitting, foreign, wanted
from tongwen.glossary.checking.uses import Names
from tongwen.glossary.naming import name_key
from tongwen.model import Record, Span

HANZI = r"\u3400-\u9fff\U00020000-\U0003ffff"
COMMON = 2  # last characters that two names share, if it is not known where they begin and they may be one


_BRACKET = re.compile(
    rf"(?:[“「『\"](?P<quoted>[{HANZI}]{{2,20}})[”」』\"]|(?P<name>[{HANZI}]{{2,20}}))"
    r"[(（](?P<english>[a-z][a-z ',-]+)[,，)）]"
)


class Given(NamedTuple):
    """A Chinese name (which may have too much in front unless ``sure``) and the English beside it."""

    name: str
    english: str
    kind: str
    sure: bool
    span: Span


def given(draft: Draft) -> list[Given]:
    """In the order of the text: what the draft's records say, and English in small letters, which is no name there."""
    records = [r for r in draft.records if r.kind == "abbreviation" and r.fields["kind"] in ("name", "acronym")]
    small = (pair for run in draft.runs for pair in _in_small_letters(run))
    return sorted((*map(_given, records), *small), key=lambda pair: pair.span)


def _in_small_letters(run: Run) -> Iterator[Given]:
    for found in _BRACKET.finditer(run.printed):
        group = "quoted" if found["quoted"] else "name"
        span = run.span(*found.span(group))
        yield Given(found[group], found["english"], "name", bool(found["quoted"]), span)


def _given(record: Record) -> Given:
    start, end = cast(list[int], record.fields["full_span"])
    name, english = str(record.fields["full"]).strip(), str(record.fields["abbr"]).strip()
    return Given(name, english, str(record.fields["kind"]), bool(record.fields["sure"]), Span(start, end))


def against_glossary(draft: Draft, names: Names, pairs: Sequence[Given]) -> Iterator[Finding]:
    """English names of the glossary beside Chinese ones that it does not have for them."""
    if not chinese(draft.language):
        return
    for pair in pairs:
        concepts = {c.id: c for c, _t in names.senses(pair.english)}
        if concepts and not any(_fits(pair, concept, draft.language) for concept in concepts.values()):
            yield from _differs(pair, list(concepts.values()), draft.language)


def _fits(pair: Given, concept: Concept, language: str) -> bool:
    """An unknown beginning may be too much, so a known end is enough; and a short form may be new."""
    key, right = name_key(pair.name), fitting(concept, language)
    return not right or any(key.endswith(one) or within(key, one) for one in right)


def _differs(pair: Given, concepts: Sequence[Concept], language: str) -> Iterator[Finding]:
    concept, key = concepts[0], name_key(pair.name)
    instead = wanted(concept, language)
    hint, best = f"The glossary has {' or '.join(instead)} for it.", next(iter(instead), "")
    bad = _known(concept, key)
    if bad and bad.status == "deprecated":
        message = f"{bad.text} is deprecated for {pair.english}" + (f": {bad.note}." if bad.note else ".")
        yield Finding("term-deprecated", message, hint, pair.span, concept.id, best)
    elif bad and name_key(bad.text) in foreign(concept, language):
        message = f"{bad.text} is a word of {bad.language} texts, and this is one in {language}."
        yield Finding("term-regional", message, hint, pair.span, concept.id, best)
    elif instead:
        message = f"{pair.english} stands beside {pair.name}."
        yield Finding("term-differs", message, hint, pair.span, concept.id, best)


def _known(concept: Concept, key: str) -> Term | None:
    there = [t for t in concept.terms if chinese(t.language) and key.endswith(name_key(t.text))]
    return max(there, key=lambda t: len(t.text), default=None)


def two_terms(pairs: Iterable[Given]) -> Iterator[Finding]:
    """One English name given with several Chinese ones of which none is a shorter form of another."""
    by_english: dict[str, list[Given]] = defaultdict(list)
    for pair in (one for one in pairs if not one.name.isascii()):
        by_english[_singular(name_key(pair.english))].append(pair)
    for same in by_english.values():
        names = _distinct([(name_key(pair.name), pair) for pair in same])
        if len(names) > 1:
            told = ", ".join(pair.name for pair in names)
            message = f"{same[0].english} is given with {len(names)} Chinese names: {told}."
            finding = Finding("english-two-terms", message, "Keep to one of them.", same[0].span)
            yield at(finding, [pair.span for pair in names[1:]])


def two_english(names: Names, pairs: Iterable[Given]) -> Iterator[Finding]:
    """One Chinese name given with several English ones that the glossary does not have for one thing."""
    by_name: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for pair in (pair for pair in pairs if pair.sure):
        by_name[name_key(pair.name), pair.kind].append(pair)
    for same in by_name.values():
        english = _distinct([(_singular(name_key(p.english)), p) for p in same])
        if len(english) > 1 and not _one_concept(names, english):
            told = ", ".join(pair.english for pair in english)
            message = f"{same[0].name} is given with {len(english)} English names: {told}."
            hint = "Use one, or say which is meant where."
            yield at(Finding("term-two-english", message, hint, same[0].span), [pair.span for pair in english[1:]])


def _one_concept(names: Names, pairs: Sequence[Given]) -> bool:
    return bool(set.intersection(*({c.id for c, _t in names.senses(pair.english)} for pair in pairs)))


def _distinct(keyed: Sequence[tuple[str, Given]]) -> list[Given]:
    """The first of each that is no other form of one before."""
    kept: list[tuple[str, Given]] = []
    for key, pair in keyed:
        if not any(_same(key, pair, known, other) for known, other in kept):
            kept.append((key, pair))
    return [pair for _, pair in kept]


def _same(key: str, pair: Given, known: str, other: Given) -> bool:
    unsure = not (pair.sure and other.sure) and key[-COMMON:] == known[-COMMON:]
    return unsure or within(key, known) or within(known, key)


def _singular(key: str) -> str:
    return key.removesuffix("s")


def within(short: str, long: str) -> bool:
    """Whether ``short`` is all or some of the characters of ``long``, in their order: 世卫组织 and 世界卫生组织."""
    rest = iter(long)
    return all(character in rest for character in short)
