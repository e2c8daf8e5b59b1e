"""The measuring of speed: that each peer answers what it is asked, that limits are judged, and that every part runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bench_measure
import bench_parts
import bench_table
from bench_curve import Row, as_json, from_json, misses, sizes
from bench_figures import INDEX, SQLITE, WARM, WHOOSH, Figures, judged
from bench_peers import PEERS, timed
from bench_plan import Costs, planned
from bench_process import module, run
from bench_queries import Word, queries, words
from bench_texts import Synthetic, articles, plain

TEXTS = {
    "one.md": "# 禁毒法\n\n第一条 为了预防毒品违法犯罪行为，制定本法。\n\n第二条 公安机关负责麻醉药品的管制工作。\n",
    "two.md": "# 食品安全法\n\n第一条 为了保证食品安全，制定本法。\n\n第二条 海关检验进口食品，不合格的应当召回。\n",
}
STATUTE = {
    "法規名稱": "戒治條例",
    "法規內容": [{"編章節": "第一章 總則"}, {"條號": "第 1 條", "條文內容": "麻醉藥品。"}],
}
ROW = Row(SQLITE, 100, 120_000, 3_400, 2.0, 1.5, 40.0, 2.4, 0.3, 0.2, 32.0, 0.3, 0.2, 1.0)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "three.json").write_text(json.dumps(STATUTE, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("公安机关 处罚", [[Word("公安机关", False), Word("处罚", False)]]),
        ("毒品 -麻醉药品", [[Word("毒品", False), Word("麻醉药品", True)]]),
        ("走私 OR 偷税", [[Word("走私", False)], [Word("偷税", False)]]),
        ("“情节严重的”", [[Word("情节严重的", False)]]),
    ],
)
def test_a_query_is_words_for_every_peer(query: str, wanted: list[list[Word]]) -> None:
    assert words(query) == wanted


@pytest.mark.parametrize("peer", ["FTS5 trigram", "FTS5 spaced", "tantivy"])
def test_a_peer_finds_what_stands_in_the_texts_and_takes_every_query(peer: str, texts: Path, tmp_path: Path) -> None:
    if peer == "tantivy":
        pytest.importorskip("tantivy")
    PEERS[peer].index(tmp_path / "index", [texts])
    ask = PEERS[peer].asking(tmp_path / "index")
    assert [ask(one) for one in ("公安机关", "麻醉药品 OR 应当召回", "制定本法 -进口食品", "破产管理人")] == [
        1,
        2,
        1,
        0,
    ]
    assert timed(ask).keys() == set(queries())


def test_a_plain_text_is_the_file_or_the_contents_of_its_articles(texts: Path) -> None:
    assert plain(texts / "one.md") == TEXTS["one.md"]
    assert plain(texts / "three.json") == "麻醉藥品。"


def test_articles_end_where_the_next_begins(texts: Path) -> None:
    found = articles([texts])
    assert len(found) == 4
    assert found[0] == "第一条 为了预防毒品违法犯罪行为，制定本法。"


@given(st.lists(st.text("甲乙丙丁", min_size=10), min_size=1, max_size=5), st.integers(0, 10_000), st.integers(1, 5))
def test_a_synthetic_document_is_the_same_in_every_library(drawn: list[str], number: int, each: int) -> None:
    text = Synthetic(drawn, each).text(number)
    assert text == Synthetic(drawn, each).text(number)
    assert text.count("\n第") == each


@given(st.floats(0.1, 1e3), st.floats(0.1, 1e3))
def test_a_limit_is_missed_where_ours_takes_more_than_its_share(ours: float, stock: float) -> None:
    figures = Figures()
    figures.add(INDEX, WHOOSH, ours + 1)
    figures.add(INDEX, WHOOSH, ours)
    figures.add(INDEX, "stock Whoosh", stock)
    assert [one.missed for one in judged(figures)] == [ours > stock / 2]


def test_what_was_not_measured_is_not_judged() -> None:
    figures = Figures()
    figures.add(INDEX, WHOOSH, 1.0)
    figures.add(WARM[0], SQLITE, 2.5)
    assert [(one.limit.measure, one.missed) for one in judged(figures)] == [(WARM[0], True)]
    assert "MISSED" in "".join(bench_table.limits(figures))


def test_a_run_is_set_beside_the_last_one() -> None:
    now, last = Figures(), Figures()
    for figures, value in ((now, 3.0), (last, 2.0)):
        figures.add(INDEX, WHOOSH, value)
    told = list(bench_table.compared(now, last))[1]
    assert told.split() == ["index,", "seconds", "whoosh", "3.00", "2.00", "1.50"]


def test_a_curve_that_grows_is_told() -> None:
    rows = [ROW, from_json({**as_json(ROW), "documents": 1_000, "add_cpu": 0.7, "peak_mb": 700.0})]
    assert from_json(as_json(ROW)) == ROW
    assert [miss.partition(":")[0] for miss in misses(rows)] == [SQLITE, SQLITE]
    assert list(misses([ROW, ROW])) == []
    assert sizes(1_500) == [100, 1_000, 1_500]


@given(st.integers(1, 10**9))
def test_a_plan_grows_with_the_library(documents: int) -> None:
    once, twice = (planned(Costs.of(ROW), number) for number in (documents, 2 * documents))
    assert twice.disk_gb == pytest.approx(2 * once.disk_gb)
    assert twice.core_days == pytest.approx(2 * once.core_days)
    assert once.nodes <= twice.nodes <= 2 * once.nodes
    assert once.shards <= twice.shards <= 2 * once.shards


def test_every_part_runs_and_is_written(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "figures.json"
    chosen = ["--parts", "index,search,cold,reindex,curve", "--peers", "FTS5 spaced", "--runs", "1"]
    small = ["--small-files", "4", "--largest", "2", "--json", str(file)]
    monkeypatch.setattr(sys, "argv", ["bench", "--data", str(texts), *chosen, *small])
    monkeypatch.setattr(bench_parts, "WHOLE", ["麻醉药品"])
    bench_measure.main()  # whether a limit is kept depends on the machine
    found = json.loads(file.read_text(encoding="utf-8"))
    assert {WHOOSH, SQLITE, "FTS5 spaced"} <= found["measures"][INDEX].keys()
    assert {row["engine"]: row["documents"] for row in found["curve"]} == {WHOOSH: 2, SQLITE: 2}
    assert all(row["records"] > 20 for row in found["curve"])


def test_what_a_server_of_workers_took_is_counted(tmp_path: Path) -> None:
    """It is a process that its parent does not wait for."""
    (tmp_path / "busy.py").write_text(
        "import time\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from multiprocessing import get_context\n\n"
        "def burn(_):\n"
        "    while time.process_time() < 0.5:\n"
        "        pass\n\n"
        "if __name__ == '__main__':\n"
        "    with ProcessPoolExecutor(2, get_context('forkserver')) as pool:\n"
        "        list(pool.map(burn, range(2)))\n",
        encoding="utf-8",
    )
    assert run(module(tmp_path / "busy.py")).cpu >= 0.5
