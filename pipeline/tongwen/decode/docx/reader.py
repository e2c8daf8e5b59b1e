"""The parts of a DOCX document put together: body, notes, title, metadata."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tongwen.decode.content import Content
from tongwen.decode.docx.changes import Changes
from tongwen.decode.docx.counters import Counters
from tongwen.decode.docx.elements import name, value
from tongwen.decode.docx.notes import KINDS, NoteKey, Notes, read_notes
from tongwen.decode.docx.numbering import List, read_numbering
from tongwen.decode.docx.package import Package
from tongwen.decode.docx.properties import head_lines, metadata_of, titles_of
from tongwen.decode.docx.story import Story
from tongwen.decode.docx.styles import Styles, read_styles
from tongwen.errors import UnreadableFile
from tongwen.model import Problem

_BODY = 2  # the depth at which the body's elements stand
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_docx(data: bytes, name: str) -> Content:
    """``name`` is the file's. Notes stand at the end of the text.

    :raises UnreadableFile: no DOCX, encrypted, damaged, or beyond a bound of size or depth
    """
    if data.startswith(_OLD):
        raise _locked(data, name)
    return _Reader(Package(data, name)).read()


def _locked(data: bytes, name: str) -> UnreadableFile:
    if _ENCRYPTED in data:
        return UnreadableFile(f"{name} is protected with a password.", "Save it without one.")
    return UnreadableFile(f"{name} is an old Word file (DOC).", "Save it as DOCX.")


@dataclass(slots=True)
class _Reader:
    package: Package
    main: str = ""
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> Content:
        self.main = next(iter(self.package.related("", "officeDocument")), "word/document.xml")
        story = self._story()
        story.read(self._body())
        story.finish()
        self._notes(story)
        writer, text = story.writer, story.writer.text()
        core = [element for part in self.package.related("", "core-properties") for element in self._part(part)]
        metadata = metadata_of(core)
        heads = [line for part in self.package.related(self.main, "header") for line in head_lines(self._part(part))]
        marks = writer.bound_marks()
        return Content(
            text,
            tuple(writer.blocks),
            tuple(titles_of(story, metadata, heads)),
            metadata,
            (*story.changes.problems(), *self.problems),
            marks,
            (0, *(page for page in writer.pages if page)) if writer.pages else (),
        )

    def _story(self) -> Story:
        styles = read_styles(self._related("styles"))
        return Story(styles, Counters(self._lists(styles)), self._numbers(), Changes())

    def _lists(self, styles: Styles) -> dict[str, List]:
        numbers = {id_: style.num_id for id_, style in styles.styles.items() if style.num_id}
        return read_numbering(self._related("numbering")).resolve(numbers)

    def _numbers(self) -> Notes:
        has_notes = any(self.package.related(self.main, kind) for kind in KINDS)
        return read_notes(self._related("settings"), self._sections() if has_notes else ())

    def _sections(self) -> Iterator[Element]:
        for element in self._body():
            for section in element.iter():
                if name(section) == "sectPr":
                    yield section

    def _body(self) -> Iterator[Element]:
        return self.package.elements(self.main, _BODY, "document")

    def _related(self, kind: str) -> Iterator[Element]:
        for part in self.package.related(self.main, kind):
            yield from self._part(part)

    def _part(self, part: str) -> Iterator[Element]:
        """A part without which the text can still be read: where it is damaged, that is told."""
        try:
            yield from self.package.elements(part)
        except UnreadableFile as fault:
            hint = "Numbers, headings or notes may be missing."
            self.problems.append(Problem("part-unreadable", fault.message, hint))

    def _notes(self, story: Story) -> None:
        """Foot- before endnotes, each in the order of its references; a note that nothing refers to is not printed."""
        found: dict[NoteKey, str] = {}
        boxes: list[Element] = []
        for kind in KINDS:
            for note in self._related(kind):
                if (key := NoteKey(kind, value(note, "id"))) in story.notes.labels:
                    inline = story.flat(note, "\n")
                    found[key] = inline.text.strip()
                    boxes += inline.boxes
        for kind in KINDS:
            for key, label in story.notes.labels.items():
                if key.kind == kind and (text := found.get(key)):
                    story.writer.note(key, f"{label} {text}" if label else text, label)
        story.boxes(boxes)
