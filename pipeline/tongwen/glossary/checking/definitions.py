"""Definitions of a draft: of terms that it never uses, and of one term twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from tongwen.glossary.checking.findings import Draft, Finding, Run, at, together
from tongwen.glossary.checking.forms import particles
from tongwen.glossary.naming import name_key
from tongwen.model import Record, Span

QUOTES = "\"' "
OTHER = "other"  # the scope of a term of another text


def definitions(draft: Draft) -> Iterator[Finding]:
    """A phrase with particles in it is explained where it stands, and is no name to be used."""
    defined: dict[str, list[Record]] = defaultdict(list)
    for record in draft.records:
        if record.kind == "definition" and record.fields.get("scope") != OTHER:
            defined[name_key(str(record.fields["term"])).strip(QUOTES)].append(record)
    shorter = _shorter(draft.records)
    names = {key: same for key, same in defined.items() if _is_name(key)}
    idle = [same for key, same in names.items() if not _used(draft.runs, {key, *shorter[key]}, same)]
    unused = [(str(same[0].fields["term"]).strip(), _unused(same[0])) for same in idle]
    yield from together(unused, "terms are defined and never used")
    for records in defined.values():
        yield from _twice(records)


def _is_name(key: str) -> bool:
    return bool(key) and particles().isdisjoint(map(ord, key)) and not re.search(r"[,;:.\"]", key)


def _shorter(records: Sequence[Record]) -> dict[str, set[str]]:
    """The short forms and acronyms of each name, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.kind == "abbreviation":
            found[name_key(str(record.fields["full"]))].add(name_key(str(record.fields["abbr"])))
    return found


def _used(runs: Sequence[Run], keys: Iterable[str], records: Sequence[Record]) -> bool:
    """Whether a name stands outside its own definitions, as it is or in the plural, or as a part of a longer one."""
    own = [_span(record, field) for record in records for field in ("term_span", "definition_span")]
    pattern = re.compile("|".join(map(_pattern, keys)))
    places = (run.span(*found.span()) for run in runs for found in pattern.finditer(run.key))
    return any(not any(around.holds(place) for around in own) for place in places)


def _pattern(key: str) -> str:
    plural = rf"(?<![a-z0-9])(?:{re.escape(key)}|{re.escape(key[:-1])}ies)(?:e?s)?(?![a-z0-9])"
    return plural if key.isascii() else re.escape(key)


def _unused(record: Record) -> Finding:
    message = f"{str(record.fields['term']).strip()} is defined and never used."
    return Finding("definition-unused", message, "Use the term, or leave out its definition.", _span(record))


def _twice(records: Sequence[Record]) -> Iterator[Finding]:
    """Only definitions that hold everywhere: what two articles mean by one word for themselves is no fault."""
    whole = [record for record in records if record.fields.get("scope") == "document"]
    if len(whole) > 1:
        message = f"{str(whole[0].fields['term']).strip()} is defined {len(whole)} times."
        hint = "Define it once; say so where it has another meaning in some part."
        yield at(Finding("definition-twice", message, hint, _span(whole[0])), [_span(r) for r in whole[1:]])


def _span(record: Record, field: str = "term_span") -> Span:
    start, end = cast(list[int], record.fields[field])
    return Span(start, end)
