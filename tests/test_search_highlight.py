"""Where a match stands in the original, through line wraps and page breaks."""

from __future__ import annotations

import re
import string
import sys
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.model import Span
from tongwen.normalise import fold
from tongwen.search import grams
from tongwen.search.engine import Term
from tongwen.search.highlight import Reading

TEXT = "前言。精神藥\n  物與 psychotropic\nsubstances 均屬 12 2015年。\f頁首\n管制範圍。"


def reading(*parts: str, text: str = TEXT) -> Reading:
    pieces = [Span(text.index(part), text.index(part) + len(part)) for part in parts]
    return Reading.of("d", pieces, lambda _, span: span.of(text))


def row(typed: str) -> list[Term]:
    return [Term(token) for token in grams.tokens(fold(typed))]


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("精神药物", ["精神藥\n  物"]),
        ("psychotropic substances", ["psychotropic\nsubstances"]),
        ("物与psychotropic", ["物與 psychotropic"]),
        ("12", ["12"]),
        ("2015年", ["2015年"]),
        ("substance", []),
        ("神物", []),
    ],
)
def test_a_match_is_marked_with_the_white_space_inside(typed: str, marked: list[str]) -> None:
    found = reading("精神藥\n  物與 psychotropic\nsubstances 均屬 12 2015年。").highlights([row(typed)])
    assert [mark.of(TEXT) for mark in found] == marked


def test_pieces_between_which_nothing_stands_are_one_stretch() -> None:
    read = reading("精神藥", "物與")
    assert [span.of(TEXT) for span in read.stretches] == ["精神藥\n  物與"]
    assert [mark.of(TEXT) for mark in read.highlights([row("神药物")])] == ["神藥\n  物"]


def test_a_match_across_a_page_break_is_marked_in_two_parts() -> None:
    read = reading("2015年。", "管制範圍。")
    assert read.text == "2015年。\n管制範圍。"
    assert [mark.of(TEXT) for mark in read.highlights([row("年。管制")])] == ["年。", "管制"]


@pytest.mark.parametrize(
    ("terms", "marked"),
    [
        ([Term("tropic", "suffix"), Term("subst", "prefix")], ["tropic\nsubst"]),
        ([Term("s", "infix")], ["s", "s", "s", "s"]),
        ([Term("2", "infix")], ["2", "2"]),
        ([Term("15", "suffix"), Term("年")], ["15年"]),
        ([Term("15", "prefix"), Term("年")], []),
    ],
)
def test_a_part_of_a_word_is_marked_alone(terms: list[Term], marked: list[str]) -> None:
    found = reading("精神藥\n  物與 psychotropic\nsubstances 均屬 12 2015年。").highlights([terms])
    assert [mark.of(TEXT) for mark in found] == marked


def test_the_longest_of_several_rows_is_marked_whatever_their_borders() -> None:
    longest = [Term("substances"), Term("均")]
    rows = [[Term("s"), Term("substances")], [Term("subst", "prefix")], [Term("substances")], longest]
    found = reading("psychotropic\nsubstances 均屬 12").highlights(rows)
    assert [mark.of(TEXT) for mark in found] == ["substances 均"]


def test_a_letter_is_one_wherever_it_is_asked_for() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert re.findall(grams.LETTER, every) == re.findall(grams.ONE_LETTER, every)


def test_a_query_of_very_many_words_is_marked_at_once() -> None:
    rows = [[Term(first + second)] for first in string.ascii_lowercase for second in string.ascii_lowercase]
    began = process_time()
    found = reading("psychotropic\nsubstances").highlights([*rows, [Term("substances")]])
    assert [mark.of(TEXT) for mark in found] == ["substances"]
    assert process_time() - began < 2  # it took 15 seconds


def test_marks_that_overlap_are_one() -> None:
    read = reading("藥物藥物藥", text="藥物藥物藥")
    assert read.highlights([row("药物药")]) == [Span(0, 5)]
    assert read.highlights([row("药物")]) == [Span(0, 2), Span(2, 4)]


KEYS = st.text(alphabet="药a1 \n。", max_size=12)


@given(KEYS, KEYS.filter(str.strip))
def test_there_are_as_many_places_as_rows_of_tokens(text: str, typed: str) -> None:
    """The marks agree with what an engine counts."""
    read = Reading(text, (Span(0, len(text)),))
    run, wanted = grams.tokens(text), grams.tokens(typed)
    expected = sum(run[at : at + len(wanted)] == wanted for at in range(len(run)))
    assert len(list(read.places([Term(token) for token in wanted]))) == expected


@given(KEYS, st.lists(KEYS.filter(str.strip), min_size=1, max_size=4))
def test_several_rows_are_marked_in_one_pass_as_each_by_itself(text: str, typed: list[str]) -> None:
    read = Reading(text, (Span(0, len(text)),))
    rows = [[Term(token, "infix") for token in grams.tokens(one)] for one in typed]
    assert read.highlights(rows) == read.merged(place for row in rows for place in read.places(row))
