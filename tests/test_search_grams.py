"""Texts and their tokens."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.search import grams


@pytest.mark.parametrize(
    ("key", "tokens"),
    [
        ("", []),
        (" \n\u3000", []),
        ("定。各", ["定", "。", "各"]),
        ("精神\n药物", ["精", "神", "药", "物"]),
        ("2015年12月", ["2015", "年", "12", "月"]),
        ("harm reduction", ["harm", "reduction"]),
        ("don't", ["don", "'", "t"]),
        ("covid19", ["covid", "19"]),
        ("第15-1条", ["第", "15", "-", "1", "条"]),
        ("①②Ⅻ〇", ["①", "②", "Ⅻ", "〇"]),
        ("かな漢字", ["か", "な", "漢", "字"]),
        ("한국", ["한", "국"]),
        ("привет мир", ["привет", "мир"]),
        ("naïve", ["naïve"]),
        ("𠀀𠀁", ["𠀀", "𠀁"]),
        ("a_b", ["a", "_", "b"]),
        ("x" * 70, ["x" * 64, "x" * 6]),
    ],
)
def test_the_tokens_of_a_text(key: str, tokens: list[str]) -> None:
    assert grams.tokens(key) == tokens


@given(st.text())
def test_tokens_are_the_text_without_its_white_space(key: str) -> None:
    assert "".join(grams.tokens(key)) == "".join(key.split())


@given(st.text() | st.text(st.sampled_from("条药物。,;() \n\u3000第a1")))
def test_units_are_the_tokens_and_a_string_of_them_has_no_word(key: str) -> None:
    units = grams.units(key)
    assert list(units) == grams.tokens(key)
    assert not isinstance(units, str) or not any(map(grams.is_word, units))


def test_no_character_of_a_wordless_text_joins_another() -> None:
    wordless = [one for one in map(chr, range(sys.maxunicode + 1)) if grams._wordless().fullmatch(one)]
    assert {"条", "。", ",", "\n"} < set(wordless)
    for one in wordless:
        assert grams.tokens(one * 2) == list((one * 2).split() and one * 2)


@given(st.lists(st.sampled_from(["条", "。", "a", "12", "第"]), max_size=6))
def test_every_token_begins_one_gram(run: list[str]) -> None:
    found = list(grams.grams(run))
    assert [gram.split(grams.JOINT) for gram in found] == [
        list(pair) for pair in zip(run, [*run[1:], ""], strict=False)
    ]


@given(st.characters(exclude_categories=["Cs", "Zs", "Cc"]))
def test_a_word_is_what_the_tokens_run_together(character: str) -> None:
    if grams.tokens(character):
        assert grams.is_word(character) == (len(grams.tokens(character * 2)) == 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("精神\n 药物", "精神药物"),
        ("harm\n  reduction", "harm reduction"),
        ("“ harm", "“harm"),
        (" 2015 年 ", "2015年"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_layout_is_taken_out(text: str, expected: str) -> None:
    assert grams.unwrapped(text) == expected


def test_a_text_is_split_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = grams.tokens("条。药物" * 50)
    monkeypatch.setattr(grams, "BATCH", 7)
    assert grams.tokens("条。药物" * 50) == whole
