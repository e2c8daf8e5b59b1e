"""Scores in columns, against the same in dictionaries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tongwen.search.scores import NONE, Scores
from tongwen.search.shares import rounded

Found = dict[str, dict[int, float]]

scores = st.floats(0, 40).map(rounded)
found = st.dictionaries(st.sampled_from("abcd"), st.dictionaries(st.integers(0, 9), scores, min_size=1), max_size=4)


def flat(of: Found) -> list[tuple[float, str, int]]:
    return sorted((-score, doc, record) for doc, own in of.items() for record, score in own.items())


@given(found, st.integers(1, 12))
def test_the_best_are_those_of_all_in_their_order(of: Found, limit: int) -> None:
    made = Scores.of(of)
    assert made.best(limit) == flat(of)[:limit]
    assert made.total == len(flat(of))
    assert {doc: made.within(doc) for doc in made.docs} == of


@given(found, st.dictionaries(st.sampled_from("abcd"), st.sets(st.integers(0, 9)), max_size=4))
def test_what_is_taken_away_is_gone_and_the_rest_stays(of: Found, gone: dict[str, set[int]]) -> None:
    left = {doc: {r: s for r, s in own.items() if r not in gone.get(doc, ())} for doc, own in of.items()}
    left = {doc: own for doc, own in left.items() if own}
    less = Scores.of(of).less({doc: records for doc, records in gone.items() if doc in of})
    assert less.best(50) == flat(left)
    assert less.total == len(flat(left))
    assert less.docs.keys() == left.keys()


@given(found, scores)
def test_a_record_may_have_another_score(of: Found, score: float) -> None:
    places = [(doc, record) for doc, own in of.items() for record in list(own)[:1]]
    changed = Scores.of(of).changed(dict.fromkeys(places, score))
    assert changed.best(50) == flat({doc: own | {next(iter(own)): score} for doc, own in of.items()})


def test_a_record_that_is_there_twice_counts_once() -> None:
    twice = Scores({"a": slice(0, 3)}, [7, 8, 7], [2.0, 0.0, NONE], 2)
    assert twice.best(9) == [(-2.0, "a", 7), (0.0, "a", 8)]
    assert twice.within("a") == {7: 2.0, 8: 0.0}
    assert twice.less({"a": {7}}).total == 1


@given(st.floats(0, 1e6))
def test_a_score_has_four_places(score: float) -> None:
    assert abs(rounded(score) - round(score, 4)) <= 1e-4
    assert rounded(rounded(score)) == rounded(score) == round(rounded(score), 4)
