"""Numbers as they are printed and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structure_of import articles, read
from tongwen.model import Language
from tongwen.normalise import normalise
from tongwen.numerals import number, roman, to_chinese, to_roman

NUMBERS = st.integers(0, 10_001) | st.integers(0)


@given(NUMBERS)
def test_what_is_printed_is_read_as_the_same_number(value: int) -> None:
    assert number(to_chinese(value)) == value


@given(NUMBERS)
def test_both_scripts_print_the_same(value: int) -> None:
    assert normalise(to_chinese(value)).key == to_chinese(value)


@given(st.integers(1, 3999))
def test_what_is_printed_in_roman_numerals_is_read_as_the_same_number(value: int) -> None:
    assert roman(to_roman(value)) == value


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_code_may_count_above_9999(language: Language) -> None:
    text = "第9999條　甲。\n第10000條　乙。\n第11350條　依第11350條之1及第9999條。\n" + "丙。\n" * 10_000
    found = articles(read(text, language=language))
    assert [(record.id, record.label) for record in found] == [
        ("art_9999", "第9999條"),
        ("art_10000", "第10000條"),
        ("art_11350", "第11350條"),
    ]
