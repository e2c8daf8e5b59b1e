"""What is printed of one paragraph: the text of its runs, note marks, page beginnings and text boxes anchored in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.etree.ElementTree import Element

from tongwen.decode.docx.changes import Changes
from tongwen.decode.docx.elements import child, children, name, value
from tongwen.decode.docx.fields import Field
from tongwen.decode.docx.glyphs import glyph, seen
from tongwen.decode.docx.inline import Inline
from tongwen.decode.docx.notes import NoteKey, Notes
from tongwen.decode.docx.styles import Style, Styles, is_bold, is_hidden, is_raised
from tongwen.decode.note_links import leads_back

_BREAKS = {"page": "", "column": ""}  # these leave the line; any other break ends it
_HYPHEN = "\u2011"
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass(slots=True)
class _Run:
    """What the run at hand says of its text."""

    properties: Element | None = None
    hidden: bool = False
    mark: tuple[int, NoteKey] | None = None  # a note's mark that is typed behind the reference


@dataclass(slots=True)
class Runs:
    """Reads paragraphs in order; ``fields``: those still open; ``passed``: the anchors so far."""

    styles: Styles
    notes: Notes
    changes: Changes
    inline: Inline = field(default_factory=Inline)
    run: _Run = field(default_factory=_Run)
    fields: list[Field] = field(default_factory=list)
    style: Style = field(default_factory=Style)
    passed: set[str] = field(default_factory=set)

    def read(self, paragraph: Element, style: Style, inline: Inline) -> None:
        """Write what is printed of ``paragraph`` into ``inline``. The code of a field never goes on after it."""
        self.inline, self.style = inline, style
        for each in self.fields:
            each.at_code = False
        self._read(paragraph)

    def _read(self, parent: Element) -> None:
        for element in parent:
            tag = name(element)
            if (action := _ACTIONS.get(tag)) is not None:
                action(self, element)
            elif tag not in _SKIPPED and not tag.endswith("Pr"):
                self._read(element)

    def _write(self, printed: str) -> None:
        if not self.run.hidden and not self._at_code():
            self.inline.write(printed)

    def _run(self, element: Element) -> None:
        before = self.run
        properties = child(element, "rPr")
        self.run = _Run(properties, is_hidden(properties, self.styles, self.style))
        length = self.inline.length
        self._read(element)
        if self.inline.length > length:
            self._look(properties, length)
        if self.run.mark and self.run.mark[0] < self.inline.length:
            start, key = self.run.mark
            self.inline.marks.append((start, self.inline.length, key))
        self.run = before

    def _look(self, properties: Element | None, start: int) -> None:
        bold = is_bold(properties, self.styles, self.style)
        self.inline.bold = bold if self.inline.bold is None else bold and self.inline.bold
        if is_raised(properties, self.styles):
            joined = self.inline.raised and self.inline.raised[-1][1] == start
            begin = self.inline.raised.pop()[0] if joined else start
            self.inline.raised.append((begin, self.inline.length))

    def _anchor(self, element: Element) -> None:
        self.passed.add(value(element, "name"))
        if not self.inline.length:
            self.inline.anchors.append((self.inline.length, value(element, "name")))

    def _link(self, element: Element) -> None:
        """A link that leads back from a note to its mark is not printed: it is there for the screen."""
        anchor, start, pieces = value(element, "anchor"), self.inline.length, len(self.inline.pieces)
        self._read(element)
        if anchor in self.passed and leads_back("".join(self.inline.pieces[pieces:])):
            self.inline.cut(pieces)
        elif anchor and self.inline.length > start:
            self.inline.links.append((start, self.inline.length, anchor))

    def _text(self, element: Element) -> None:
        printed = (element.text or "").replace("\n", " ").replace("\r", " ")
        if "\uf020" <= max(printed, default="") <= "\uf0ff":
            fonts = child(self.run.properties, "rFonts")
            printed = seen(printed, value(fonts, "ascii") or value(fonts, "hAnsi"))
        self._write(printed)

    def _break(self, element: Element) -> None:
        self._write(_BREAKS.get(value(element, "type"), "\n"))

    def _symbol(self, element: Element) -> None:
        place = value(element, "char")
        if 0 < len(place) <= 4 and all(digit in "0123456789abcdefABCDEF" for digit in place):
            self._write(glyph(value(element, "font"), int(place, 16)))

    def _field(self, element: Element) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].at_code = False
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            self._write(ended.drawn() if ended.at_code else "")

    def _at_code(self) -> bool:
        return any(each.at_code for each in self.fields)

    def _code(self, element: Element) -> None:
        if self.fields:
            self.fields[-1].code += element.text or ""

    def _note(self, element: Element) -> None:
        if self.run.hidden or self._at_code():
            return
        key = NoteKey(_NOTES[name(element)], value(element, "id"))
        if value(element, "customMarkFollows") in ("1", "true", "on"):
            self.notes.mark(key)
            self.run.mark = (self.inline.length, key)
            return
        printed = self.notes.refer(key)
        self.inline.marks.append((self.inline.length, self.inline.length + len(printed), key))
        self._write(printed)

    def _page(self, _: Element) -> None:
        self.inline.pages.append(self.inline.length)
        self.notes.turn_page()

    def _changed(self, element: Element) -> None:
        self.changes.accept()
        if name(element) in ("ins", "moveTo"):
            self._read(element)

    def _alternative(self, element: Element) -> None:
        if (chosen := alternative(element)) is not None:
            self._read(chosen)

    def _ruby(self, element: Element) -> None:
        for base in children(element, "rubyBase"):
            self._read(base)

    def _drawing(self, element: Element) -> None:
        if not self.run.hidden:
            self.inline.boxes += text_boxes(element)
            self.changes.look(element)

    def _denominator(self, element: Element) -> None:
        self._write("/")
        self._read(element)


def alternative(element: Element) -> Element | None:
    """Of several versions of the same (ECMA-376 part 3, section 7.5) the first, which is for who understands more."""
    choice = child(element, "Choice")
    return child(element, "Fallback") if choice is None else choice


def text_boxes(drawing: Element) -> Iterator[Element]:
    """The outermost contents of text boxes in a drawing, whatever group or canvas they stand in."""
    for element in drawing:
        if name(element) == "txbxContent":
            yield element
        elif name(element) == "AlternateContent":
            if (chosen := alternative(element)) is not None:
                yield from text_boxes(chosen)
        else:
            yield from text_boxes(element)


_SKIPPED = frozenset(("delText", "delInstrText", "fldData", "rt", "txbxContent", "chr", "pos"))
_ACTIONS: Mapping[str, Callable[[Runs, Element], None]] = MappingProxyType(
    {
        "r": Runs._run,
        "t": Runs._text,
        "bookmarkStart": Runs._anchor,
        "hyperlink": Runs._link,
        "tab": lambda runs, _: runs._write("\t"),
        "ptab": lambda runs, _: runs._write("\t"),
        "br": Runs._break,
        "cr": lambda runs, _: runs._write("\n"),
        "noBreakHyphen": lambda runs, _: runs._write(_HYPHEN),
        "sym": Runs._symbol,
        "fldChar": Runs._field,
        "instrText": Runs._code,
        "footnoteReference": Runs._note,
        "endnoteReference": Runs._note,
        "lastRenderedPageBreak": Runs._page,
        "ins": Runs._changed,
        "del": Runs._changed,
        "moveFrom": Runs._changed,
        "moveTo": Runs._changed,
        "AlternateContent": Runs._alternative,
        "ruby": Runs._ruby,
        "drawing": Runs._drawing,
        "pict": Runs._drawing,
        "object": Runs._drawing,
        "den": Runs._denominator,
    }
)
