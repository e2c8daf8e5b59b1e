"""A span is frozen, ordered and hashed as a dataclass would be; what is made of spans is a tuple with names."""

from __future__ import annotations

import pickle
from copy import deepcopy

import pytest

from tongwen.model import NOTHING, Block, Cell, Document, Record, Span

SPAN = Span(start=2, end=5)
BLOCK = Block("table", SPAN, 1, "zh-Hant", ((Cell("甲", SPAN),),), "表 1", 2)


@pytest.mark.parametrize("made", [SPAN, BLOCK])
def test_a_copy_is_equal_and_cannot_be_told_apart(made: Span | Block) -> None:
    for again in (pickle.loads(pickle.dumps(made)), deepcopy(made)):
        assert (again, type(again)) == (made, type(made))
        assert (hash(again), repr(again)) == (hash(made), repr(made))


@pytest.mark.parametrize(("made", "name"), [(SPAN, "end"), (SPAN, "other"), (BLOCK, "level")])
def test_none_can_be_changed(made: Span | Block, name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(made, name, 9)
    with pytest.raises(AttributeError):
        delattr(made, name)


def test_spans_have_an_order() -> None:
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]
    assert max(Span(3, 4), Span(1, 9)) == Span(3, 4)


def test_a_span_is_equal_to_spans_alone() -> None:
    assert repr(SPAN) == "Span(start=2, end=5)"
    assert Span(2, 5) == SPAN
    assert [other for other in (Span(2, 6), Span(1, 5), (2, 5), None) if other == SPAN] == []


@pytest.mark.parametrize("ends", [(-1, 2), (3, 2)])
def test_a_span_runs_forwards(ends: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="runs forwards"):
        Span(*ends)


def test_what_nobody_gave_is_nothing_and_stays_so() -> None:
    document = Document("d", "d.txt", "", "text", "", "und", "", ())
    assert Record("a", "article", SPAN).fields is NOTHING is document.metadata
    assert NOTHING == {}
