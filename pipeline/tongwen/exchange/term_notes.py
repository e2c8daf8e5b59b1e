"""What a format has no field for and stands in notes at a term, each behind its label (``parts.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tongwen.concept import Term
from tongwen.exchange.parts import as_place, labelled, split, unlabelled

CONVERTED = "made from a form of the other script by a machine"
_FOUND = re.compile(r"([0-9]{1,18}) times in ([0-9]{1,18}) texts")


def notes(t: Term) -> Iterator[str]:
    """The term's own note first; not the places, which stand where the format likes them."""
    if t.note:
        yield unlabelled(t.note)
    if t.converted:
        yield labelled("converted", CONVERTED)
    if t.scope:
        yield labelled("scope", t.scope)
    if t.count or t.documents:
        yield labelled("found", f"{t.count} times in {t.documents} texts")
    if t.score is not None:
        yield labelled("score", repr(t.score))


def noted(t: Term, note: str) -> Term:
    """``t`` with what ``note`` says of it; a note that is not one of ours is added to its note."""
    label, text = split(note)
    found, place, score = _FOUND.fullmatch(text), as_place(text), _number(text)
    if label == "converted" and text == CONVERTED:
        return replace(t, converted=True)
    if label == "scope" and not t.scope:
        return replace(t, scope=text)
    if label == "found" and found:
        return replace(t, count=int(found[1]), documents=int(found[2]))
    if label == "place" and place:
        return replace(t, found=(*t.found, place))
    if label == "score" and score is not None:
        return replace(t, score=score)
    return with_note(t, text if label == "note" else note)


def with_note(t: Term, note: str) -> Term:
    """A term has one note; several are set apart by semicolons."""
    return replace(t, note="; ".join(filter(None, (t.note, note))))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
