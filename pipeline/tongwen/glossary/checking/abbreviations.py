"""Short forms and acronyms of a draft: not explained, explained late, twice, or for nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from tongwen.glossary.checking.acronyms import Acronym, acronyms, known
from tongwen.glossary.checking.equivalents import within
from tongwen.glossary.checking.findings import Draft, Finding, Run, at, together
from tongwen.glossary.checking.uses import Names
from tongwen.glossary.naming import name_key
from tongwen.model import Record, Span

NOT_READ = ("footnote",)  # references have acronyms of their own, which no text explains


class Short(NamedTuple):
    """A short form in Chinese, and what it is said to stand for."""

    key: str
    printed: str
    full: str
    sure: bool
    span: Span


def abbreviations(draft: Draft, names: Names) -> Iterator[Finding]:
    kinds = {record.id: record.kind for record in draft.records}
    latin = [a for a in acronyms(draft.runs) if kinds.get(draft.runs[a.run].record) not in NOT_READ]
    yield from _acronyms(draft, latin, names)
    given = [r for r in draft.records if r.kind == "abbreviation" and r.fields["kind"] == "short"]
    short = [one for one in map(_short, given) if one.key and not one.key.isascii()]
    yield from _unused(draft.runs, short)
    yield from _ambiguous(short)


def _acronyms(draft: Draft, latin: Sequence[Acronym], names: Names) -> Iterator[Finding]:
    words = _words(draft.runs)
    places: dict[str, list[Acronym]] = defaultdict(list)
    for one in latin:
        places[one.key].append(one)
    unused: list[tuple[str, Finding]] = []
    for key, found in places.items():
        first = next((n for n, one in enumerate(found) if one.introduced), None)
        if key in known():
            continue
        if first is None:
            if key not in words and not names.senses(found[0].printed):
                yield _undefined(draft.runs, found)
        elif len(found) == 1 and names.senses(found[0].printed):
            continue  # readers should know the name by it: the glossary has it
        elif len(found) == 1:
            hint = "It can be left out, unless readers should know the name by it."
            told = _told(draft.runs, found, "abbreviation-unused", "is introduced and never used again", hint)
            unused.append((found[0].printed, told))
        elif first:
            hint = f"Introduce it where it stands first; now it is the {_ordinal(first + 1)} time."
            yield _told(draft.runs, found[:1], "abbreviation-early", "is used before it is introduced", hint)
    yield from together(unused, "acronyms are introduced and never used again")


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")


def _words(runs: Sequence[Run]) -> set[str]:
    """What the draft also writes in small letters: SHALL is stress, and no acronym."""
    return {word for run in runs for word in re.findall(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])", run.printed)}


def _undefined(runs: Sequence[Run], found: Sequence[Acronym]) -> Finding:
    hint = f"Introduce it where it stands first: the full name（{found[0].printed}）, or add it to the glossary."
    return _told(runs, found, "abbreviation-undefined", "is nowhere explained, nor in the glossary", hint)


def _told(runs: Sequence[Run], found: Sequence[Acronym], code: str, what: str, hint: str) -> Finding:
    spans = [runs[one.run].span(one.start, one.end) for one in found]
    return at(Finding(code, f"{found[0].printed} {what}.", hint, spans[0]), spans)


def _short(record: Record) -> Short:
    start, end = cast(list[int], record.fields["abbr_span"])
    printed, full = str(record.fields["abbr"]), str(record.fields["full"])
    return Short(name_key(printed), printed, full, bool(record.fields["sure"]), Span(start, end))


def _unused(runs: Sequence[Run], short: Sequence[Short]) -> Iterator[Finding]:
    given: dict[str, list[Short]] = defaultdict(list)
    for one in short:
        given[one.key].append(one)
    for key, same in given.items():
        if _count(runs, key, same) <= len(same):
            message = f"{same[0].printed} is introduced for {same[0].full} and never used again."
            yield Finding("abbreviation-unused", message, "Use it, or leave it out.", same[0].span)


def _count(runs: Sequence[Run], key: str, same: Sequence[Short]) -> int:
    """How often a short form stands outside its long one."""
    longer = [re.escape(full) for one in same if key in (full := name_key(one.full))]
    either = re.compile("|".join([*longer, f"(?P<short>{re.escape(key)})"]))
    return sum(bool(found["short"]) for run in runs for found in either.finditer(run.key))


def _ambiguous(short: Sequence[Short]) -> Iterator[Finding]:
    given: dict[str, list[Short]] = defaultdict(list)
    for one in short:
        alike = [o for o in given[one.key] if within(_key(o), _key(one)) or within(_key(one), _key(o))]
        if one.sure and not alike:
            given[one.key].append(one)
    for same in given.values():
        if len(same) > 1:
            message = f"{same[0].printed} stands for {' and for '.join(one.full for one in same)}."
            hint = "Give one of them another short form."
            yield at(Finding("abbreviation-ambiguous", message, hint, same[0].span), [o.span for o in same[1:]])


def _key(one: Short) -> str:
    return name_key(one.full)
