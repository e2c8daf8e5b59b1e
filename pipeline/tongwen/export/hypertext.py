"""One HTML page with every table, its caption, header, groups and notes; nothing in it runs or is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from tongwen.export.guard import writable
from tongwen.export.sheet import Sheet

_STYLE = (
    "body{font-family:sans-serif;margin:2em;line-height:1.5}table{border-collapse:collapse;margin:0 0 .5em}"
    "caption{font-weight:bold;text-align:start;padding:.5em 0}th,td{border:1px solid #999;padding:.3em .6em;"
    "text-align:start;vertical-align:top}thead th{background:#eee}tbody th{background:#f6f6f6}"
    "p{margin:.2em 0;font-size:.9em}.source{color:#555;margin-bottom:2em}"
)


def page(sheets: Sequence[Sheet], title: str) -> str:
    body = "\n".join(line for sheet in sheets for line in _sheet(sheet))
    languages = {sheet.language for sheet in sheets if sheet.language}
    lang = f' lang="{_text(languages.pop())}"' if len(languages) == 1 else ""
    head = f'<meta charset="utf-8">\n<title>{_text(title)}</title>\n<style>{_STYLE}</style>'
    return f"<!DOCTYPE html>\n<html{lang}>\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'<table id="{_text(sheet.anchor or sheet.name)}"' + (
        f' lang="{_text(sheet.language)}">' if sheet.language else ">"
    )
    if sheet.title:
        yield f"<caption>{_text(sheet.title)}</caption>"
    grid = sheet.grid
    if sheet.header:
        yield f"<thead>\n{_row(_cells(grid[0], 'th'))}\n</thead>"
    yield "<tbody>"
    for number, row in enumerate(grid[len(grid) - len(sheet.rows) :]):
        yield _row(_label(row) if number in sheet.groups else _cells(row, "td"))
    yield "</tbody>\n</table>"
    yield from (f"<p>{_text(note)}</p>" for note in sheet.notes)
    if sheet.source:
        yield f'<p class="source">{_text(sheet.source)}</p>'


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _cells(row: Sequence[str], tag: str) -> Iterator[str]:
    return (f"<{tag}>{_text(cell)}</{tag}>" for cell in row)


def _label(row: Sequence[str]) -> Iterator[str]:
    yield f'<th colspan="{len(row)}" scope="colgroup">{_text(row[0])}</th>'


def _text(text: str) -> str:
    return escape(writable(text)).replace("\n", "<br>")
