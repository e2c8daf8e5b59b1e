"""What is looked for stands high: floors on a few statutes; scripts/measure-ranking has the figures of all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ranking_items import Items, Known
from ranking_measure import SCRIPTS, Figures, figures, ranks, tongwen
from tongwen.flow import index
from tongwen.flow.opening import Library, library

STATUTES = (
    "prc/民法典/婚姻家庭编.md",
    "prc/民法典/侵权责任编.md",
    "prc/社会法/反家庭暴力法(2015-12-27).md",
    "prc/社会法/劳动合同法(2012-12-28).md",
    "prc/行政法/个人信息保护法(2021-08-20).md",
    "prc/行政法/道路交通安全法(2021-04-29).md",
    "tw/zh/D0050074.json",
    "tw/zh/D0070118.json",
    "tw/zh/D0080075.json",
    "tw/zh/M0120001.json",
    "tw/en/D0050074.json",
    "tw/en/D0080075.json",
    "tw/en/M0120001.json",
)
SCALE = 0.2
FLOORS = {"title": 1, "heading": 0.97, "definition": 0.95, "words": 0.9, "citation": 1, "paraphrase": 0.38, "all": 0.75}
"""MRR@10 of each class; there are fewer statutes to be mistaken for than in the whole library."""


@pytest.fixture(scope="module")
def found(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Path, list[Known]]]:
    texts, folder = tmp_path_factory.mktemp("statutes"), tmp_path_factory.mktemp("index")
    for statute in STATUTES:
        (texts / statute).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shared / "data" / statute, texts / statute)
    index([texts], folder, jobs=1)
    with library(folder) as opened:
        yield opened, folder, Items(opened, SCALE).all()


@pytest.fixture(scope="module")
def measured(found: tuple[Library, Path, list[Known]]) -> dict[str, Figures]:
    opened, folder, items = found
    return {script: figures(ranks(tongwen(opened, folder), items, script)) for script in SCRIPTS}


def test_what_is_looked_for_stands_high(measured: dict[str, Figures]) -> None:
    reached = {kind: one["mrr"] for kind, one in measured["hans"].items()}
    assert {kind: mrr for kind, mrr in reached.items() if mrr < FLOORS[kind]} == {}
    assert reached.keys() == FLOORS.keys()


def test_both_scripts_give_the_same_figures(measured: dict[str, Figures]) -> None:
    assert measured["hans"] == measured["hant"]


def test_a_hit_counts_in_the_item_and_directly_around_a_provision(found: tuple[Library, Path, list[Known]]) -> None:
    opened, _, items = found
    store = opened.store
    for known in items:
        for doc, seq in known.places:
            record, *around = store.heads([(doc, place) for place in store.nesting(doc).upwards(seq)])
            assert record.kind != "section" or known.kind == "heading", known
            in_article = "article" in [record.kind, *(one.kind for one in around)]
            assert known.kind in ("heading", "definition") or in_article, known
