"""HTML as a content system writes it: sections, asides, figures, linked notes. The same page is printed to PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from reports.build.markup import gap, named, running, spans
from reports.build.model import Block, Box, Figure, Heading, Item, Items, Note, Paragraph, Part, Quote, Report, Table
from reports.build.words import WORDS, Words

_TAGS = {"contents": "div", "signature": "div", "imprint": "div", "contact": "address"}
_PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACADs="


def page(report: Report, style: str = "", chrome: bool = True, framed: bool = False) -> str:
    """``style``: a style sheet for print; ``chrome``: the site's own header, menu and footer around the report;
    without it the contents have page numbers.

    ``framed``: boxes are tables of one cell and printed labels of items paragraphs, as LibreOffice knows no others.
    """
    words = WORDS[report.options["language"]]
    body = "\n".join(_Page(report, words, framed, printed=not chrome).lines())
    article = f"<main>\n<article>\n<h1>{escape(report.title)}</h1>\n{body}\n</article>\n</main>"
    before = f"<header><nav><ul>{_links(words.menu)}</ul></nav></header>\n" if chrome else ""
    after = f"\n<footer><p>{words.rights}</p></footer>" if chrome else ""
    head = f'<meta charset="utf-8">\n<title>{escape(report.title)}</title>\n{style}'
    language = report.options["language"]
    top = f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n{head}</head>\n<body>\n'
    return f"{top}{before}{article}{after}</body>\n</html>\n"


def _links(labels: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/{i}">{label}</a></li>' for i, label in enumerate(labels))


def _marker(note: Note) -> str:
    return f'<sup id="fnref{note.order}"><a href="#fn{note.order}" role="doc-noteref">{note.number}</a></sup>'


@dataclass(frozen=True, slots=True)
class _Page:
    report: Report
    words: Words
    framed: bool
    printed: bool

    def lines(self) -> Iterator[str]:
        for block in self.report.blocks:
            yield from self.block(block)
        if self.report.notes:
            yield f'<section class="footnotes" role="doc-endnotes">\n<h2>{self.words.notes}</h2>\n<ol>'
            yield from map(_note, self.report.notes)
            yield "</ol>\n</section>"

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, label, title):
                yield f"<h{level + 1}>{named(label, title, _marker)}</h{level + 1}>"
            case Paragraph(text):
                yield f"<p>{running(text, _marker)}</p>"
            case Quote(text):
                yield f"<blockquote><p>{running(text, _marker)}</p></blockquote>"
            case Items(items):
                plain = self.framed and bool(items[0].label) and not _counted(items[0])
                yield from (_line(item) for item in items) if plain else (_items(items),)
            case Figure(label, caption):
                image = f'<img src="{_PIXEL}" alt="" width="400" height="160">'
                yield f"<figure>{image}<figcaption>{named(label, caption, _marker)}</figcaption></figure>"
            case Part(kind, lines):
                yield _part(kind, lines, self.printed)
            case Box():
                yield from self.box(block)
            case Table():
                yield _table(block, self.report.options["captions"] == "above")

    def box(self, box: Box) -> Iterator[str]:
        yield '<table border="1"><tr><td>' if self.framed else '<aside class="box">'
        yield f'<p class="box-title">{named(box.label, box.title, _marker)}</p>'
        for block in box.blocks:
            yield from self.block(block)
        yield "</td></tr></table>" if self.framed else "</aside>"


def _note(note: Note) -> str:
    back = f'<a href="#fnref{note.order}" role="doc-backlink">↩</a>'
    return f'<li id="fn{note.order}" value="{note.number}"><p>{escape(note.text, quote=False)} {back}</p></li>'


def _part(kind: str, lines: tuple[str, ...], printed: bool) -> str:
    if kind == "contents" and not printed:
        rows = "".join(f"<li>{escape(line.split(' ....')[0])}</li>" for line in lines)
        return f'<nav class="contents"><ul class="plain">{rows}</ul></nav>'
    return f'<{_TAGS[kind]} class="{kind}">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</{_TAGS[kind]}>'


def _line(item: Item) -> str:
    return f"<p>{item.label}{gap(item.label)}{running(item.text, _marker)}</p>"


def _items(items: tuple[Item, ...]) -> str:
    """Nested lists; printed labels other than ``1.`` stand in the text, as no browser makes them."""
    tag = "ol" if items[0].label else "ul"
    plain = ' class="plain" style="list-style-type:none"' if items[0].label and not _counted(items[0]) else ""
    out, at = [f"<{tag}{plain}>"], 0
    while at < len(items):
        end = at + 1
        while end < len(items) and items[end].level > items[at].level:
            end += 1
        inner = _items(items[at + 1 : end]) if end > at + 1 else ""
        label = "" if _counted(items[at]) or not items[at].label else items[at].label + gap(items[at].label)
        out.append(f"<li>{label}{running(items[at].text, _marker)}{inner}</li>")
        at = end
    return "\n".join([*out, f"</{tag}>"])


def _counted(item: Item) -> bool:
    """Whether a browser makes such a label by itself."""
    return item.label[:-1].isdecimal() and item.label.endswith(".")


def _table(table: Table, above: bool) -> str:
    caption = f"<caption>{named(table.label, table.caption, _marker)}</caption>" if table.label else ""
    rows = []
    for r, row in enumerate(spans(table)):
        tag = "th" if r < table.header or r in table.groups else "td"
        rows.append("<tr>" + "".join(_cell(tag, *cell) for cell in row) + "</tr>")
    head = f"<thead>{''.join(rows[: table.header])}</thead>" if table.header else ""
    notes = "".join(f'<p class="table-note">{escape(note)}</p>' for note in table.notes)
    body = "\n".join(rows[table.header :])
    side = "top" if above else "bottom"
    return f'<table style="caption-side:{side}">{caption}{head}<tbody>\n{body}\n</tbody></table>{notes}'


def _cell(tag: str, text: str, wide: int, high: int) -> str:
    merged = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
    return f"<{tag}{merged}>{escape(text, quote=False)}</{tag}>"
