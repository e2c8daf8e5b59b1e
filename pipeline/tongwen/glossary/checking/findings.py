"""What a check of a draft tells, and what it is told about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tongwen.glossary import occurrences
from tongwen.model import Record, Span


class Run(occurrences.Run, Protocol):
    """A passage of a draft, which knows where each of its characters stands."""

    @property
    def places(self) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to be checked: its passages in reading order, all its records (what it says behind the others), and the
    BCP 47 tag of its language, with the region where that is known."""

    language: str
    runs: tuple[Run, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` is a stable kebab-case name, ``message`` one sentence, ``hint`` what to do about it.

    ``span``: the evidence in the draft, of a pair in its target; ``more``: further places of the same.
    ``source``: in a pair, what it is about in the source. ``concept``: the entry's id, ``suggestion``: what the
    glossary has for it; both empty where the draft alone shows the fault. ``absent``: something is missing, and
    ``span`` is the whole passage in which it should stand.
    """

    code: str
    message: str
    hint: str
    span: Span
    concept: str = ""
    suggestion: str = ""
    more: tuple[Span, ...] = ()
    source: Span | None = None
    absent: bool = False


SEVERAL = 4  # findings of one kind that are told one by one


def together(findings: Sequence[tuple[str, Finding]], what: str) -> list[Finding]:
    """``findings``, each with the name that it is about; where there are many, one that lists their names.

    ``what`` is said of all, behind their number.
    """
    if len(findings) <= SEVERAL:
        return [finding for _, finding in findings]
    named = ", ".join(name for name, _ in findings)
    told = replace(findings[0][1], message=f"{len(findings)} {what}: {named}.")
    return [at(told, [finding.span for _, finding in findings])]


def at(finding: Finding, spans: Sequence[Span]) -> Finding:
    """The finding at the first of ``spans``, the others with it."""
    first, *more = sorted(spans)
    return replace(finding, span=first, more=tuple(more))
