"""Records as `tongwen records KIND` prints them: JSON objects in document order, one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import cast

from tongwen.errors import UsageError
from tongwen.model import Json
from tongwen.store import columns
from tongwen.store.rows import Rows

Listed = dict[str, Json]

OF_RECORDS = {
    "articles": "article",
    "provisions": "provision",
    "sections": "section",
    "paragraphs": "paragraph",
    "tables": "table",
    "boxes": "box",
    "footnotes": "footnote",
    "lists": "list",
    "figures": "figure",
    "definitions": "definition",
    "abbreviations": "abbreviation",
    "deemings": "deeming",
}


def listing(rows: Rows, kind: str, glob: str = "*") -> Iterator[Listed]:
    """Every record of ``kind`` in the documents that match ``glob``; raises ``UsageError`` on an unknown kind."""
    if kind not in KINDS:
        raise UsageError(f"There is no kind {kind!r}.", f"Known are: {', '.join(KINDS)}.")
    return _rows(rows, kind, glob)


def _rows(rows: Rows, kind: str, glob: str) -> Iterator[Listed]:
    for number, doc in rows.numbered(glob):
        yield from KINDS[kind](rows, kind, number, doc)


def _records(rows: Rows, kind: str, number: int, doc: str) -> Iterator[Listed]:
    sql = "SELECT id, start, stop, parent, label, fields FROM records WHERE kind = ? AND doc = ? ORDER BY seq"
    for key, start, stop, parent, label, fields in rows.all(sql, OF_RECORDS[kind], number):
        around = None if parent is None else columns.unbind(parent)
        head: Listed = {"doc": doc, "id": columns.unbind(key), "span": [start, stop]}
        yield {**head, "parent": around, "label": columns.unbind(label), **columns.loads(fields), **head}


def _provisions(rows: Rows, kind: str, number: int, doc: str) -> Iterator[Listed]:
    """Each with the texts that stand in its article under its id: its own, without those of the provisions in it."""
    texts: dict[Json, list[str]] = defaultdict(list)
    for article in _records(rows, "articles", number, doc):
        for row in cast(list[dict[str, str]], article.get("provisions") or []):
            texts[row["id"]] += [row["text"]] if row["text"] else []
    for found in _records(rows, kind, number, doc):
        yield {**found, "text": "\n".join(texts[found["id"]])}


def _documents(rows: Rows, kind: str, number: int, doc: str) -> Iterator[Listed]:
    sql = "SELECT path, title, language, format, sha256, characters, metadata FROM documents WHERE number = ?"
    for path, title, language, form, sha256, characters, metadata in rows.all(sql, number):
        head: Listed = {"doc": doc, "id": doc, "span": [0, characters]}
        own: Listed = {"title": columns.unbind(title), "language": language, "format": form, "sha256": sha256}
        yield {**head, **own, "characters": characters, "path": columns.unbind(path)} | {
            name: value for name, value in columns.loads(metadata).items() if name not in own and name not in head
        }


def _problems(rows: Rows, kind: str, number: int, doc: str) -> Iterator[Listed]:
    sql = f"""SELECT seq, {columns.PROBLEM}, characters FROM problems JOIN documents ON number = doc
        WHERE doc = ? ORDER BY coalesce(start, 0), seq"""
    for seq, *row, characters in rows.all(sql, number):
        problem = columns.problem_of(tuple(row))
        span: Json = [0, characters] if problem.span is None else [problem.span.start, problem.span.end]
        head: Listed = {"doc": doc, "id": f"problem_{seq + 1}", "span": span}
        yield {**head, "code": problem.code, "message": problem.message, "hint": problem.hint}


KINDS: dict[str, Callable[[Rows, str, int, str], Iterator[Listed]]] = {
    "documents": _documents,
    **dict.fromkeys(OF_RECORDS, _records),
    "provisions": _provisions,
    "problems": _problems,
}
