"""Markdown: headings, items and tables by their marks; every other line as it is printed.

The text is never changed: a mark (``##``, ``-``, ``>``, ``|``) merely stays outside the block's span. A numeral that
is printed (``1.``) is no mark but a part of the text, which the structure stage reads. The span of a note's marker,
``[^1]``, holds its label alone; so does that of ``<sup>1</sup>``. The note's block holds its text, ``label`` the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tongwen.decode.content import Content
from tongwen.decode.markdown_notes import note_begin, note_marks, raised
from tongwen.decode.markdown_table import table
from tongwen.decode.plain import LINE
from tongwen.model import Block, Json, Problem, Span

_FRONT = re.compile(
    r"\ufeff?---[ \t]*\r?\n"
    r"((?:(?:[\w-]+[ \t]*:[^\n]*|[ \t]+[^\n]*|-[ \t][^\n]*|#[^\n]*|\r?)\n)*?)"  # lines that may be YAML
    r"(?:---|\.\.\.)[ \t]*(?=\r?\n|\r?\Z)"
)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*):[ \t]+(\S.*)$", re.M)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_QUOTE = re.compile(r"(?:>[ \t]?)+\s*")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+\s*|$)")
_ATX_END = re.compile(r"(?<![ \t])[ \t]+#+$")
_ITEM = re.compile(r"[-*+][ \t\u3000]+(?=\S)")
_EMPTY_ITEM = re.compile(r"[-*+]")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)(?:\{[^{}]*\})?")
_CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_DEFINITION = re.compile(r"[:~][ \t]+(?=\S)")
_TAGS = re.compile(r"(?:</?[a-zA-Z][^<>]*>[ \t]*)+")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")  # with a backtick behind them, backticks are code in a line
_SETEXT = re.compile(r"=+|--+")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}")
_WIDEST = 1000  # columns; a line with more bars is no row of a table
_FIRST = frozenset("#>`~=-*_+|:!<[")
"""What a line begins with that is more than a plain one, but for the word Table before a colon."""

_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")


@dataclass(slots=True)
class _Reader:
    """One pass over the lines; what stands open at a line is the reader's state."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    fence: str = ""
    indents: list[int] = field(default_factory=list)
    plain: Span | None = None  # the line just before, if it is a plain one: it may be a heading or a table's header
    rows: list[Span] = field(default_factory=list)  # the lines of the table that is open, that of dashes too
    quoted: bool = False
    note: str = ""  # the label of the note that is open
    raised: set[str] = field(default_factory=set)  # the numbers that have been set high
    code: set[Span] = field(default_factory=set)
    noted: bool = False  # whether there may be notes, or numbers set high

    def read(self, start: int, end: int) -> None:
        """The lines of a part of the text. Most are plain, which their first character tells."""
        text = self.text
        for match in LINE.finditer(text, start, end):
            at, stop = match.span()
            span = Span(at, stop)
            marked = text[at] in _FIRST or text.startswith("able:", at + 1)
            if marked or self.noted or self.fence or self.rows:
                self._line(span)
            else:
                self.indents.clear()
                self.blocks.append(Block("line", span))
                self.plain = span

    def _line(self, span: Span) -> None:
        start, end = span.start, span.end
        quote = None if self.fence else _QUOTE.match(self.text, start, end)
        self.quoted = quote is not None
        start = quote.end() if quote else start
        if start < end:
            self._marked(Span(start, end))

    def _marked(self, span: Span) -> None:
        printed = span.of(self.text)
        if self.fence or _FENCE.match(printed):
            self._fenced(span, printed)
        elif self.rows and 0 < printed.count("|") <= _WIDEST and self._follows(self.rows[-1], span):
            self.rows.append(span)
        else:
            self.close()
            self._open(span, printed)

    def _fenced(self, span: Span, printed: str) -> None:
        self.close()
        mark = _FENCE.match(printed)
        if not self.fence and mark:
            self.fence = mark[0]
        elif mark and mark[0].startswith(self.fence) and printed == mark[0]:
            self.fence = ""
        else:
            self.blocks.append(Block("line", span))
            self.code.add(span)

    def _open(self, span: Span, printed: str) -> None:
        before, self.plain = self.plain, None
        label, self.note = self.note, ""
        if atx := _ATX.match(printed):
            end = _ATX_END.search(printed)
            stop = max(atx.end(), end.start()) if end else len(printed)
            self._add("heading", Span(span.start + atx.end(), span.start + stop), len(atx[1]))
        elif before and self._follows(before, span) and _SETEXT.fullmatch(printed):
            self.blocks[-1] = Block("heading", before, 1 if printed[0] == "=" else 2)
        elif before and self._follows(before, span) and self._delimits(before, printed):
            self.blocks.pop()
            self.rows = [before, span]
        elif _RULE.fullmatch(printed) or _EMPTY_ITEM.fullmatch(printed):
            return
        elif item := _ITEM.match(printed):
            self._add("item", Span(span.start + item.end(), span.end), self._depth(span.start))
        elif not self._add_named(span, printed, before, label) and not _TAGS.fullmatch(printed):
            self._add("quote" if self.quoted else "line", span)
            self.plain = span

    def _delimits(self, before: Span, printed: str) -> bool:
        """Whether it is the line of dashes that makes the one before a table's header."""
        bars = 0 < printed.count("|") <= _WIDEST and "|" in before.of(self.text)
        return bars and bool(_DELIMITER.fullmatch(printed))

    def _add_named(self, span: Span, printed: str, before: Span | None, label: str) -> bool:
        """A note, a caption or a definition, by the mark before it; a line in the note that is open (``label``)."""
        if note := self._note(span, printed, label):
            self.blocks.append(note)
            self.note = note.label
        elif image := _IMAGE.fullmatch(printed):
            self._add("caption", Span(span.start + image.start(1), span.start + image.end(1)))
        elif (caption := _CAPTION.match(printed)) and self._is_by_table(span):
            self._add("caption", Span(span.start + caption.end(), span.end))
        elif before and (definition := _DEFINITION.match(printed)):
            self._add("line", Span(span.start + definition.end(), span.end))
        else:
            return False
        return True

    def _note(self, span: Span, printed: str, label: str) -> Block | None:
        if (begin := note_begin(printed)) and (begin.printed or begin.label in self.raised):
            return Block("note", Span(span.start + begin.length, span.end), label=begin.label)
        self.raised.update(raised(printed))
        if label and (self._indent(span.start) > 1 or self._follows(self.blocks[-1].span, span)):
            return Block("note", span, label=label)
        return None

    def _is_by_table(self, span: Span) -> bool:
        """Whether the line stands next to a table: before it by its word, Table:, or after it."""
        last = self.blocks[-1] if self.blocks else None
        return span.of(self.text)[:1] != ":" or bool(last and last.kind == "table")

    def _indent(self, start: int) -> int:
        return start - max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) - 1

    def _add(self, kind: str, span: Span, level: int = 0) -> None:
        if kind != "item":
            self.indents.clear()
        if len(span):
            self.blocks.append(Block(kind, span, level))  # type: ignore[arg-type]

    def _follows(self, before: Span, span: Span) -> bool:
        return self.text.count("\n", before.end, span.start) <= 1

    def _depth(self, start: int) -> int:
        """How deep the item is nested, by the columns of the items still open."""
        indent = self._indent(start)
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)
        return len(self.indents)

    def close(self) -> None:
        """End the table that is open."""
        if self.rows:
            header, _, *rows = self.rows
            self.blocks.append(table(self.text, [header, *rows]))
            self.rows = []


