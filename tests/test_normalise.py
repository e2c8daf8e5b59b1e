"""The fold: its laws, its rules case by case, OpenCC's own cases, and where its table comes from."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from itertools import groupby, islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.normalise import Script, convert, fold, normalise

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases" / "normalise"

ANY_TEXT = st.text(st.characters(exclude_categories=()))
CHINESE = st.text(st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.sampled_from("，。、 \n1a")))


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]


@given(ANY_TEXT)
def test_the_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY_TEXT)
def test_the_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT, ANY_TEXT)
def test_the_fold_is_safe_to_slice(a: str, b: str) -> None:
    assert fold(a) + fold(b) == fold(a + b)


def test_every_code_point_obeys_the_laws() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(every)) == len(every)
    assert fold(fold(every)) == fold(every)


def test_lines_end_where_they_ended() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert {c for c in every if fold(c) == "\n"} == set("\n\v\f\x85\u2028\u2029")
    assert {c for c in every if fold(c) == "\r"} == {"\r"}


@given(ANY_TEXT)
def test_a_text_keeps_its_original(text: str) -> None:
    assert normalise(text).original == text
    assert normalise(text).key == fold(text)


@given(CHINESE, st.sampled_from(["hans", "hant"]))
def test_a_converted_text_has_the_key_of_the_text(text: str, script: Script) -> None:
    assert fold(convert(text, script)) == fold(text)


@given(ANY_TEXT, st.sampled_from(["hans", "hant"]))
def test_any_text_can_be_converted(text: str, script: Script) -> None:
    assert isinstance(convert(text, script), str)


@pytest.mark.parametrize(
    ("text", "script", "shown"), [("头发发展", "hant", "頭髮發展"), ("國際公約", "hans", "国际公约")]
)
def test_what_is_shown_is_converted_word_by_word(text: str, script: Script, shown: str) -> None:
    assert convert(text, script) == shown


def test_words_of_a_region_are_left_alone() -> None:
    assert convert("程序", "hant") == "程序"
    assert convert("程式", "hans") == "程式"


@pytest.mark.parametrize(("text", "key", "rule"), rows(CASES / "fold.tsv"))
def test_rule(text: str, key: str, rule: str) -> None:
    assert fold(text) == key, rule


def test_both_sides_of_opencc_own_cases_have_one_key(shared: Path) -> None:
    """All cases but those of the configurations that change words; the exceptions are named, and no more than named."""
    source = (shared / "data" / "opencc" / "testcases.json").read_text("utf-8")
    cases = json.loads(re.sub(r",(\s*[\]}])", r"\1", source))["cases"]
    sides = [(c["id"], name, c["input"], side) for c in cases for name, side in c["expected"].items()]
    told = [case for case in sides if not case[1].endswith("p") or case[1] == "t2jp"]
    assert len(told) >= 390
    missed = {(case, name) for case, name, one, other in told if fold(one) != fold(other)}
    assert missed == {(case, name) for case, name, _ in rows(CASES / "exceptions.tsv")}


@pytest.mark.parametrize(
    "name",
    [
        "TSPhrases",
        "STPhrases",
        "TWVariantsPhrases",
        "TWVariantsRevPhrases",
        "HKVariantsPhrases",
        "HKVariantsRevPhrases",
    ],
)
def test_both_sides_of_opencc_phrases_have_one_key(name: str) -> None:
    """So converting a text, which goes by phrases, never changes its key."""
    dictionary = runpy.run_path(str(ROOT / "scripts" / "build-fold"))["dictionary"]
    entries = list(dictionary(name))
    assert entries
    assert [entry for entry in entries if fold(entry[0]) != fold(entry[1][0])] == []


def test_common_characters_are_told_apart_but_for_those_that_are_named() -> None:
    """A new dictionary of OpenCC must not put two words under one key unseen."""
    every = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    common = [character for character in every if character]
    assert len(common) == 3755
    classes = groupby(sorted(common, key=fold), key=fold)
    merged = {frozenset(group) for group in (list(members) for _, members in classes) if len(group) > 1}
    assert merged == {frozenset(characters) for characters, _ in rows(CASES / "merged.tsv")}


def test_converting_real_texts_keeps_their_length_and_key(shared: Path) -> None:
    files = [*shared.glob("corpus/*/*.txt"), *islice(sorted(shared.glob("data/*/*/*.json")), 20)]
    files += islice(sorted(shared.glob("data/prc/*/*.md")), 20)
    for text in (path.read_text("utf-8") for path in files):
        for shown in (convert(text, "hans"), convert(text, "hant")):
            assert len(shown) == len(text)
            assert fold(shown) == fold(text)


@pytest.mark.parametrize("script", ["build-fold", "build-words"])
def test_a_generated_table_is_what_the_installed_libraries_give(script: str) -> None:
    check = subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check"], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stderr


def test_every_correction_of_the_table_says_why() -> None:
    for row in rows(ROOT / "pipeline" / "tongwen" / "lexicon" / "fold_exceptions.tsv"):
        action, character, other, reason = row
        assert action in {"part", "join", "key"}
        assert reason
        if action == "part":
            assert fold(character) != fold(other), row
        if action == "join":
            assert fold(named(character)) == fold(named(other)), row


def named(cell: str) -> str:
    return chr(int(cell[2:], 16)) if cell.startswith("U+") else cell


def test_folding_does_not_load_opencc() -> None:
    code = "import sys; from tongwen.normalise import fold; fold('國'); sys.exit('opencc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
