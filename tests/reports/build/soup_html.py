"""HTML as a site builder nests it: a layout table, unclosed tags, entities; headings keep their tags."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from reports.build.markup import gap, named, plain_rows, running
from reports.build.model import Block, Box, Figure, Heading, Item, Items, Note, Paragraph, Part, Quote, Report, Table
from reports.build.words import WORDS


def lines(report: Report) -> Iterator[str]:
    words = WORDS[report.options["language"]]
    links = " | ".join(f"<a href=/{i}>{label}</a>" for i, label in enumerate(words.menu))
    yield f"<table width=960 align=center><tr><td colspan=2 bgcolor=#ddd><div id=top>{links}</div>"
    yield f"<tr><td width=160 valign=top><a href=/>{words.home}</a><td valign=top>"
    yield f"<div class=t1><h1>{escape(report.title)}</h1></div>\n<div class=content><div class=inner>"
    for block in report.blocks:
        yield from _block(block, report.options["captions"] == "above")
    yield f"<div class=nt><b>{words.notes}</b><br>"
    yield "\n".join(f"<div class=n><sup>{note.number}</sup> {escape(note.text)}</div>" for note in report.notes)
    yield f"</div></div></div></table>\n<center><font size=1>{words.rights}</font></center>"


def _marker(note: Note) -> str:
    return f"<sup>{note.number}</sup>"


_text = partial(running, marker=_marker)
_named = partial(named, marker=_marker)


def _block(block: Block, above: bool) -> Iterator[str]:
    match block:
        case Heading(level, label, title):
            font = f"<font color=#003366>{_named(label, title)}</font>"
            yield f"<div class=h{level}><h{level + 1}>{font}</h{level + 1}></div>"
        case Paragraph(text):
            yield f"<p>{_text(text)}"
        case Quote(text):
            yield f"<blockquote>{_text(text)}</blockquote>"
        case Items(items):
            yield from _items(items)
        case Figure(label, caption):
            yield "<div align=center><img src=map.png><br>"
            yield f"<div class=cap>{_named(label, caption)}</div></div>"
        case Part(kind, lines):
            yield f"<div class={kind}>{'<br>'.join(escape(line) for line in lines)}</div>"
        case Box(label, title, blocks):
            yield f"<div class='textbox' style='border:1px solid #999'><div><b>{_named(label, title)}</b></div>"
            for inner in blocks:
                yield from _block(inner, above)
            yield "</div>"
        case Table():
            name = f"<div class=cap align=center>{_named(block.label, block.caption)}</div>"
            table = f"<table border=1>\n{plain_rows(block, '', '', closed=False)}\n</table>"
            notes = "".join(f"<div class=small>{escape(note)}</div>" for note in block.notes)
            yield "\n".join([name, table, notes] if above else [table, notes, name])


def _items(items: tuple[Item, ...]) -> Iterator[str]:
    level = 0
    for item in items:
        while level < item.level:
            yield "<ul>"
            level += 1
        while level > item.level:
            yield "</ul>"
            level -= 1
        yield f"<li>{item.label + gap(item.label) if item.label else ''}{_text(item.text)}"
    yield "</ul>" * level
