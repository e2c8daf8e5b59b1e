"""What is printed of a paragraph, a cell or a note, before it is known where in the text it will stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tongwen.decode.docx.notes import NoteKey


@dataclass(slots=True)
class Inline:
    """``text`` has a line feed for a line break. ``marks`` are places of note marks, ``pages`` where a page begins,
    ``raised`` what is set high, ``links`` what leads elsewhere in the document, ``anchors`` the places that links name
    and before which nothing is printed."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, int, NoteKey]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    anchors: list[tuple[int, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bold: bool | None = None  # whether all that is printed is bold

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def write(self, printed: str) -> None:
        self.pieces.append(printed)
        self.length += len(printed)

    def add(self, other: Inline) -> None:
        """Go on with what another one holds."""
        self.marks += [(start + self.length, end + self.length, key) for start, end, key in other.marks]
        self.pages += [page + self.length for page in other.pages]
        self.raised += [(start + self.length, end + self.length) for start, end in other.raised]
        self.links += [(start + self.length, end + self.length, anchor) for start, end, anchor in other.links]
        self.anchors += [(place + self.length, anchor) for place, anchor in other.anchors]
        self.boxes += other.boxes
        if other.bold is not None:
            self.bold = other.bold and self.bold is not False
        self.write(other.text)

    def cut(self, pieces: int) -> None:
        """Take back what has been written after the first ``pieces``."""
        self.length -= sum(map(len, self.pieces[pieces:]))
        del self.pieces[pieces:]