def read_markdown(text: str) -> Content:
    front = _FRONT.match(text)
    reader = _Reader(text)
    shown = list(_shown(text, front.end() if front else 0))
    reader.noted = any(text.find(mark, *part) >= 0 for mark in ("<", "[^") for part in shown)
    for part in shown:
        reader.read(*part)
    reader.close()
    metadata = _metadata(front[1]) if front else {}
    titles = tuple(_titles(text, reader.blocks, metadata))
    problems = tuple(_unclosed(text, front.end() if front else 0))
    written = [block for block in reader.blocks if block.span not in reader.code] if reader.noted else []
    marks = tuple(note_marks(text, written))
    return Content(text, tuple(reader.blocks), titles, metadata, problems, marks)


def _shown(text: str, position: int) -> Iterator[tuple[int, int]]:
    """What is no comment."""
    for comment in _COMMENT.finditer(text, position):
        yield position, comment.start()
        position = comment.end()
    yield position, len(text)


def _unclosed(text: str, position: int) -> Iterator[Problem]:
    """The last comment, where the file ends in it: the mark-up says that all of it is hidden."""
    last = next((at.start() for at in _COMMENT.finditer(text, position) if not at[0].endswith("-->")), None)
    if last is not None:
        message = "A comment begins here that does not end, so nothing after it is read."
        yield Problem("unclosed-comment", message, "Close it with -->.", Span(last, last + len("<!--")))


def _metadata(front: str) -> dict[str, Json]:
    return {match[1].lower(): match[2].rstrip().strip("\"'") for match in _FIELD.finditer(front)}


def _titles(text: str, blocks: list[Block], metadata: dict[str, Json]) -> Iterator[str]:
    if isinstance(title := metadata.get("title"), str):
        yield title
    first = next((block for block in blocks if block.kind == "heading" and block.level == 1), None)
    if first:
        yield first.span.of(text)
