"""What FTS5 is given of a passage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tongwen.search import grams
from tongwen.search.sqlite_engine import tables


@given(st.text(st.sampled_from("条药物。,;()\ua4cf~")))
def test_a_string_of_tokens_gives_the_grams_of_its_characters(characters: str) -> None:
    assert tables.run(characters) == tables.run(list(characters))


@given(st.text() | st.text(st.sampled_from("条药。, \na1")))
def test_a_passage_is_as_many_words_as_it_has_tokens(key: str) -> None:
    assert tables.run(grams.units(key)).split(" ") == (tables.run(grams.tokens(key)).split(" "))
    assert len(tables.run(grams.units(key)).split(" ")) == max(1, len(grams.tokens(key)))
