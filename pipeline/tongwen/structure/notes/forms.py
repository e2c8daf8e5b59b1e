"""Markers printed in another form than plain digits: [12], （註12）, ¹², ⑫, (12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tongwen import lexicon
from tongwen.structure.notes.candidates import MARKED, Candidate, reaches
from tongwen.structure.notes.signs import value
from tongwen.structure.notes.stream import Cover, Stream

_NUMBER = re.compile(r"[0-9]+|[¹²³⁰⁴-⁹]+|[^0-9]")
_SEPARATORS = " ,、;-"


@dataclass(frozen=True, slots=True)
class Form:
    """How markers may be printed. ``signs``: one of them occurs; ``again``: a number may be cited more than once;
    ``alone``: they are believed without a list of notes below a heading."""

    signs: frozenset[str]
    pattern: re.Pattern[str]
    weight: float
    again: bool
    alone: bool


def formed(page: Stream, marked: Cover) -> dict[str, list[Candidate]]:
    """The candidates of each form that occurs, in printed order."""
    out = {}
    for name, patterns in _forms().items():
        found = {c.start: c for form in patterns for c in _candidates(page, form, marked)}
        if found:
            out[name] = [found[at] for at in sorted(found)]
    return out


def again(form: str) -> bool:
    """Whether markers of this form may cite a note more than once."""
    return any(pattern.again for pattern in _forms().get(form, ()))


def alone(form: str) -> bool:
    """Whether markers of this form are believed without a list of notes below a heading."""
    return all(pattern.alone for pattern in _forms().get(form, ()))


def _candidates(page: Stream, form: Form, marked: Cover) -> Iterator[Candidate]:
    if not any(sign in page.key for sign in form.signs):
        return
    for match in form.pattern.finditer(page.key):
        for sign in _NUMBER.finditer(page.key, match.start(1), match.end(1)):
            if sign[0] not in _SEPARATORS and value(sign[0]):
                told = bool(marked.starts) and marked.holds(page.span(sign.start(), sign.end()).start)
                weight = form.weight + (MARKED if told else 0.0)
                through = reaches(page.key, sign.end())
                yield Candidate(sign.start(), sign.end(), value(sign[0]), weight, told, through)


@cache
def _forms() -> dict[str, list[Form]]:
    out: dict[str, list[Form]] = {}
    for name, signs, pattern, weight, repeated, unlisted, _ in lexicon.rows("note_forms.tsv"):
        form = Form(frozenset(signs), re.compile(pattern), float(weight), repeated == "yes", unlisted == "yes")
        out.setdefault(name, []).append(form)
    return out
