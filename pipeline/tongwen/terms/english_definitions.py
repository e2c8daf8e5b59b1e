"""English definitions: "X" means Y; the term X, as used in this Act, refers to Y; X means Y at the start of a sentence.

The verb is often a noun (by means of, the arithmetic mean), so that what stands before it must be a term: in quotation
marks, announced as one, or a few words at the start of a sentence which hold no verb and no preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tongwen.terms.running import Place, Running
from tongwen.terms.styles import style

_START = re.compile(r"[.;:] (?=\S)|[;:](?=\S)")
_QUOTED = re.compile(r"\"([^\"]*[a-z][^\"]*)\"|'([^']*[a-z][^']*)'")
_END = re.compile(r"(?<=[a-z)\"']{2})[.;](?= ?[\"'(]?[A-Z\"'(])|(?<=[a-z)]); (?=and\b)")
"""The end of a sentence in print: a capital stands behind it."""


def meant(run: Running) -> Iterator[tuple[Place, Place, Place]]:
    """Of each definition of a run: its term, its meaning and its verb."""
    if not style("equating").search(run.key):
        return
    starts = [run.label, *(found.end() for found in _START.finditer(run.key, run.label))]
    for start in starts:
        found = _announced().match(run.key, start)
        if found:
            meaning = (found.end(), _end(run, found.end()))
            for term in _terms(found):
                yield term, meaning, found.span("verb")


def _end(run: Running, start: int) -> int:
    found = _END.search(run.printed, start)
    return found.start() + 1 if found else len(run.key)


def _terms(found: re.Match[str]) -> Iterator[Place]:
    if found["bare"] is not None:
        yield found.span("bare")
        return
    for quoted in _QUOTED.finditer(found.string, *found.span("quoted")):
        start, end = quoted.span(1 if quoted[1] else 2)
        inner = found.string[start:end]
        yield end - len(inner.lstrip()), start + len(inner.rstrip(" ,"))


@cache
def _announced() -> re.Pattern[str]:
    """What may stand before the verb, the term in the group ``quoted`` or ``bare``, and the verb."""
    before, used, verb = (style(role).pattern for role in ("before", "used", "english"))
    bracket = r"(?: ?\([^()]{1,60}\))?"
    one = rf"(?:\"[^\"]{{2,80}}\"|'[^']{{2,80}}'){bracket}"
    quoted = rf"[^.;:\"]{{0,60}}?(?P<quoted>{one}(?:(?:,| and| or|, and|, or|/) ?{one})*)"
    word = rf"(?!(?:{style('no word').pattern})\b)[a-z0-9][a-z0-9'/&-]*"
    bare = rf"(?P<bare>{word}(?:(?:, | ){word}){{0,7}}?){bracket}"
    return re.compile(rf"(?:{before})*(?:{quoted}|{bare})(?:{used})?,?(?P<verb>{verb})")
