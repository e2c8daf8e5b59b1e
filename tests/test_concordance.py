"""Every use of a term, once, in its context; as lines whose keywords stand in one column, and as tables."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from conftest import ROOT
from little_corpus import write
from naming_library import build
from tongwen.cli.boundary import run
from tongwen.cli.width import width
from tongwen.errors import QueryError
from tongwen.flow import index
from tongwen.flow.opening import Library, library
from tongwen.flow.thesaurus import LibraryThesaurus
from tongwen.normalise import convert, fold
from tongwen.search.concordance import Concordance, concordance

Out = Callable[..., str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def texts(place: Path) -> Iterator[Library]:
    with library(place) as opened:
        yield opened


@pytest.fixture
def out(place: Path, capsys: pytest.CaptureFixture[str]) -> Out:
    def call(*arguments: str) -> str:
        assert run(["--index", str(place), "glossary", "concordance", *arguments]) == 0
        return str(capsys.readouterr().out)

    return call


def wide(opened: Library, place: Path, term: str, **options: Any) -> Concordance:
    return concordance(opened, term, thesaurus=LibraryThesaurus(opened.store, place), **options)


def seen(found: Concordance) -> list[tuple[str, str]]:
    return [(use.doc, use.text) for use in found.uses]


@pytest.mark.parametrize(
    ("term", "uses"),
    [
        # 管制局 in 國際麻醉品管制局 is no use of its own, and 管制局 in a text on tobacco is another board.
        (
            "INCB",
            [
                ("bulletin", "INCB"),
                ("review", "国际麻醉品管制局"),
                ("review", "麻管局"),
                ("treaty", "管制局"),
                ("treaty", "國際麻醉品管制局"),
                ("treaty", "管制局"),
            ],
        ),
        ("harm reduction", [("bulletin", "减害"), ("english", "Harm reduction"), ("review", "减低伤害")]),
        ("世界卫生组织", [("clinic", "WHO"), ("english", "WHO"), ("review", "世界卫生组织")]),
        # Typed in capitals, an acronym is no word in small letters; in small letters it may be either.
        ("WHO", [("clinic", "WHO"), ("english", "WHO"), ("review", "世界卫生组织")]),
        ("ART", [("clinic", "ART")]),
        ("art", [("clinic", "ART"), ("clinic", "art")]),
        (
            "药监部门",
            [
                ("cosmetics", "药监部门"),
                ("drugs", "国务院药品监督管理部门"),
                ("drugs", "药监部门"),
                ("drugs", "药监部门"),
            ],
        ),
        ("烟草由", [("tobacco", "烟草由")]),
        ("鲸鱼", []),
    ],
)
def test_every_use_is_told_once(texts: Library, place: Path, term: str, uses: list[tuple[str, str]]) -> None:
    found = wide(texts, place, term)
    assert seen(found) == uses
    for use in found.uses:
        passage = texts.store.text(use.doc)
        assert use.span.of(passage) == use.text
        assert f"{use.left}{use.text}{use.right}" in re.sub(r"\s+(?![A-Za-z])|(?<![A-Za-z,.])\s+", "", passage)


def test_what_was_typed_is_told_apart_from_other_names(texts: Library, place: Path) -> None:
    found = wide(texts, place, "INCB")
    assert {use.text: use.json()["why"] for use in found.uses}["INCB"] == ["exact"]
    assert {use.form for use in found.uses if use.entries} == {"国际麻醉品管制局", "麻管局", "管制局"}
    assert found.read_as == (
        "in capitals alone: INCB",
        "glossary: INCB = International Narcotics Control Board, 国际麻醉品管制局, 麻管局, 管制局 (incb)",
    )


def test_options_choose(texts: Library, place: Path) -> None:
    assert seen(wide(texts, place, "INCB", doc="b*")) == [("bulletin", "INCB")]
    assert seen(concordance(texts, "除罪化")) == [("treaty", "除罪化")]
    assert {text for _, text in seen(concordance(texts, "WHO"))} == {"WHO", "who"}
    assert seen(wide(texts, place, "減害", exact_script=True)) == []
    (use,) = wide(texts, place, "除罪化", doc="treaty", context=2).uses
    assert (use.left, use.text, use.right) == ("二條", "除罪化", "不在")
    with pytest.raises(QueryError):
        concordance(texts, " \n")


ALPHABET = st.text("管制局國国際麻醉品。， \nINCBwho", min_size=1, max_size=60)
NAMES = ["国际麻醉品管制局", "管制局", "INCB", "WHO", "麻醉品管", "制局国际"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ALPHABET, min_size=1, max_size=4), st.sampled_from(NAMES))
def test_it_is_complete(tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str], name: str) -> None:
    folder = tmp_path_factory.mktemp("made")
    write(folder / "texts", {f"{at}.txt": f"题目\n\n{text}\n" for at, text in enumerate(paragraphs)})
    index([folder / "texts"], folder / "index", jobs=1)
    with library(folder / "index") as opened:
        found = concordance(opened, name)
        passages = [passage for doc in opened.store.document_ids() for passage in _passages(opened, doc)]
    spaced = r"\s*".join(re.escape(character) for character in fold(name)) if not name.isascii() else fold(name)
    whole = rf"(?<![a-z]){spaced}(?![a-z])" if name.isascii() else spaced
    assert len(found.uses) == sum(len(re.findall(whole, fold(passage))) for passage in passages)


def _passages(opened: Library, doc: str) -> list[str]:
    text = opened.store.text(doc)
    found = opened.store.passages(opened.store.nesting(doc).keys())
    return ["".join(piece.of(text) for piece in passage.pieces) for passage in found]


@pytest.mark.parametrize("order", ["doc", "left", "right", "form"])
def test_orders_hold_the_same_uses(texts: Library, place: Path, order: Any) -> None:
    found = wide(texts, place, "INCB", order=order).uses
    assert len(found) == 6
    assert set(found) == set(wide(texts, place, "INCB").uses)
    assert order != "form" or [use.form for use in found] == sorted((use.form for use in found), key=fold)


def test_uses_are_sorted_by_what_stands_next_to_them(tmp_path: Path) -> None:
    lines = ["甲去罪化乙", "丙丁去罪化甲", "甲丁，去罪化“丁”", "乙去罪化"]
    write(
        tmp_path / "texts",
        {"a.txt": "题目\n" + "".join(f"第{n}条　{line}。\n" for n, line in zip("一二三四", lines, strict=True))},
    )
    index([tmp_path / "texts"], tmp_path / "index", jobs=1)
    with library(tmp_path / "index") as opened:
        right = [use.right for use in concordance(opened, "去罪化", order="right").uses]
        left = [use.left[-3:] for use in concordance(opened, "去罪化", order="left").uses]
    assert right == ["。", "“丁”。", "乙。", "甲。"]
    assert left == ["条丙丁", "甲丁，", "四条乙", "一条甲"]


# -- as it is printed


def test_keywords_stand_in_one_column(out: Out) -> None:
    lines = out("INCB", "--width", "16").splitlines()
    assert re.fullmatch(r"6 uses in 3 documents \(\d\.\d{3} s\)", lines[0])
    assert lines[1].startswith("read as in capitals alone: INCB; glossary: INCB = ")
    uses = lines[3:]
    assert len(uses) == 6
    keywords = ["INCB", "国际麻醉品管制局", "麻管局", "管制局", "國際麻醉品管制局", "管制局"]
    for line, keyword in zip(uses, keywords, strict=True):
        before, _, behind = line.partition(f"  {keyword}  ")
        assert width(before) == 16
        assert "#art_" in behind
    places = [width(line[: re.search(r"(bulletin|review|treaty)#", line).start()]) for line in uses]  # type: ignore[union-attr]
    assert len(set(places)) == 1
    assert "treaty#art_1.1  第一條 第一項" in uses[3]


def test_a_part_is_shown_when_asked_for(out: Out) -> None:
    assert len(out("INCB", "--limit", "2").splitlines()) == 3 + 1 + 2
    assert "the first 2 are shown" in out("INCB", "--limit", "2")


def test_another_script_is_told(out: Out) -> None:
    printed = out("除罪化", "--doc", "treaty", "--script", "hans")
    assert "[texts in the other script are converted by OpenCC t2s]" in printed
    assert "不在此限" in printed


def test_tables_hold_all_columns(out: Out, tmp_path: Path) -> None:
    (header, *rows) = csv.reader(io.StringIO(out("INCB", "--format", "csv")))
    assert header == ["left", "text", "right", "doc", "id", "label", "title", "start", "end", "form", "why"]
    assert [row[1] for row in rows][:2] == ["INCB", "国际麻醉品管制局"]
    assert rows[1][10] == "glossary:incb"
    objects = [json.loads(line) for line in out("INCB", "--format", "jsonl").splitlines()]
    named = [*header[:7], "form"]
    assert [[row[name] for name in named] for row in objects] == [[*row[:7], row[9]] for row in rows]
    assert out("INCB", "-o", str(tmp_path / "uses.xlsx")) == ""
    sheet = load_workbook(tmp_path / "uses.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet["B"]][:3] == ["text", "INCB", "国际麻醉品管制局"]
    out("INCB", "-o", str(tmp_path / "uses.txt"))
    assert (tmp_path / "uses.txt").read_text("utf-8").startswith("6 uses in 3 documents\n")


def test_no_cell_is_run_as_a_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "texts", {"a.txt": "题目\n\n=1+1去罪化+2\n"})
    index([tmp_path / "texts"], tmp_path / "index", jobs=1)
    assert run(["--index", str(tmp_path / "index"), "glossary", "concordance", "去罪化", "--format", "csv"]) == 0
    row = list(csv.reader(io.StringIO(capsys.readouterr().out)))[1]
    assert row[:3] == ["'=1+1", "去罪化", "'+2"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["鲸鱼"], 0, "no use of 鲸鱼 was found"),
        ([], 2, "Missing argument"),
        ([" "], 2, "The term is empty."),
        (["INCB", "--width", "0"], 2, "--width"),
        (["INCB", "--format", "csv", "--script", "hans"], 2, "what is exported is the original"),
        (["INCB", "-o", "uses.pdf"], 2, "names no form"),
        (["INCB", "--sort", "colour"], 2, "--sort"),
    ],
)
def test_what_cannot_be_shown_is_told(
    arguments: list[str], code: int, told: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--index", str(place), "glossary", "concordance", *arguments]) == code
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.out == ""


def test_either_script_gives_the_same_uses(texts: Library, place: Path) -> None:
    for term in ("国际麻醉品管制局", "去罪化", "药监部门", "程序"):
        hans, hant = (wide(texts, place, convert(term, script)).uses for script in ("hans", "hant"))
        assert [replace(use, form="") for use in hans] == [replace(use, form="") for use in hant]


def test_of_a_treaty_every_use_is_found(shared: Path, tmp_path: Path) -> None:
    treaty = (shared / "corpus" / "zh-Hant" / "psychotropic-substances-1971.txt").read_text("utf-8")
    write(tmp_path / "texts", {"treaty.txt": treaty})
    index([tmp_path / "texts"], tmp_path / "index", jobs=1)
    with library(tmp_path / "index") as opened:
        names = LibraryThesaurus(opened.store, tmp_path / "index", [ROOT / "corpus" / "termbase"])
        found = concordance(opened, "INCB", thesaurus=names)
        text = re.sub(r"\s", "", opened.store.text("treaty"))
    assert len(found.uses) == text.count("管制局") > 20
