"""What Tongwen is measured beside, each as the simplest script one would write: one document a file, no structure.

    bench_peers.py index PEER INDEX FOLDER…     makes an index
    bench_peers.py search PEER INDEX            prints of each query the milliseconds, and how many it found up to ten

The trigram tokenizer finds nothing that is shorter than three characters: how many queries found something is told.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bench_queries import Word, queries, words
from bench_texts import files, plain

CORES = len(os.sched_getaffinity(0))
FIRST = 10
PASSES = 3  # of the queries, after the first; the fastest counts, as other work on the machine only slows

_HAN = re.compile(r"([\u3400-\u9fff\uf900-\ufaff])")

Ask = Callable[[str], int]
"""A query → how many of the first ten places are filled."""


def space(text: str) -> str:
    return _HAN.sub(r" \1 ", text).strip()


class Peer(Protocol):
    def index(self, index: Path, folders: Sequence[Path]) -> None: ...

    def asking(self, index: Path) -> Ask: ...


class StockWhoosh:
    """With the analyzer that jieba has for it; ``processes`` write segments beside each other."""

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes

    def index(self, index: Path, folders: Sequence[Path]) -> None:
        import jieba  # noqa: PLC0415
        from jieba.analyse import ChineseAnalyzer  # noqa: PLC0415
        from whoosh.fields import ID, TEXT, Schema  # noqa: PLC0415
        from whoosh.index import create_in  # noqa: PLC0415

        jieba.setLogLevel(logging.ERROR)
        index.mkdir()
        schema = Schema(path=ID(stored=True, unique=True), content=TEXT(analyzer=ChineseAnalyzer()))
        parallel = {"procs": self._processes, "multisegment": True} if self._processes > 1 else {}
        writer = create_in(str(index), schema).writer(limitmb=256, **parallel)
        for path, text in _texts(folders):
            writer.add_document(path=path, content=text)
        writer.commit()

    def asking(self, index: Path) -> Ask:
        from whoosh.index import open_dir  # noqa: PLC0415
        from whoosh.qparser import QueryParser  # noqa: PLC0415

        opened = open_dir(str(index))
        parser, searcher = QueryParser("content", opened.schema), opened.searcher()
        return lambda query: searcher.search(parser.parse(query), limit=FIRST).scored_length()


class Fts5:
    """SQLite's own full text; ``spaced`` sets a space on both sides of every Chinese character."""

    def __init__(self, tokenizer: str, spaced: bool) -> None:
        self._tokenizer, self._shown = tokenizer, space if spaced else str

    def index(self, index: Path, folders: Sequence[Path]) -> None:
        index.mkdir()
        with sqlite3.connect(index / "fts.sqlite") as database:
            database.execute(f"create virtual table f using fts5(path unindexed, body, tokenize={self._tokenizer})")
            rows = ((path, self._shown(text)) for path, text in _texts(folders))
            database.executemany("insert into f values (?, ?)", rows)

    def asking(self, index: Path) -> Ask:
        database = sqlite3.connect(index / "fts.sqlite")
        ask = f"select path from f where f match ? order by rank limit {FIRST}"
        return lambda query: len(database.execute(ask, (self.match(query),)).fetchall())

    def match(self, query: str) -> str:
        return " OR ".join(self._alternative(one) for one in words(query))

    def _alternative(self, wanted: Sequence[Word]) -> str:
        """``NOT`` stands between two in FTS5, so what is excluded comes last."""
        ordered = sorted(wanted, key=lambda word: word.excluded)
        joined = [(" NOT " if word.excluded else " AND ") + f'"{self._shown(word.text)}"' for word in ordered]
        return f"({''.join(joined).removeprefix(' AND ')})"


class Tantivy:
    """Spaced characters too: its own tokenizer would take a whole clause for a word."""

    def index(self, index: Path, folders: Sequence[Path]) -> None:
        from tantivy import Document, Index  # noqa: PLC0415

        index.mkdir()
        writer = Index(self._schema(), path=str(index)).writer(heap_size=256_000_000, num_threads=CORES)
        for path, text in _texts(folders):
            writer.add_document(Document(path=path, body=space(text)))
        writer.commit()
        writer.wait_merging_threads()

    def asking(self, index: Path) -> Ask:
        from tantivy import Index  # noqa: PLC0415

        opened = Index(self._schema(), path=str(index))
        opened.reload()
        searcher = opened.searcher()

        def ask(query: str) -> int:
            hits = searcher.search(opened.parse_query(self.written(query), ["body"]), FIRST).hits
            return len([searcher.doc(address)["path"] for _, address in hits])

        return ask

    def written(self, query: str) -> str:
        return " OR ".join(f"({' '.join(map(self._word, wanted))})" for wanted in words(query))

    def _word(self, word: Word) -> str:
        return f'{"-" if word.excluded else "+"}"{space(word.text)}"'

    def _schema(self) -> Any:
        from tantivy import SchemaBuilder  # noqa: PLC0415

        made = SchemaBuilder()
        made.add_text_field("path", stored=True, tokenizer_name="raw")
        made.add_text_field("body", stored=True)
        return made.build()


PEERS: dict[str, Peer] = {
    "stock Whoosh": StockWhoosh(),
    "stock Whoosh, all cores": StockWhoosh(CORES),
    "FTS5 trigram": Fts5("trigram", spaced=False),
    "FTS5 spaced": Fts5("unicode61", spaced=True),
    "tantivy": Tantivy(),
}


def _texts(folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    return ((str(file), plain(file)) for file in files(folders))


class Asked(NamedTuple):
    """Milliseconds from question to answer, and of the processor alone; how many were ``found``.

    ``first``: milliseconds when it was asked for the first time, where nothing of it is known yet.
    """

    wall: float
    cpu: float
    found: int
    first: float


def timed(ask: Ask) -> dict[str, Asked]:
    """Of each query the fastest time, warm."""
    best = {query: _asked(ask, query) for query in queries()}
    for number in range(PASSES):
        for query, known in best.items():
            taken = _asked(ask, query)._replace(first=known.first)
            best[query] = min(taken, known) if number else taken
    return best


def _asked(ask: Ask, query: str) -> Asked:
    began, used = time.perf_counter(), time.process_time()
    found = ask(query)
    wall = 1000 * (time.perf_counter() - began)
    return Asked(wall, 1000 * (time.process_time() - used), found, wall)


def main(what: str, name: str, index: str, *folders: str) -> None:
    peer, place = PEERS[name], Path(index)
    if what == "index":
        peer.index(place, [Path(folder) for folder in folders])
    else:
        print(json.dumps(timed(peer.asking(place)), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
