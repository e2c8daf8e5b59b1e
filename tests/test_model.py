"""Spans and blocks are made by their slots, and are frozen dataclasses all the same."""

from __future__ import annotations

import pickle
from copy import deepcopy
from dataclasses import FrozenInstanceError, astuple, fields, replace

import pytest

from tongwen.model import Block, Cell, Span

SPAN = Span(start=2, end=5)
BLOCK = Block("table", SPAN, 1, "zh-Hant", ((Cell("甲", SPAN),),), "表 1", 2)


@pytest.mark.parametrize("made", [SPAN, BLOCK])
def test_each_field_is_what_was_given(made: Span | Block) -> None:
    given = {one.name: getattr(made, one.name) for one in fields(made)}
    again = type(made)(**given)
    assert again == made == pickle.loads(pickle.dumps(made)) == deepcopy(made) == replace(made)
    assert (hash(again), repr(again)) == (hash(made), repr(made))


def test_the_fields_that_are_not_given_have_their_defaults() -> None:
    plain = Block("line", SPAN)
    defaults = {one.name: one.default for one in fields(Block) if one.name not in ("kind", "span")}
    assert {name: getattr(plain, name) for name in defaults} == defaults


@pytest.mark.parametrize(("made", "name"), [(SPAN, "end"), (BLOCK, "level")])
def test_none_can_be_changed(made: Span | Block, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(made, name, 9)


def test_spans_have_an_order() -> None:
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]
    assert astuple(SPAN) == (2, 5)


@pytest.mark.parametrize("ends", [(-1, 2), (3, 2)])
def test_a_span_runs_forwards(ends: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="runs forwards"):
        Span(*ends)
