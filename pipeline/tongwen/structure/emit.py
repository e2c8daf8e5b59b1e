"""From what was read to records and passages: ids, spans, labels, and which text belongs to which record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tongwen.labels import after_mark, division_label
from tongwen.model import Document, Json, Passage, Problem, Record, Role, Span, Structure, hull
from tongwen.structure.around import around
from tongwen.structure.articles import Article
from tongwen.structure.checks import check
from tongwen.structure.drawn_tables import drawn_tables, without
from tongwen.structure.given_notes import given_notes
from tongwen.structure.ids import Ids
from tongwen.structure.lines import Line, joined
from tongwen.structure.naming import Naming, dotted, unspaced
from tongwen.structure.outline import Heading
from tongwen.structure.paging import page_line, with_pages
from tongwen.structure.provisions import Node
from tongwen.structure.reading import Part, Reading
from tongwen.structure.tables import tables


@dataclass(frozen=True, slots=True)
class _Open:
    """A division that is still open: ``path`` gives the ids below it, ``headings`` are those above it and its own."""

    rank: int
    index: int
    id: str
    path: str
    headings: tuple[str, ...]


def _unmarked(line: Line) -> str:
    """A line of a heading without the number that repeats that of the division in English."""
    label = division_label(line.key)
    return line.text[after_mark(line.key, label.length) :] if label else line.text


@dataclass(slots=True)
class _Emitter:
    document: Document
    reading: Reading
    naming: Naming
    records: list[Record] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)
    end: int = 0

    def table_id(self, wanted: str) -> str:
        """For ``table_4``, or for a ``table`` without a number."""
        kind, _, number = wanted.partition("_")
        return self.ids.numbered(kind, number or None)

    def pieces(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans of one running text, put together where nothing but white space parts them."""
        out = [spans[0]]
        for span in spans[1:]:
            if self.document.text[out[-1].end : span.start].strip():
                out.append(span)
            else:
                out[-1] = Span(out[-1].start, span.end)
        return tuple(out)

    @property
    def parent(self) -> str | None:
        return self.open[-1].id if self.open else None

    @property
    def above(self) -> tuple[str, ...]:
        return self.open[-1].headings if self.open else ()

    def run(self) -> None:
        for item in self.reading.items:
            if isinstance(item, Heading):
                self._heading(item)
            elif isinstance(item, Article):
                self._article(item)
            else:
                self._part(item)
        self._close(0)

    def pages(self) -> None:
        """Page numbers and running heads, inside whatever record they interrupt."""
        parents = around([line.span for line in self.reading.pages], self.records)
        for line, parent in zip(self.reading.pages, parents, strict=True):
            self.add(page_line(line, self.ids.next("p"), parent), [line.span])

    def _heading(self, heading: Heading) -> None:
        line = self.reading.lines[heading.line]
        while self.open and self.open[-1].rank >= heading.rank:
            self._close(len(self.open) - 1)
        below = self.reading.lines[heading.line + 1 : heading.line + heading.lines]
        title = unspaced("\n".join([line.text[heading.title :], *map(_unmarked, below)]).strip())
        mark = unspaced(line.text[: heading.title])
        printed = self.naming.heading_line(mark, title)
        number, path = self._number(heading, mark)
        id_ = self.ids.unique(f"annex_{path}" if heading.kind == "annex" else f"sec_{path}")
        fields: dict[str, Json] = {
            "number": number,
            "title": title or printed,
            "level": len(self.open) + 1,
            "parent": self.parent,
            "printed": None,
        }
        spans = [line.span, *(b.span for b in below)]
        above = self.above
        self.add(Record(id_, "section", hull(spans), self.parent, printed, above, fields), spans)
        self.open.append(_Open(heading.rank, len(self.records) - 1, id_, path, (*above, printed)))

    def _number(self, heading: Heading, printed: str) -> tuple[str | None, str]:
        """The section's number and the path its id is made of."""
        if heading.decimal and heading.number:
            number = ".".join(map(str, heading.number))
            return number, number
        if heading.kind == "annex":
            counted = self.ids.next("annex").removeprefix("annex_")
            return printed, dotted(heading.number) if heading.number else counted
        above = f"{self.open[-1].path}." if self.open else ""
        if heading.number is None:
            return None, above + self.ids.next("n").replace("_", "")
        path = above + dotted(heading.number)
        return path, path

    def _close(self, depth: int) -> None:
        """Ends the open divisions from ``depth`` on: a division reaches to the last record inside it."""
        for division in self.open[depth:]:
            record = self.records[division.index]
            self.records[division.index] = record._replace(span=Span(record.span.start, self.end))
        del self.open[depth:]

    def add(self, record: Record, pieces: Sequence[Span] = ()) -> None:
        self.records.append(record)
        self.end = max(self.end, record.span.end)
        if pieces:
            self.passages.append(Passage(record.id, tuple(pieces)))

    def _part(self, part: Part) -> None:
        if part.name in ("closing", "title", "nav"):
            self._close(0)
        for paragraph in part.paragraphs:
            spans = paragraph.spans
            fields: dict[str, Json] = {
                "text": joined(self.document.text, spans),
                "spans": [[s.start, s.end] for s in spans],
                "part": part.name,
            }
            self.add(Record(self.ids.next("p"), "paragraph", hull(spans), self.parent, "", self.above, fields), spans)

    def _article(self, article: Article) -> None:
        number, parent, above = dotted(article.number), self.parent, self.above
        prefix = next((f"{around.id}." for around in reversed(self.open) if around.id.startswith("annex")), "")
        id_ = self.ids.unique(f"{prefix}art_{number}")
        label, heading = self.naming.article(article), self.naming.heading(article)
        provisions: list[Json] = []
        fields: dict[str, Json] = {
            "number": number,
            "label": self.naming.printed(article.label) or None,
            "heading": heading,
            "inferred": article.inferred,
            "provisions": provisions,
        }
        self.add(Record(id_, "article", article.span(), parent, label, above, fields))
        inner = (*above, f"{label} {heading}" if heading else label)
        walk = _Provisions(self, label, len(article.root.children) > 1, inner, provisions, self._lead(article))
        walk.parts(_Here(article.root, id_, id_))

    def _lead(self, article: Article) -> Span | None:
        """The heading, where the text begins on its line: the two are read, and found, as one."""
        if article.head is None:
            return None
        if article.body and "\n" not in self.document.text[article.head.end : article.body[0].lines[0].span.start]:
            return article.head
        self.passages.append(Passage(self.records[-1].id, (article.head,)))
        return None


