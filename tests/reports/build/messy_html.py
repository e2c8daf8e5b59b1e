"""HTML as it is met: a layout table, unclosed tags, entities, headings and lists made of paragraphs, notes unlinked.

``soup: word`` imitates an export from a word processor, ``soup: divs`` a site builder's nest of divisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reports.build.markup import gap, named, running, spans
from reports.build.model import Block, Box, Figure, Heading, Item, Items, Note, Paragraph, Part, Quote, Report, Table
from reports.build.words import WORDS


def page(report: Report) -> str:
    body = "\n".join(_word(report) if report.options["soup"] == "word" else _divs(report))
    return f"<html>\n<head>\n<META charset=utf-8>\n<title>{escape(report.title)}</title>\n</head>\n<body>\n{body}\n</body>\n"


def _word(report: Report) -> Iterator[str]:
    """As a word processor exports: every block a paragraph with a class, headings ``h1`` to ``h3``."""
    yield "<div class=WordSection1>"
    yield f"<p class=MsoTitle align=center><b><span style='font-size:20.0pt'>{escape(report.title)}</span></b></p>"
    for block in report.blocks:
        yield from _word_block(block, report.options["captions"] == "above")
    yield "<hr align=left size=1 width='33%'>"
    for note in report.notes:
        text = escape(note.text, quote=False)
        yield f"<p class=MsoFootnoteText><span class=MsoFootnoteReference>{note.number}</span> {text}</p>"
    yield "</div>"


def _word_marker(note: Note) -> str:
    return f"<span class=MsoFootnoteReference><sup>{note.number}</sup></span>"


def _word_block(block: Block, above: bool) -> Iterator[str]:
    match block:
        case Heading(level, label, title):
            yield f"<h{level}><span lang=X>{named(label, title, _word_marker)}</span></h{level}>"
        case Paragraph(text):
            yield f"<p class=MsoNormal><span style='font-family:SimSun'>{running(text, _word_marker)}</span><o:p></o:p></p>"
        case Quote(text):
            yield f"<p class=MsoQuote style='margin-left:36.0pt'><i>{running(text, _word_marker)}</i></p>"
        case Items(items):
            yield from (_word_item(item) for item in items)
        case Figure(label, caption):
            yield "<p class=MsoNormal align=center><img width=400 height=160 src=image001.png></p>"
            yield f"<p class=MsoCaption align=center>{named(label, caption, _word_marker)}</p>"
        case Part(_, lines):
            yield from (f"<p class=MsoNormal>{escape(line)}</p>" for line in lines)
        case Box(label, title, blocks):
            yield "<table class=MsoTableGrid border=1><tr><td width=500 valign=top>"
            yield f"<p class=MsoNormal><b>{named(label, title, _word_marker)}</b></p>"
            for inner in blocks:
                yield from _word_block(inner, above)
            yield "</td></tr></table>"
        case Table():
            caption = (
                f"<p class=MsoCaption>{named(block.label, block.caption, _word_marker)}</p>" if block.label else ""
            )
            rows = _rows(block, "<p class=MsoNormal>", "</p>")
            table = f"<table class=MsoTableGrid border=1 cellspacing=0>\n{rows}\n</table>"
            notes = "".join(
                f"<p class=MsoNormal><span style='font-size:9.0pt'>{escape(n)}</span></p>" for n in block.notes
            )
            yield "\n".join([caption, table, notes] if above else [table, notes, caption])


def _word_item(item: Item) -> str:
    """The bullet or number stands in the text, with the non-breaking spaces that imitate a tab."""
    mark = item.label or ("·" if item.level == 1 else "o")
    tab = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span>"
    style = f"margin-left:{18 * item.level}.0pt;text-indent:-18.0pt;mso-list:l0 level{item.level} lfo1"
    text = running(item.text, _word_marker)
    return f"<p class=MsoListParagraph style='{style}'><span style='mso-list:Ignore'>{mark}{tab}</span>{text}</p>"


def _divs(report: Report) -> Iterator[str]:
    words = WORDS[report.options["language"]]
    links = " | ".join(f"<a href=/{i}>{label}</a>" for i, label in enumerate(words.menu))
    yield f"<table width=960 align=center><tr><td colspan=2 bgcolor=#ddd><div id=top>{links}</div>"
    yield f"<tr><td width=160 valign=top><a href=/>{words.home}</a><td valign=top>"
    yield f"<div class=t1><h1>{escape(report.title)}</h1></div>\n<div class=content><div class=inner>"
    for block in report.blocks:
        yield from _divs_block(block, report.options["captions"] == "above")
    yield f"<div class=nt><b>{words.notes}</b><br>"
    yield "\n".join(f"<div class=n><sup>{note.number}</sup> {escape(note.text)}</div>" for note in report.notes)
    yield f"</div></div></div></table>\n<center><font size=1>{words.rights}</font></center>"


def _divs_marker(note: Note) -> str:
    return f"<sup>{note.number}</sup>"


def _divs_block(block: Block, above: bool) -> Iterator[str]:
    match block:
        case Heading(level, label, title):
            yield f"<div class=h{level}><h{level + 1}><font color=#003366>{named(label, title, _divs_marker)}</font></h{level + 1}></div>"
        case Paragraph(text):
            yield f"<p>{running(text, _divs_marker)}"
        case Quote(text):
            yield f"<blockquote>{running(text, _divs_marker)}</blockquote>"
        case Items(items):
            yield from _divs_items(items)
        case Figure(label, caption):
            yield f"<div align=center><img src=map.png><br>\n<div class=cap>{named(label, caption, _divs_marker)}</div></div>"
        case Part(kind, lines):
            yield f"<div class={kind}>{'<br>'.join(escape(line) for line in lines)}</div>"
        case Box(label, title, blocks):
            yield f"<div class='textbox' style='border:1px solid #999'><div><b>{named(label, title, _divs_marker)}</b></div>"
            for inner in blocks:
                yield from _divs_block(inner, above)
            yield "</div>"
        case Table():
            caption = f"<div class=cap align=center>{named(block.label, block.caption, _divs_marker)}</div>"
            table = f"<table border=1>\n{_rows(block, '', '', closed=False)}\n</table>"
            notes = "".join(f"<div class=small>{escape(note)}</div>" for note in block.notes)
            yield "\n".join([caption, table, notes] if above else [table, notes, caption])


def _divs_items(items: tuple[Item, ...]) -> Iterator[str]:
    level = 0
    for item in items:
        while level < item.level:
            yield "<ul>"
            level += 1
        while level > item.level:
            yield "</ul>"
            level -= 1
        yield f"<li>{item.label + gap(item.label) if item.label else ''}{running(item.text, _divs_marker)}"
    yield "</ul>" * level


def _rows(table: Table, before: str, after: str, closed: bool = True) -> str:
    """The header is bold text in ordinary cells; ``closed``: whether cells and rows have end tags."""
    end, done = ("</td>", "</tr>") if closed else ("", "")
    lines = []
    for r, row in enumerate(spans(table)):
        bold = ("<b>", "</b>") if r < table.header else ("", "")
        cells = (
            f"<td{f' colspan={wide}' if wide > 1 else ''}{f' rowspan={high}' if high > 1 else ''}>"
            f"{before}{bold[0]}{escape(text, quote=False)}{bold[1]}{after}{end}"
            for text, wide, high in row
        )
        lines.append("<tr>" + "".join(cells) + done)
    return "\n".join(lines)
