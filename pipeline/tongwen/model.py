"""What a thing is: the types that pass between the stages.

Every offset counts code points in a document's original text, as decoded. ``Span`` is the only currency:
records never carry text that cannot be cut out of the original again. All types are frozen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, NoReturn

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

NOTHING: Mapping[str, Json] = {}
"""What a record or a document has no more of; read, and never changed."""

Language = Literal["zh-Hans", "zh-Hant", "en", "und"]

Format = Literal["text", "markdown", "html", "docx", "pdf", "json"]

BlockKind = Literal["line", "paragraph", "heading", "item", "table", "quote", "caption", "note"]

RecordKind = Literal[
    "article",
    "provision",
    "section",
    "paragraph",
    "table",
    "box",
    "footnote",
    "list",
    "figure",
    "definition",
    "abbreviation",
    "deeming",
]

SAID: tuple[RecordKind, ...] = ("definition", "abbreviation", "deeming")
"""Kinds of what a text says, where the others are what it is made of."""

Role = Literal["intro", "body", "wrapup"]


class Span:
    """``[start, end)`` in code points of the original text. Spans are ordered by where they start, then by their ends.

    Written out: spans are made and compared by the million, in half the time that a frozen dataclass takes, and a
    search would wait for ``dataclasses`` for their sake alone.
    """

    __slots__ = ("end", "start")
    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            raise ValueError(f"a span runs forwards from 0: [{start}, {end})")
        _START(self, start)
        _END(self, end)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a span's {name} is never changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a span's {name} is never taken away")

    def __reduce__(self) -> tuple[type[Span], tuple[int, int]]:
        return Span, (self.start, self.end)

    def __repr__(self) -> str:
        return f"Span(start={self.start}, end={self.end})"

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start == other.start and self.end == other.end

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


_START, _END = (vars(Span)[name].__set__ for name in ("start", "end"))  # past ``__setattr__``


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of ``spans`` (at least one)."""
    spans = tuple(spans)
    if len(spans) == 1:
        return spans[0]
    return Span(min([s.start for s in spans]), max([s.end for s in spans]))


class Problem(NamedTuple):
    """A fault in what was read: told, never raised, never repaired in place.

    ``code`` is a stable kebab-case name (``heading-missing``), ``message`` one sentence that says what is wrong,
    ``hint`` what to do about it or what was probably meant, ``span`` the evidence (None: the document as a whole).
    """

    code: str
    message: str
    hint: str = ""
    span: Span | None = None


class Cell(NamedTuple):
    """A table's cell; ``span`` is None where a merged cell is repeated."""

    text: str
    span: Span | None
    header: bool = False


Grid = tuple[tuple[Cell, ...], ...]


class Block(NamedTuple):
    """A piece of the original text as its format delimits it; white space at both ends is outside the span.

    ``line``: a printed line, whose end may be a layout wrap. ``paragraph`` and ``item``: whole, by mark-up.
    ``heading``: by mark-up, ``level`` from 1. ``item``: ``level`` is the nesting depth from 1.
    ``table``: ``grid`` is rectangular, merged cells repeated. ``quote``: a block quotation; ``caption``: what names a
    table or a figure; ``note``: the text of a foot- or end note, with its printed number, which ``label`` repeats.
    A ``line`` whose label is ``page`` is a running head or page number, or the header that a table repeats on its next
    page: printed, but no part of what the page says.
    ``frame``: the text box, aside or drawn frame in which the block stands, counted from 1; 0 is the page itself.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    language: Language = "und"
    grid: Grid = ()
    label: str = ""
    frame: int = 0


class Mark(NamedTuple):
    """A note marker that the format itself tells from the text: a superscript, a link to a note, a DOCX reference.

    ``span``: the printed marker; ``note``: the span of the block that holds the note's text, None where the file has
    no such block or does not say which it is.
    """

    span: Span
    note: Span | None = None


class Document(NamedTuple):
    """One file as decoded. ``text`` is never changed after this. ``id``: see the contract in docs/records.md.

    ``pages``: the offset at which each page begins, for formats that have pages; empty for others.
    """

    id: str
    path: str
    sha256: str
    format: Format
    title: str
    language: Language
    text: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, Json] = NOTHING
    problems: tuple[Problem, ...] = ()
    marks: tuple[Mark, ...] = ()
    pages: tuple[int, ...] = ()


class Text(NamedTuple):
    """A text and its search key, of one length: any span of the one is the same span of the other."""

    original: str
    key: str


class Token(NamedTuple):
    """A word of a text; the tokens of a text tile it."""

    word: str
    span: Span


class Record(NamedTuple):
    """A part of a document that can be addressed (``DOC#id``), shown, and be a hit.

    ``parent`` is the id of the smallest record around it, ``label`` how the document itself would cite it,
    ``headings`` the titles above it from the top, ``fields`` what `tongwen records` adds to doc, id and span.
    """

    id: str
    kind: RecordKind
    span: Span
    parent: str | None = None
    label: str = ""
    headings: tuple[str, ...] = ()
    fields: Mapping[str, Json] = NOTHING


class Passage(NamedTuple):
    """Text of one record that none of its children holds: the unit of the full-text index.

    ``pieces`` are read as one run without a border between them (a sentence that a page break or a layout wrap cuts in
    two is one passage); two passages are never matched across.
    """

    record: str
    pieces: tuple[Span, ...]


class Structure(NamedTuple):
    """All that is found in one document: records in reading order, parents before their children.

    ``parts`` are those of which the text is made. What it says stands behind them: no passage belongs to it.
    """

    records: tuple[Record, ...]
    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def parts(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind not in SAID)
