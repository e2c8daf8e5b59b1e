"""HTML as a word processor exports it: a paragraph with a class for every block, items and notes too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from reports.build.markup import named, plain_rows, running
from reports.build.model import Block, Box, Figure, Heading, Item, Items, Note, Paragraph, Part, Quote, Report, Table


def lines(report: Report) -> Iterator[str]:
    """As a word processor exports: every block a paragraph with a class, headings ``h1`` to ``h3``."""
    yield "<div class=WordSection1>"
    yield f"<p class=MsoTitle align=center><b><span style='font-size:20.0pt'>{escape(report.title)}</span></b></p>"
    for block in report.blocks:
        yield from _block(block, report.options["captions"] == "above")
    yield "<hr align=left size=1 width='33%'>"
    for note in report.notes:
        text = escape(note.text, quote=False)
        yield f"<p class=MsoFootnoteText><span class=MsoFootnoteReference>{note.number}</span> {text}</p>"
    yield "</div>"


def _marker(note: Note) -> str:
    return f"<span class=MsoFootnoteReference><sup>{note.number}</sup></span>"


_text = partial(running, marker=_marker)
_named = partial(named, marker=_marker)


def _block(block: Block, above: bool) -> Iterator[str]:
    match block:
        case Heading(level, label, title):
            yield f"<h{level}><span lang=X>{_named(label, title)}</span></h{level}>"
        case Paragraph(text):
            yield f"<p class=MsoNormal><span style='font-family:SimSun'>{_text(text)}</span><o:p></o:p></p>"
        case Quote(text):
            yield f"<p class=MsoQuote style='margin-left:36.0pt'><i>{_text(text)}</i></p>"
        case Items(items):
            yield from (_item(item) for item in items)
        case Figure(label, caption):
            yield "<p class=MsoNormal align=center><img width=400 height=160 src=image001.png></p>"
            yield f"<p class=MsoCaption align=center>{_named(label, caption)}</p>"
        case Part(_, lines):
            yield from (f"<p class=MsoNormal>{escape(line)}</p>" for line in lines)
        case Box(label, title, blocks):
            yield "<table class=MsoTableGrid border=1><tr><td width=500 valign=top>"
            yield f"<p class=MsoNormal><b>{_named(label, title)}</b></p>"
            for inner in blocks:
                yield from _block(inner, above)
            yield "</td></tr></table>"
        case Table():
            name = f"<p class=MsoCaption>{_named(block.label, block.caption)}</p>" if block.label else ""
            rows = plain_rows(block, "<p class=MsoNormal>", "</p>")
            table = f"<table class=MsoTableGrid border=1 cellspacing=0>\n{rows}\n</table>"
            notes = "".join(
                f"<p class=MsoNormal><span style='font-size:9.0pt'>{escape(n)}</span></p>" for n in block.notes
            )
            yield "\n".join([name, table, notes] if above else [table, notes, name])


def _item(item: Item) -> str:
    """The bullet or number stands in the text, with the non-breaking spaces that imitate a tab."""
    mark = item.label or ("·" if item.level == 1 else "o")
    tab = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span>"
    style = f"margin-left:{18 * item.level}.0pt;text-indent:-18.0pt;mso-list:l0 level{item.level} lfo1"
    text = _text(item.text)
    return f"<p class=MsoListParagraph style='{style}'><span style='mso-list:Ignore'>{mark}{tab}</span>{text}</p>"
