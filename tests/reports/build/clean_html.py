"""HTML as a content system writes it: sections, asides, figures, linked notes. The same page is printed to PDF."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reports.build.markup import gap, named, running, spans
from reports.build.model import Block, Box, Figure, Heading, Item, Items, Note, Paragraph, Part, Quote, Report, Table
from reports.build.words import WORDS

_TAGS = {"contents": "nav", "signature": "div", "imprint": "div", "contact": "address"}


def page(report: Report, style: str = "", chrome: bool = True) -> str:
    """``style``: a style sheet for print; ``chrome``: the site's own header, menu and footer around the report."""
    words = WORDS[report.options["language"]]
    before = f"<header><nav><ul>{_links(words.menu)}</ul></nav></header>\n" if chrome else ""
    after = f"<footer><p>{words.rights}</p></footer>\n" if chrome else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{report.options["language"]}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(report.title)}</title>\n{style}</head>\n<body>\n{before}<main>\n<article>\n"
        f"<h1>{escape(report.title)}</h1>\n"
        + "\n".join(_body(report))
        + f"\n</article>\n</main>\n{after}</body>\n</html>\n"
    )


def _links(labels: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/{i}">{label}</a></li>' for i, label in enumerate(labels))


def _body(report: Report) -> Iterator[str]:
    above = report.options["captions"] == "above"
    for block in report.blocks:
        yield _block(block, above)
    if report.notes:
        yield f'<section class="footnotes" role="doc-endnotes">\n<h2>{WORDS[report.options["language"]].notes}</h2>\n<ol>'
        yield from (_note(note) for note in report.notes)
        yield "</ol>\n</section>"


def _note(note: Note) -> str:
    back = f'<a href="#fnref{note.order}" role="doc-backlink">↩</a>'
    return f'<li id="fn{note.order}" value="{note.number}"><p>{escape(note.text, quote=False)} {back}</p></li>'


def _marker(note: Note) -> str:
    return f'<sup id="fnref{note.order}"><a href="#fn{note.order}" role="doc-noteref">{note.number}</a></sup>'


def _block(block: Block, above: bool) -> str:
    match block:
        case Heading(level, label, title):
            return f"<h{level + 1}>{named(label, title, _marker)}</h{level + 1}>"
        case Paragraph(text):
            return f"<p>{running(text, _marker)}</p>"
        case Quote(text):
            return f"<blockquote><p>{running(text, _marker)}</p></blockquote>"
        case Items(items):
            return _items(items)
        case Figure(label, caption):
            image = (
                '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACADs=" alt="" width="400" height="160">'
            )
            return f"<figure>{image}<figcaption>{named(label, caption, _marker)}</figcaption></figure>"
        case Part(kind, lines):
            return _part(kind, lines)
        case Box(label, title, blocks):
            inner = "\n".join(_block(b, above) for b in blocks)
            return f'<aside class="box">\n<p class="box-title">{named(label, title, _marker)}</p>\n{inner}\n</aside>'
        case Table():
            return _table(block, above)


def _part(kind: str, lines: tuple[str, ...]) -> str:
    tag = _TAGS[kind]
    if kind == "contents":
        rows = "".join(f"<li>{escape(line.split(' ....')[0])}</li>" for line in lines)
        return f'<nav class="contents"><ul class="plain">{rows}</ul></nav>'
    return f'<{tag} class="{kind}">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</{tag}>'


def _items(items: tuple[Item, ...]) -> str:
    """Nested lists; printed labels other than ``1.`` stand in the text, as no browser makes them."""
    tag = "ol" if items[0].label else "ul"
    plain = ' class="plain"' if items[0].label and not _counted(items[0]) else ""
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
    return item.label[:-1].isdecimal() and item.label.endswith(".")


def _table(table: Table, above: bool) -> str:
    caption = f"<caption>{named(table.label, table.caption, _marker)}</caption>" if table.label else ""
    rows = []
    for r, row in enumerate(spans(table)):
        tag = "th" if r < table.header or r in table.groups else "td"
        rows.append("<tr>" + "".join(_cell(tag, *cell) for cell in row) + "</tr>")
    head = f"<thead>{''.join(rows[: table.header])}</thead>" if table.header else ""
    side = "top" if above else "bottom"
    notes = "".join(f'<p class="table-note">{escape(note)}</p>' for note in table.notes)
    body = "\n".join(rows[table.header :])
    return f'<table style="caption-side:{side}">{caption}{head}<tbody>\n{body}\n</tbody></table>{notes}'


def _cell(tag: str, text: str, wide: int, high: int) -> str:
    merged = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
    return f"<{tag}{merged}>{escape(text, quote=False)}</{tag}>"
