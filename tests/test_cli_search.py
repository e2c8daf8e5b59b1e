"""`search` as a person and as a program sees it, on a library of a few lines read by the real flow."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from little_corpus import write
from tongwen.cli.boundary import run
from tongwen.cli.page import Page
from tongwen.cli.passage import LONGEST, OMISSION, Passage
from tongwen.flow import index
from tongwen.model import Span
from tongwen.search.joints import Piece, joints
from tongwen.search.plan import SIMILAR

Out = Callable[..., str]

HANT = "示範法\n第一條　本法管制精神藥物。\n第二條　復審以一次為限。\n"
HANS = "示范法\n第一条　本法管制精神药物。\n第二条　复审以一次为限。-毒品除外。\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    for name, text in (("hant", HANT), ("hans", HANS)):
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run(["index", str(folder / "texts"), "--index", str(folder / "index"), "--jobs", "1"]) == 0
    return folder / "index"


@pytest.fixture
def out(library: Path, capsys: pytest.CaptureFixture[str]) -> Out:
    def call(*arguments: str) -> str:
        assert run(["--index", str(library), "search", *arguments]) == 0
        return str(capsys.readouterr().out)

    return call


def test_either_script_finds_both_texts_in_their_own_glyphs(out: Out) -> None:
    typed = [json.loads(out(query, "--json")) for query in ("精神药物", "精神藥物")]
    assert typed[0]["hits"] == typed[1]["hits"]
    assert {hit["doc"]: "藥" in hit["text"] for hit in typed[0]["hits"]} == {"hant": True, "hans": False}


def test_json_has_the_promised_fields_and_highlights_in_the_original(out: Out) -> None:
    found = json.loads(out("精神药物", "--json"))
    assert {"query", "total", "seconds", "read_as", "hits"} <= found.keys()
    for hit in found["hits"]:
        assert {"doc", "id", "kind", "title", "label", "path", "span", "text", "score", "why"} <= hit.keys()
        text = {"hant": HANT, "hans": HANS}[hit["doc"]]
        assert [text[start:end] for start, end in hit["highlights"]] in (["精神藥物"], ["精神药物"])


def test_a_person_sees_how_it_was_read_what_it_is_cited_by_and_the_passage(out: Out) -> None:
    lines = out("一次").splitlines()
    assert lines[0].startswith("2 hits in 2 documents (")
    assert "read as exact: 一次" in lines
    assert any(line.endswith("復審以一次為限。") for line in lines)
    assert any("示範法" in line and "第二條" in line for line in lines)


def test_spellings_are_counted_and_exact_script_keeps_to_one(out: Out) -> None:
    assert "written 復審 1, 复审 1" in out("復審")
    assert json.loads(out("復審", "--exact-script", "--json"))["total"] == 1


def test_pages_of_hits_add_up(out: Out) -> None:
    whole = json.loads(out("精神药物", "--json"))["hits"]
    pages = [json.loads(out("精神药物", "--json", "--limit", "1", "--offset", str(n)))["hits"] for n in (0, 1)]
    assert pages[0] + pages[1] == whole
    assert "1 more: --offset 1" in out("精神药物", "--limit", "1")


def test_hits_are_chosen_by_document_and_kind(out: Out) -> None:
    assert {hit["doc"] for hit in json.loads(out("一次", "--doc", "hant*", "--json"))["hits"]} == {"hant"}
    assert {hit["kind"] for hit in json.loads(out("一次", "--kind", "article", "--json"))["hits"]} == {"article"}


def test_a_pattern_that_no_document_matches_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for glob, told in (("hant*", ""), ("han", "tongwen: no document's id matches 'han'\n")):
        assert run(["--index", str(library), "search", "没有", "--doc", glob]) == 0
        assert capsys.readouterr().err == told


def test_a_kind_may_be_plural(out: Out) -> None:
    one, many = (json.loads(out("一次", "--kind", kind, "--json"))["hits"] for kind in ("article", "articles"))
    assert one == many != []


def test_converted_hits_say_so_and_keep_the_original(out: Out) -> None:
    assert "[converted to Simplified by OpenCC t2s; the original: tongwen show hant#" in out("復審", "--script", "hans")
    found = {hit["doc"]: hit for hit in json.loads(out("復審", "--script", "hans", "--json"))["hits"]}
    assert "復審" in found["hant"]["text"]
    assert "复审" in found["hant"]["converted"]["text"]
    assert "converted" not in found["hans"]


def test_a_query_that_begins_with_a_hyphen_goes_after_two(out: Out) -> None:
    assert json.loads(out("--json", "--", "-毒品"))["query"] == "-毒品"


def test_nothing_found_is_no_failure(out: Out) -> None:
    assert out("鲸鱼座").splitlines()[0] == "nothing found"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Missing argument"),
        ([""], "The query is empty."),
        (["药" * 10_000], "at most"),
        (["药", "--limit", "-1"], "--limit"),
        (["药", "--kind", "whale"], "Known are: article"),
        (["药", "--kind", "artical"], "Did you mean article?"),
        (["-药"], "--"),
    ],
)
def test_a_query_that_cannot_be_read_is_wrong_usage(
    arguments: list[str], told: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--index", str(library), "search", *arguments]) == 2
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.out == ""


def test_the_match_is_coloured_on_a_terminal_alone() -> None:
    passage = Passage.of("甲乙丙", [Span(5, 8)], [Span(6, 7)])
    assert list(passage.lines(Page(True, True, 80))) == ["   甲\x1b[1;31m乙\x1b[0m丙"]
    assert list(passage.lines(Page(False, False))) == ["   甲乙丙"]


def test_what_is_left_out_between_two_pieces_is_shown() -> None:
    passage = Passage.of("甲\n乙", [Span(0, 1), Span(9, 10)], [Span(9, 10)])
    assert passage.text == f"甲{OMISSION}乙"
    assert [passage.text[at] for at, mark in enumerate(passage.marked) if mark] == ["乙"]


def test_pieces_between_which_nothing_is_left_out_are_joined_as_they_are_read() -> None:
    text = "It is required3. An\noffice 4(open)\n\n次段。\n\n三段。"
    whole = [(0, "It is required"), (0, ". An"), (0, "office"), (0, "(open)"), (1, "次段。"), (2, "段。")]
    at, pieces = 0, []
    for number, part in whole:
        at = text.index(part, at)
        pieces.append(Piece(number, Span(at, at + len(part)), part))
        at += len(part)
    joined = tuple(joints(pieces, lambda span: span.of(text)))
    assert joined == ("", " ", " ", " ", None)
    passage = Passage.of("\n".join(part for _, part in whole), [piece.span for piece in pieces], [], joined)
    assert passage.text == f"It is required. An office (open) 次段。{OMISSION}段。"


@pytest.mark.parametrize("before", ["", "甲" * 30])
def test_a_snippet_does_not_begin_inside_a_latin_word(before: str) -> None:
    text = before + "participants " * 40
    start = text.index("participants", 200)
    shown = Passage.of(text, [Span(0, len(text))], [Span(start, start + 12)]).cut().text
    assert shown.startswith("…participants ")


def test_what_is_alike_is_not_said_to_be_read_as_what_was_typed(out: Out) -> None:
    lines = out("精神病学药理").splitlines()
    assert lines[1] == SIMILAR
    assert SIMILAR not in out("鲸鱼座")


TEXT = st.text(st.sampled_from("甲乙a \n"), min_size=1, max_size=400)


@given(TEXT, st.data())
def test_healing_and_cutting_keep_the_marks_on_what_matched(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = Passage.of(text, [Span(7, 7 + len(text))], [Span(7 + start, 7 + end)])
    assert len(passage.text) == len(passage.marked)
    marked = "".join(c for c, mark in zip(passage.text, passage.marked, strict=True) if mark)
    assert "".join(marked.split()) == "".join(text[start:end].split())
    shorter = passage.cut()
    assert len(shorter.text) == len(shorter.marked) <= LONGEST + 2
    assert any(shorter.marked) == any(passage.marked)


def test_a_drawn_table_is_quoted_line_by_line() -> None:
    text = "如下：\n┌─┐\n│甲│\n└─┘"
    passage = Passage.of(text, [Span(0, len(text))], [Span(9, 10)])
    assert list(passage.lines(Page(True, True, 80))) == ["   如下：", "   ┌─┐", "   │\x1b[1;31m甲\x1b[0m│", "   └─┘"]


def test_the_reference_stands_on_a_line_of_its_own_and_leads_to_the_hit(out: Out, library: Path) -> None:
    lines = out("復審", "--exact-script").splitlines()
    (reference,) = [line.strip() for line in lines if "#" in line]
    assert run(["--index", str(library), "show", *shlex.split(reference)]) == 0


def test_a_text_that_is_cut_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "texts", {"a.txt": f"示範法\n第一條　{'甲' * 300}管制。\n第二條　短。\n"})
    index([tmp_path / "texts"], tmp_path / "index", jobs=1)
    for query, cut in (("管制", True), ("短", False)):
        assert run(["--index", str(tmp_path / "index"), "search", query]) == 0
        assert ("[cut; " in capsys.readouterr().out) == cut


def test_of_a_drawn_table_whole_lines_are_cut() -> None:
    text = "\n".join(f"│{number:02}{'字' * 30}│" for number in range(20))
    at = text.index("10")
    lines = list(Passage.of(text, [Span(0, len(text))], [Span(at, at + 2)]).cut().lines(Page(False, False)))
    assert any("10" in line for line in lines)
    assert (lines[0].strip(), lines[-1].strip()) == ("…", "…")
    assert {len(line.strip()) for line in lines[1:-1]} == {34}
