"""Definitions of a draft: of terms that it never uses, and of one term twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import cast

from tongwen.glossary.checking.findings import Draft, Finding, Run, at
from tongwen.glossary.naming import name_key
from tongwen.model import Record, Span

OTHER = "other"  # the scope of a term of another text


def definitions(draft: Draft) -> Iterator[Finding]:
    defined: dict[str, list[Record]] = defaultdict(list)
    for record in draft.records:
        if record.kind == "definition" and record.fields.get("scope") != OTHER:
            defined[name_key(str(record.fields["term"]))].append(record)
    for key, records in defined.items():
        if key and not _used(draft.runs, key, records):
            yield _unused(records[0])
        yield from _twice(records)


def _used(runs: Sequence[Run], key: str, records: Sequence[Record]) -> bool:
    """Whether a name stands outside its own definitions, as it is or in the plural, or as a part of a longer one."""
    own = [_span(record, field) for record in records for field in ("term_span", "definition_span")]
    plural = rf"(?<![a-z0-9])(?:{re.escape(key)}|{re.escape(key[:-1])}ies)(?:e?s)?(?![a-z0-9])"
    pattern = re.compile(plural if key.isascii() else re.escape(key))
    places = (run.span(*found.span()) for run in runs for found in pattern.finditer(run.key))
    return any(not any(around.holds(place) for around in own) for place in places)


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
