"""What is suspected in a text and, more than that, what is not."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen import lexicon
from tongwen.model import Block, Document, Language, Problem, Span
from tongwen.normalise import normalise
from tongwen.orthography import suspicions

CASES = Path(__file__).parent / "cases" / "orthography" / "faults.tsv"


def document(text: str, language: Language, blocks: tuple[Block, ...] = ()) -> Document:
    return Document("d", "d.txt", "", "text", "", language, text, blocks)


def suspected(text: str, language: Language) -> list[Problem]:
    return suspicions(document(text, language), normalise(text))


def cases() -> list[list[str]]:
    lines = (line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [line.replace("\\n", "\n").split("\t") for line in lines]


@pytest.mark.parametrize(("language", "text", "wrong", "right"), cases())
def test_case(language: Language, text: str, wrong: str, right: str) -> None:
    problems = suspected(text, language)
    if wrong == "-":
        assert problems == []
        return
    [problem] = problems
    assert problem.span is not None
    assert problem.span.of(text).startswith(wrong)
    assert right in problem.hint or right == "-"
    assert wrong[0] in problem.message


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["zh-Hans", "zh-Hant"]))
def test_any_text_is_read_and_every_span_lies_inside(text: str, language: Language) -> None:
    spans = [problem.span for problem in suspected(text, language)]
    assert all(span is not None and span.end <= len(text) for span in spans)


@pytest.mark.parametrize("language", ["en", "und"])
def test_other_languages_are_left_alone(language: Language) -> None:
    assert suspected("得準許輸入，国际公约（", language) == []


def test_a_block_in_another_language_is_left_alone() -> None:
    text = "依國際法處理。\n依国际法处理。"
    foreign = Block("line", Span(8, len(text)), language="zh-Hans")
    assert suspicions(document(text, "zh-Hant", (foreign,)), normalise(text)) == []


def test_a_text_in_the_wrong_script_is_told_once() -> None:
    [problem] = suspected("依国际法处理。\n" * 30, "zh-Hant")
    assert problem.code == "mixed-script"
    assert "30" in problem.message


def test_the_text_itself_is_called_as_evidence() -> None:
    [problem] = suspected("經核准，已核准，尚未核準。", "zh-Hant")
    assert "准 2 times" in problem.hint


@pytest.mark.parametrize("piece", ["得準許輸入。", "（", "」"])
def test_a_spoilt_text_is_not_told_without_end(piece: str) -> None:
    problems = suspected(piece * 2_000, "zh-Hant")
    assert len(problems) == 1_001
    assert "more" in problems[-1].message


def test_every_rule_says_why_and_how_sure() -> None:
    for row in lexicon.rows("orthography.tsv"):
        language, code, _, wrong, _, right, sure, reason = row
        assert language in {"zh-Hans", "zh-Hant"}
        assert code in {"conversion-error", "typing-error", "doubled-word"}
        assert wrong != right or code == "doubled-word"
        assert sure in {"certainly", "probably", "perhaps"}
        assert reason


def test_the_treaty(shared: Path) -> None:
    """35 of 36 準, all four 程式, the one 設定 that means a body, 髮出, 10 of 13 系, and the single slips."""
    text = (shared / "corpus" / "zh-Hant" / "psychotropic-substances-1971.txt").read_text("utf-8")
    problems = suspected(text, "zh-Hant")
    forms = Counter(problem.span.of(text) for problem in problems if problem.span)
    single = {"采": 1, "征": 1, "髮": 1, "設定": 1, "參予": 1, "輯獲": 1}
    assert forms == {"準": 35, "系": 10, "程式": 4, **single}
    lines = {(p.span.of(text), text.count("\n", 0, p.span.start) + 1) for p in problems if p.span}
    assert not lines & {("系", 10), ("系", 36), ("系", 145), ("準", 270)}


def test_the_report(shared: Path) -> None:
    text = (shared / "corpus" / "zh-Hans" / "drug-decriminalisation-asia-2016.txt").read_text("utf-8")
    forms = Counter(problem.span.of(text) for problem in suspected(text, "zh-Hans") if problem.span)
    assert forms == {"的的": 3, "到到": 1, "为为": 1, "确任": 1, "未没": 1, "不而": 1, "）": 2, "（": 1}


def alarms(texts: list[str], language: Language) -> float:
    """Suspicions per 100,000 characters."""
    found = sum(len(suspected(text, language)) for text in texts)
    return found / sum(map(len, texts)) * 100_000


def test_statutes_of_taiwan_raise_hardly_an_alarm(shared: Path) -> None:
    files = sorted((shared / "data" / "tw" / "zh").glob("*.json"))
    articles = [article.get("條文內容", "") for path in files for article in json.loads(path.read_bytes())["法規內容"]]
    assert sum(map(len, articles)) > 2_000_000
    assert alarms([re.sub(r"\s+", "", article) for article in articles], "zh-Hant") <= 0.6


def test_statutes_of_the_mainland_raise_hardly_an_alarm(shared: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((shared / "data" / "prc").glob("**/*.md"))]
    assert sum(map(len, texts)) > 8_000_000
    assert alarms(texts, "zh-Hans") <= 1.1
