"""Foot- and endnotes: the number that is printed for each reference, and which notes are to be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tongwen.decode.docx.elements import child, number, value
from tongwen.decode.docx.formats import printed

KINDS = ("footnotes", "endnotes")
_PROPERTIES = {"footnotes": "footnotePr", "endnotes": "endnotePr"}
_FORMS = {"footnotes": "decimal", "endnotes": "lowerRoman"}  # where nothing is said: section 17.11.17 and .18


class NoteKey(NamedTuple):
    """``kind``: footnotes or endnotes, which number their ``id`` apart."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How the notes of a section are numbered (``w:footnotePr``): from ``start``, anew ``eachSect`` or ``eachPage``."""

    form: str
    start: int = 1
    restart: str = "continuous"

    def changed(self, properties: Element | None) -> Manner:
        start = number(child(properties, "numStart"))
        return replace(
            self,
            form=value(child(properties, "numFmt")) or self.form,
            start=self.start if start is None else start,
            restart=value(child(properties, "numRestart")) or self.restart,
        )


@dataclass(slots=True)
class _Count:
    manners: list[Manner]  # of each section, the last one for all that follow
    section: int = 0
    next: int = 0

    def __post_init__(self) -> None:
        self.next = self.manner.start

    @property
    def manner(self) -> Manner:
        return self.manners[min(self.section, len(self.manners) - 1)]


@dataclass(slots=True)
class Notes:
    """``labels``: the notes referred to, in order, with their printed marks ("": typed by the author)."""

    counts: dict[str, _Count] = field(default_factory=dict)
    labels: dict[NoteKey, str] = field(default_factory=dict)

    def refer(self, key: NoteKey) -> str:
        """What is printed at a reference."""
        if key in self.labels:
            return self.labels[key]
        count = self.counts[key.kind]
        self.labels[key] = printed(count.next, count.manner.form)
        count.next += 1
        return self.labels[key]

    def mark(self, key: NoteKey) -> None:
        """A reference with a mark of the author's own, which does not count."""
        self.labels.setdefault(key, "")

    def turn_page(self) -> None:
        for count in self.counts.values():
            if count.manner.restart == "eachPage":
                count.next = count.manner.start

    def end_section(self) -> None:
        for count in self.counts.values():
            count.section += 1
            if count.manner.restart == "eachSect":
                count.next = count.manner.start


def read_notes(settings: Iterable[Element], sections: Iterable[Element]) -> Notes:
    """``settings``: what the whole document says; ``sections``: the properties of each section, in order."""
    manners = {kind: Manner(form) for kind, form in _FORMS.items()}
    for element in settings:
        for kind, wanted in _PROPERTIES.items():
            if element.tag.endswith(f"}}{wanted}"):
                manners[kind] = manners[kind].changed(element)
    listed = list(sections)
    return Notes({kind: _Count([*_manners(manners[kind], listed, kind)]) for kind in KINDS})


def _manners(manner: Manner, sections: list[Element], kind: str) -> Iterator[Manner]:
    for section in sections:
        yield manner.changed(child(section, _PROPERTIES[kind]))
    if not sections:
        yield manner
