"""Term candidates: the edges as cases, what holds of every text, the figures on statutes set apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates_measure import measured, ours, tf_idf
from candidates_statutes import each, keys, masked, statutes
from tongwen.candidates import Candidate, candidates, merged
from tongwen.candidates.background import common
from tongwen.candidates.counting import LONGEST, SHORTEST, Counted
from tongwen.candidates.edges import HAN, ends, words_of
from tongwen.candidates.scoring import evidence, features, score
from tongwen.flow.processing import process
from tongwen.lexicon import FOLDER, rows
from tongwen.normalise import convert, fold
from tongwen.segment import words

CASES = Path(__file__).parent / "cases" / "candidates" / "edges.tsv"
REPORT = "corpus/zh-Hans/drug-decriminalisation-asia-2016.txt"
TREATY = "corpus/zh-Hant/psychotropic-substances-1971.txt"

WORDS = [
    "毒品",
    "管制",
    "药品",
    "主管",
    "机关",
    "的",
    "之",
    "应",
    "及",
    "第一项",
    "hiv",
    "者",
    "治疗",
    "，",
    "12",
    "所",
]
RUNS = st.lists(st.lists(st.sampled_from(WORDS) | st.text(min_size=1, max_size=3), max_size=30), max_size=8)

FIRST_100, FIRST_300 = 0.60, 0.75
SAMPLE = 60
"""Statutes of which those are measured here that use what they define."""


def cases() -> Iterator[list[str]]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def found(text: str) -> list[str]:
    return [one.key for one in candidates([words(fold(text))])]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), [pytest.param(*row[1:], id=row[0]) for row in cases()])
def test_a_candidate_begins_and_ends_where_a_name_does(text: str, wanted: str, unwanted: str) -> None:
    keys_ = found(text)
    assert set(wanted.split()) <= set(keys_)
    assert set(unwanted.split()).isdisjoint(keys_)


@given(RUNS)
def test_what_is_told_of_a_candidate_is_so(runs: list[list[str]]) -> None:
    texts = ["".join(run) for run in runs]
    for one in candidates(runs):
        assert one.count == "\n".join(texts).count(one.key) >= 2 or "\n" in one.key
        assert texts[one.first.run].startswith(one.key, one.first.start)
        assert not any(one.key in text for text in texts[: one.first.run])
        assert SHORTEST <= len(one.key) <= LONGEST
        assert HAN.search(one.key)
        assert one.score > 0
        assert one.reason.startswith(f"{one.count} times; ")


@given(RUNS, st.integers(0, 5))
def test_the_best_come_first_and_the_same_each_time(runs: list[list[str]], limit: int) -> None:
    every = candidates(runs)
    assert candidates([tuple(run) for run in runs]) == every
    assert candidates(runs, limit) == every[:limit]
    assert list(every) == sorted(every, key=lambda one: -one.score)
    assert len({one.key for one in every}) == len(every)


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_no_candidate_begins_or_ends_with_what_stops_it(run: list[str]) -> None:
    for one in candidates([run]):
        cut = words(one.key)
        assert not words_of("break") & {cut[0], cut[-1]}
        assert not words_of("edge") & {cut[0], cut[-1]}


def test_a_text_and_its_twin_in_the_other_script_have_the_same_candidates(shared: Path) -> None:
    text = (shared / TREATY).read_text(encoding="utf-8")
    lines = text.splitlines()
    twin = convert(text, "hans").splitlines()
    assert twin != lines
    ours_, theirs = (candidates([words(fold(line)) for line in one]) for one in (lines, twin))
    assert len(ours_) == 300
    assert {one.key for one in ours_[:200]} == {one.key for one in theirs[:200]}


def test_the_documents_of_a_library_are_put_together() -> None:
    def one(key: str, count: int, points: float) -> Candidate:
        return Candidate(key, count, points, f"said of {points}", (0, 0))  # type: ignore[arg-type]

    first, second = [one("毒品", 3, 4.0), one("大麻", 9, 4.5)], [one("毒品", 2, 3.0)]
    best, other = merged([first, second])
    assert (best.key, best.count, best.documents, best.score) == ("毒品", 5, 2, 5.0)
    assert best.reason == "5 times in 2 documents; said of 4.0"
    assert (other.key, other.reason) == ("大麻", "9 times in 1 document; said of 4.5")
    assert merged([first, second], limit=1) == [best]


@given(st.lists(st.lists(st.tuples(st.text("甲乙丙丁", min_size=2, max_size=3), st.integers(1, 9)), max_size=9)))
def test_merging_holds_no_more_than_it_may(documents: list[list[tuple[str, int]]]) -> None:
    given_ = [[Candidate(key, 2, float(n), "", (0, 0)) for key, n in one] for one in documents]  # type: ignore[arg-type]
    held = merged(given_, limit=1000, held=4)
    assert len(held) <= 4
    assert {one.key for one in held} <= {one.key for document in given_ for one in document}
    assert merged(given_, limit=1000) == merged(iter(given_), limit=1000)


def test_what_is_common_everywhere_scores_less() -> None:
    seen = Counted(1, 9, 5, 5, joined=False)
    assert common("管理", "legal") > 100 > common("去罪化", "legal") == 0
    assert score("甲乙丙丁", seen) > score("主管机关", seen)
    assert "common in general legal text" in evidence("主管机关", seen)
    assert "not known" in evidence("甲乙丙丁", seen)


def test_every_weight_is_of_a_feature_and_every_feature_has_one() -> None:
    lengths = ["甲乙", "甲乙丙", "甲乙丙丁", "甲乙丙丁戊"]
    named = {name for key in lengths for name, _ in features(key, Counted(1, 2, 2, 2, joined=True))}
    assert named == {name for name, _, _ in rows("candidate_weights.tsv")}


def test_the_background_is_small_and_says_where_it_is_from() -> None:
    table = FOLDER / "candidate_background.tsv"
    assert table.stat().st_size < 400_000
    assert table.read_text("utf-8").startswith("# Generated by scripts/build-background")


def test_no_word_has_two_places_in_the_table() -> None:
    assert not words_of("break") & (words_of("edge") | words_of("head") | words_of("tail") | words_of("whole"))
    assert all(not (ends(word).first or ends(word).last) for word in words_of("edge") - words_of("whole"))


def test_the_subject_of_a_report_comes_first(shared: Path) -> None:
    read = process(shared / REPORT, shared)
    ranked = [one.key for one in candidates(words(key) for key in keys(read))]
    assert {"去罪化", "减低伤害", "司法转处", "毒品使用者", "强制拘留中心", "临界量"} <= set(ranked[:50])
    assert {"法律去罪化", "事实去罪化", "警方司法转处", "针具交换", "替代治疗"} <= set(ranked[:100])


def test_terms_are_found_where_their_definitions_are_masked(shared: Path) -> None:
    root = shared / "data" / "tw" / "zh"
    texts = list(islice(each(masked, statutes(root, tuned=False), root), SAMPLE))
    tongwen, stock = measured(texts, ours), measured(texts, tf_idf)
    assert len(texts) == SAMPLE
    assert tongwen.recall(100) >= FIRST_100 > stock.recall(100)
    assert tongwen.recall(300) >= FIRST_300 > stock.recall(300)
