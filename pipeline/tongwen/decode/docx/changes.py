"""What is told of a document rather than read: changes that were accepted, and parts that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tongwen.decode.docx.elements import name
from tongwen.model import Problem

_UNREAD = {"chart": "chart", "relIds": "diagram"}  # the element in a drawing that refers to another part


@dataclass(slots=True)
class Changes:
    """``accepted`` counts insertions, deletions and moves; changes of format alone change no text."""

    accepted: int = 0
    unread: dict[str, int] = field(default_factory=dict)

    def accept(self) -> None:
        self.accepted += 1

    def leave(self, what: str) -> None:
        self.unread[what] = self.unread.get(what, 0) + 1

    def look(self, drawing: Element) -> None:
        """Count what a drawing shows that is text of another part."""
        for element in drawing.iter():
            if (what := _UNREAD.get(name(element))) is not None:
                self.leave(what)

    def problems(self) -> Iterator[Problem]:
        if self.accepted:
            several = "changes were" if self.accepted > 1 else "change was"
            message = f"{self.accepted} tracked {several} read as accepted."
            yield Problem("tracked-changes", message, "Accept or reject them in a word processor.")
        for what, count in self.unread.items():
            message = f"{count} {what}{'s' if count > 1 else ''} of the document cannot be read."
            yield Problem("part-not-read", message, "Compare the text with the document.")
