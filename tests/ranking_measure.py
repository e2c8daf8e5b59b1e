"""How high what is looked for stands among what is found, in either script, beside plain BM25 on jieba's words.

    scripts/measure-ranking                 the figures of all classes of queries
    scripts/measure-ranking --index DIR     in an index of the statutes that is there; else one is made, and deleted
    scripts/measure-ranking --half tuned    on the half of the queries on which ranking was tuned (or the other: held)
    scripts/measure-ranking --alone         without the others beside it, which take minutes
    scripts/measure-ranking --characters    beside BM25 on characters and pairs of them too
    scripts/measure-ranking --misses        and the queries whose answer is not among the first ten
    scripts/measure-ranking --json          the figures as JSON

The library is the statutes of both sides at TONGWEN_DATA, English ones among them. A query's item is one record, or
several that say the same, or a document. A hit counts where it is the item or lies inside it, or is the provision or
article directly around it; a section around it does not. So it is for Tongwen and for what it is compared with.

MRR@10 is the mean of one by the place of the first hit that counts, none where that is not among the first ten.
recall@10 is the share of the queries for which one is. Each query is asked in Simplified and in Traditional
characters, as OpenCC writes it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import ROOT
from ranking_baseline import Analyser, Baseline, characters, jieba_words, texts
from ranking_items import Items, Known, Place, tuned_on
from tongwen.flow import index
from tongwen.flow.opening import Library, library
from tongwen.flow.thesaurus import LibraryThesaurus
from tongwen.normalise import Script, convert, fold
from tongwen.search import search

FIRST = 10
SCRIPTS: tuple[Script, ...] = ("hans", "hant")
ALL = "all"

Asked = Callable[[str], Sequence[Place]]
"""A query → the places of the first hits."""

Ranks = dict[Known, int]
"""The place of the first hit that counts, from 1; 0 where there is none."""

Figures = dict[str, dict[str, float]]
"""Class of queries → how many there are, MRR@10, recall@10."""


def tongwen(opened: Library, folder: Path) -> Asked:
    """As ``tongwen search`` does."""
    names = LibraryThesaurus(opened.store, folder)

    def ask(query: str) -> Sequence[Place]:
        hits = search(opened, query, limit=FIRST, thesaurus=names).hits
        return [(hit.doc, opened.store.seq(hit.doc, hit.id) or 0) for hit in hits]

    return ask


def plain(opened: Library, analyser: Analyser) -> Asked:
    """Both scripts are one key, which is looked for once."""
    baseline, known = Baseline(texts(opened.store), analyser), dict[str, Sequence[Place]]()

    def ask(query: str) -> Sequence[Place]:
        key = fold(query)
        if key not in known:
            known[key] = baseline.best(key, FIRST)
        return known[key]

    return ask


def ranks(asked: Asked, items: Iterable[Known], script: Script) -> Ranks:
    return {known: _rank(known, asked(convert(known.query, script))) for known in items}


def _rank(known: Known, found: Sequence[Place]) -> int:
    return next((rank for rank, place in enumerate(found, start=1) if known.counts(*place)), 0)


def figures(found: Ranks) -> Figures:
    kinds = dict.fromkeys(known.kind for known in found)
    classes = {kind: [rank for known, rank in found.items() if known.kind == kind] for kind in kinds}
    return {name: _figures(ranks) for name, ranks in {**classes, ALL: list(found.values())}.items()}


def _figures(ranks: Sequence[int]) -> dict[str, float]:
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return {"queries": len(ranks), "mrr": round(mrr, 4), "recall": round(sum(map(bool, ranks)) / len(ranks), 4)}


@contextmanager
def opened(folder: Path | None, data: Path) -> Iterator[tuple[Library, Path]]:
    """The library in ``folder``, or one made of ``data``."""
    with TemporaryDirectory() as made:
        if folder is None:
            print("reading the statutes …", file=sys.stderr)
            index([data / "prc", data / "tw"], Path(made))
        with library(folder or Path(made)) as found:
            yield found, folder or Path(made)


def measured(options: argparse.Namespace, data: Path) -> dict[str, dict[Script, Ranks]]:
    """Of each way of searching, the ranks in both scripts."""
    with opened(options.index, data) as (found, folder):
        items = [known for known in Items(found).all() if options.half in ("", _half(known))]
        ways = {"Tongwen": tongwen(found, folder)}
        if not options.alone:
            ways["BM25 on jieba's words"] = plain(found, jieba_words)
        if options.characters:
            ways["BM25 on characters and pairs"] = plain(found, characters)
        return {name: {script: ranks(way, items, script) for script in SCRIPTS} for name, way in ways.items()}


def _half(known: Known) -> str:
    return "tuned" if tuned_on(known) else "held"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--half", choices=("tuned", "held"), default="")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--characters", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    data = Path(os.environ.get("TONGWEN_DATA", ROOT.parent / "shared")) / "data"
    found = measured(options, data)
    if options.json:
        print(json.dumps({name: {s: figures(one) for s, one in way.items()} for name, way in found.items()}, indent=1))
        return
    for name, way in found.items():
        _print(name, {script: figures(one) for script, one in way.items()})
    if options.misses:
        for known, rank in found["Tongwen"]["hans"].items():
            if not rank:
                print(f"{known.kind}\t{known.query}")


def _print(name: str, of: dict[Script, Figures]) -> None:
    print(f"{name:32}{'queries':>8}" + "".join(f"{f'MRR@10 {s}':>14}{f'recall@10 {s}':>16}" for s in of))
    for kind, one in of["hans"].items():
        row = "".join(f"{of[script][kind]['mrr']:>14.3f}{of[script][kind]['recall']:>16.3f}" for script in of)
        print(f"  {kind:30}{one['queries']:>8.0f}{row}")
    print()


if __name__ == "__main__":
    main()