class _Here(NamedTuple):
    """A provision that is being emitted: ``holder`` is the id of its record, ``address`` the same unless that was
    taken, ``printed`` its number, ``place`` how it is cited below the article."""

    node: Node
    holder: str
    address: str
    printed: str = ""
    place: str = ""


@dataclass(slots=True)
class _Provisions:
    """Records, passages and ``rows`` of one article's provisions.

    ``article`` is its name; ``several``: a paragraph without a number is told from others; ``lead`` is a heading that
    belongs to the first text.
    """

    emitter: _Emitter
    article: str
    several: bool
    above: tuple[str, ...]
    rows: list[Json]
    lead: Span | None

    def parts(self, here: _Here) -> None:
        """The texts and children of a provision, in reading order; a number without a text has an empty one."""
        node, label = here.node, here.node.label
        role: Role = "intro" if node.children else "body"
        if label is not None and (not node.contents or isinstance(node.contents[0], Node)):
            self._text(here, role, label, [])
            label = None
        for content in node.contents:
            if isinstance(content, Node):
                self._node(content, here)
                role = "wrapup"
            else:
                self._text(here, role, label, content)
                label = None

    def _text(self, here: _Here, role: Role, label: Span | None, pieces: list[Span]) -> None:
        emitter, node = self.emitter, here.node
        spans = pieces if label is None else [label, *pieces]
        row: dict[str, Json] = {
            "id": here.address,
            "path": list(node.path),
            "label": "" if label is None else here.printed,
            "text": joined(emitter.document.text, pieces),
            "span": [spans[0].start, spans[-1].end],
            "role": role,
        }
        self.rows.append(row)
        if self.lead is not None:
            spans, self.lead = [self.lead, *spans], None
        pieces_ = tuple(spans) if len(spans) == 1 else emitter.pieces(spans)
        emitter.passages.append(Passage(here.holder, pieces_))

    def _node(self, node: Node, around: _Here) -> None:
        emitter, naming = self.emitter, self.emitter.naming
        address = f"{around.address}.{node.path[-1]}"
        id_ = emitter.ids.unique(address)
        printed, place = naming.printed(node.label), around.place
        if node.style or self.several:
            place += naming.level(node, len(node.path) - 1, printed)
        inside = node.span()
        span = Span(self.lead.start, inside.end) if self.lead is not None else inside
        label = naming.provision(self.article, place)
        emitter.records.append(Record(id_, "provision", span, around.holder, label, self.above))
        self.parts(_Here(node, id_, address, printed, place))


def emit(document: Document, reading: Reading) -> Structure:
    """Records in reading order with parents before children, passages, and the problems of the structure."""
    naming = Naming.of(document, reading.convention, reading.articles)
    emitter = _Emitter(document, reading, naming)
    emitter.run()
    emitter.pages()
    records, passages = tables(document, emitter.records, emitter.ids)
    frames, cells, inside = drawn_tables(document, reading.key, reading.lines, emitter.records, emitter.table_id)
    notes, texts = given_notes(document, reading.notes, emitter.records, emitter.ids)
    problems: list[Problem] = [*reading.problems, *check(document, reading, naming)]
    kept = without(emitter.passages, inside)
    ordered, others = _without_bare(emitter, frames, kept), [*records, *frames, *notes]
    if others or reading.pages:
        ordered = sorted([*ordered, *others], key=lambda r: (r.span.start, -r.span.end))
    found = (*kept, *passages, *cells, *texts)
    return Structure(tuple(with_pages(document, ordered)), found, tuple(problems))


def _without_bare(emitter: _Emitter, frames: Sequence[Record], kept: Sequence[Passage]) -> list[Record]:
    """The records without the paragraphs of which all lines turned out to be some of a table's."""
    if not frames:
        return emitter.records
    bare = {passage.record for passage in emitter.passages}
    bare -= {passage.record for passage in kept} | {frame.parent for frame in frames if frame.parent}
    return [record for record in emitter.records if record.kind != "paragraph" or record.id not in bare]
