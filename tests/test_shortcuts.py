"""What is passed over to save time changes nothing: each shortcut beside the long way."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.decode.language import _part, _weigh, _whole, mark
from tongwen.decode.plausible import CONTROL, is_plausible, plausibility
from tongwen.flow.keying import key_text, key_texts
from tongwen.model import Block, Passage, Span, Text
from tongwen.normalise import fold, normalise
from tongwen.orthography import _BACKWARDS, DOUBLED, brackets
from tongwen.terms.running import _LOOSE, _parts, running
from tongwen.terms.runs import Runs
from tongwen.terms.styles import abbreviation_style, style

WORDS = re.findall(
    r"\S+",
    """
    本法 所称 称 X 甲 , 。 : ; - ( ) " 是指 指 谓 意指 所定 规定的 规定中的 条 包括 含 不 亦属之 也属前 除外 不在此限
    及于 视为 以累犯论 论处 shall be deemed 用词 定义 如下: 除文意另有所指外- 在本条例中- 者 称为 则称 可以认定为
    mean means refers to defined as has the meaning unless the context in this act- 具有 的涵义 涵义见 include 就甲而言,
    """,
)
SAID = st.lists(st.sampled_from([*WORDS, " ", "条例", "办法"]), max_size=12).map("".join)
SIGNS = [
    (("frame", "weak"), "framing"),
    (("verb",), "meaning"),
    (("named",), "naming"),
    (("english",), "equating"),
    (("paired", "also"), "pairing"),
    (("lead",), "leads"),
    (("fiction", "treated"), "deems"),
    (("adds", "belongs", "next", "with", "without", "but"), "extends"),
]


@pytest.mark.parametrize(("roles", "sign"), SIGNS, ids=[sign for _, sign in SIGNS])
@given(key=SAID)
def test_a_sign_stands_wherever_its_style_does(roles: tuple[str, ...], sign: str, key: str) -> None:
    if style(*roles).search(key):
        assert style(sign).search(key)


@given(st.lists(SAID, max_size=6))
def test_one_pass_finds_the_runs_that_have_a_sign(said: list[str]) -> None:
    ends = [*accumulate(map(len, said))]
    pieces = map(Span, [0, *ends], ends)
    passages = [Passage(str(n), (piece,)) for n, piece in enumerate(pieces)]
    text = normalise("".join(said))
    keys = [run.key for run in (running(passage, text) for passage in passages) if run.key]
    runs = Runs(passages, text)
    assert [runs[n].key for n in range(len(runs))] == keys
    for sign in (style("leads"), style("sign"), style("deems"), style("extends"), abbreviation_style("sign")):
        assert [*runs.having(sign)] == [n for n, key in enumerate(keys) if sign.search(key)]


@given(st.text(st.sampled_from(' \n的，,.:“"(a1'), max_size=12))
def test_blanks_are_left_out_as_if_each_were_looked_at_on_both_sides(said: str) -> None:
    text = normalise(said)
    key = _LOOSE.sub(lambda blank: " " if _parts(text.key, *blank.span()) else "", text.key)
    assert running(Passage("p_1", (Span(0, len(said)),)), text).key == key


@given(st.text(st.sampled_from("的法，。 aé龘讼\u00b7𠀀")))
def test_what_surely_reads_well_does(text: str) -> None:
    if text and is_plausible(text):
        assert plausibility(text) >= 0.45
        assert not CONTROL.search(text)


@given(st.lists(st.text(st.sampled_from("国國的法是a théof"), min_size=1), min_size=1), st.integers(0, 200))
def test_each_block_has_the_language_that_it_would_have_if_all_were_weighed(lines: list[str], more: int) -> None:
    lines = ["国" * more, *lines, "國" * (200 - more)]
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block("line", Span(at, at + len(line))))
        at += len(line) + 1
    whole, marked = mark(text, blocks)
    assert whole == _whole(text, _weigh(text))
    assert [block.language for block in marked] == [_part(_weigh(block.span.of(text)), whole) for block in blocks]


@given(st.text(st.sampled_from("（）()[]〔〕【】《》「」『』“”\n 一1)a")))
def test_brackets_that_close_at_once_are_as_if_taken_one_by_one(text: str) -> None:
    by_pairs = list(brackets.unbalanced(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brackets, "IN_TEXT", brackets.IN_TABLES)
        assert list(brackets.unbalanced(text)) == by_pairs


@given(st.text(st.sampled_from("规定标准的之，。"), max_size=30))
def test_a_doubled_word_is_seen_from_behind_too(text: str) -> None:
    assert bool(DOUBLED.search(text)) == bool(_BACKWARDS.search(text[::-1]))


@given(st.text(max_size=50))
def test_a_long_text_has_the_key_of_its_parts(text: str) -> None:
    assert fold(text * 40) == fold(text) * 40


@given(st.text(st.sampled_from("Ａ條\n 　\u200b，b"), min_size=6), st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_a_key_text_is_cut_from_the_key(text: str, cuts: list[int]) -> None:
    a, b, c, d = sorted(cuts)
    passages = [Passage("p_1", (Span(a, d),)), Passage("p_2", (Span(a, b), Span(c, d)))]
    expected = [key_text(text, passage.pieces) for passage in passages]
    assert key_texts(Text(text, fold(text)), passages) == expected
