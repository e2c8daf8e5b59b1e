"""What a line begins with, told alike to structure and to terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.labels import _read, caption_labels, labels, said_from


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("第十五条之一 本法", "本法"),
        ("(一)毒品,是指", "毒品,是指"),
        ("1.毒品", "毒品"),
        ("1.5公斤", "1.5公斤"),
        ("甲、毒品", "毒品"),
        ("①毒品", "毒品"),
        ("• 毒品", "毒品"),
        ("(a) drugs", "drugs"),
        ("专栏3:转处", "转处"),
        ("毒品是指", "毒品是指"),
        ("", ""),
    ],
)
def test_a_lines_own_words(line: str, said: str) -> None:
    assert line[said_from(line) :] == said


@given(st.text(st.sampled_from("第一二条(1)a.、表图专栏box table 4•毒 "), max_size=12))
def test_what_is_passed_over_lies_in_the_line_and_is_a_label(line: str) -> None:
    at = said_from(line)
    assert 0 <= at <= len(line)
    known = [label.length for label in (*labels(line), *caption_labels(line))]
    assert all(length <= len(line) for length in known)
    assert at or not known


NUMBERED = st.text(st.sampled_from("一十二(（)）.、 1٢a ivx甲子壹①\n的%"), max_size=20)


@given(NUMBERED, st.sampled_from(["", "的", "，", " ", "\u2028", "9", "三"]))
def test_what_is_remembered_of_a_number_is_what_any_line_says(head: str, behind: str) -> None:
    for line in (head, head + behind, head + behind + "一、"):
        assert labels(line) == _read(line)
