"""From what was read to records and passages: ids, spans, labels, and which text belongs to which record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tongwen.model import Document, Json, Passage, Problem, Record, Span, Structure, hull
from tongwen.structure.around import around
from tongwen.structure.articles import Article
from tongwen.structure.checks import check
from tongwen.structure.drawn_tables import drawn_tables, without
from tongwen.structure.given_notes import given_notes
from tongwen.structure.ids import Ids
from tongwen.structure.lines import joined
from tongwen.structure.naming import Naming, dotted, unspaced
from tongwen.structure.outline import Heading
from tongwen.structure.paging import page_line, with_pages
from tongwen.structure.provisions import Node, Row
from tongwen.structure.reading import Part, Reading
from tongwen.structure.tables import tables


@dataclass(frozen=True, slots=True)
class _Open:
    """A division that is still open: the number path gives the ids below it."""

    rank: int
    index: int
    id: str
    path: str
    heading: str


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
        return tuple(o.heading for o in self.open)

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
        title = unspaced(" ".join([line.text[heading.title :], *(b.text for b in below)]))
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
        self.add(Record(id_, "section", hull(spans), self.parent, printed, self.above, fields), spans)
        self.open.append(_Open(heading.rank, len(self.records) - 1, id_, path, printed))

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
            self.records[division.index] = replace(record, span=Span(record.span.start, self.end))
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
        prefix = f"{self.parent}." if self.parent and self.parent.startswith("annex") else ""
        id_ = self.ids.unique(f"{prefix}art_{dotted(article.number)}")
        label, heading = self.naming.article(article), self.naming.heading(article)
        rows = list(article.root.rows())
        spans = [*([article.head] if article.head else []), *(span for row in rows for span in row.spans)]
        fields: dict[str, Json] = {
            "number": dotted(article.number),
            "label": self.naming.printed(article.label) or None,
            "heading": heading,
            "inferred": article.inferred,
            "provisions": [self._row(id_, row) for row in rows],
        }
        self.add(Record(id_, "article", hull(spans), self.parent, label, self.above, fields))
        inner = (*self.above, f"{label} {heading}" if heading else label)
        _Provisions(self, article, id_, inner, self._lead(article, rows)).parts(article.root, id_, [])

    def _lead(self, article: Article, rows: Sequence[Row]) -> Span | None:
        """The heading, where the text begins on its line: the two are read, and found, as one."""
        if article.head is None:
            return None
        if rows and "\n" not in self.document.text[article.head.end : rows[0].spans[0].start]:
            return article.head
        self.passages.append(Passage(self.records[-1].id, (article.head,)))
        return None

    def _row(self, article_id: str, row: Row) -> dict[str, Json]:
        span = hull(row.spans)
        return {
            "id": ".".join([article_id, *row.node.path]),
            "path": list(row.node.path),
            "label": self.naming.printed(row.label),
            "text": joined(self.document.text, row.pieces),
            "span": [span.start, span.end],
            "role": row.role,
        }


@dataclass(slots=True)
class _Provisions:
    """Records and passages of one article's provisions; ``lead`` is a heading that belongs to the first text."""

    emitter: _Emitter
    article: Article
    base: str
    above: tuple[str, ...]
    lead: Span | None

    def parts(self, node: Node, holder: str, chain: list[Node]) -> None:
        """The texts and children of ``node``, in reading order; ``chain`` leads down to it."""
        for part in node.parts():
            if isinstance(part, Node):
                self._node(part, holder, [*chain, part])
            else:
                spans = [self.lead, *part.spans] if self.lead else part.spans
                self.emitter.passages.append(Passage(holder, self.emitter.pieces(spans)))
                self.lead = None

    def _node(self, node: Node, parent: str, chain: list[Node]) -> None:
        emitter = self.emitter
        id_ = emitter.ids.unique(".".join([self.base, *node.path]))
        label = emitter.naming.provision(self.article, chain)
        span = self._with_lead(node.span())
        emitter.add(Record(id_, "provision", span, parent, label, self.above, {}))
        self.parts(node, id_, chain)

    def _with_lead(self, span: Span) -> Span:
        return hull([self.lead, span]) if self.lead else span


def emit(document: Document, reading: Reading) -> Structure:
    """Records in reading order with parents before children, passages, and the problems of the structure."""
    naming = Naming.of(document, reading.convention, reading.articles)
    emitter = _Emitter(document, reading, naming)
    emitter.run()
    emitter.pages()
    records, passages = tables(document, emitter.records, emitter.ids)
    frames, cells, inside = drawn_tables(document, reading.key, reading.lines, emitter.records, emitter.table_id)
    notes, texts = given_notes(document, emitter.records, emitter.ids)
    problems: list[Problem] = [*reading.problems, *check(document, reading, naming)]
    ordered = sorted([*emitter.records, *records, *frames, *notes], key=lambda r: (r.span.start, -r.span.end))
    kept = without(emitter.passages, inside)
    found = (*kept, *passages, *cells, *texts)
    return Structure(tuple(with_pages(document, ordered)), found, tuple(problems))
