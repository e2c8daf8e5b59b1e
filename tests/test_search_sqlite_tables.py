"""What FTS5 is given of a passage, and what is known of those that it finds."""

from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from tongwen.search import grams
from tongwen.search.sqlite_engine import tables
from tongwen.search.sqlite_engine.held import Documents, Held
from tongwen.search.sqlite_engine.standing import Standing


@given(st.text(st.sampled_from("条药物。,;()\ua4cf~")))
def test_a_string_of_tokens_gives_the_grams_of_its_characters(characters: str) -> None:
    assert tables.run(characters) == tables.run(list(characters))


@given(st.text() | st.text(st.sampled_from("条药。, \na1")))
def test_a_passage_is_as_many_words_as_it_has_tokens(key: str) -> None:
    assert tables.run(grams.units(key)).split(" ") == (tables.run(grams.tokens(key)).split(" "))
    assert len(tables.run(grams.units(key)).split(" ")) == max(1, len(grams.tokens(key)))


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.lists(st.booleans(), min_size=1, max_size=6)), st.data())
def test_a_document_is_where_it_is_however_many_were_asked_for(
    library: dict[str, list[bool]], data: st.DataObject
) -> None:
    """Who asks for many is answered from all, looked up once: see ``Standing.at``."""
    database = sqlite3.connect(":memory:")
    tables.create(database)
    first, keys = 1, []
    for doc, found in library.items():
        held = Held.of(doc, [(first + place, place, 5) for place in range(len(found))])
        database.execute("INSERT INTO search_documents VALUES (?,?,?,?)", held.row())
        keys += [first + place for place, there in enumerate(found) if there]
        first += len(found)
    counted = keys, [1] * len(keys)
    whole = Standing(counted, Documents(database)).docs
    piecemeal = Standing(counted, Documents(database))
    for doc in data.draw(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12)):
        assert piecemeal.at(doc) == whole.get(doc)
        assert [*piecemeal.rows(doc).keys] == keys[whole.get(doc, slice(0, 0))]
