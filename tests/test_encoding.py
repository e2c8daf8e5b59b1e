"""JSON is written by orjson as the standard library would write it: digests of older indexes stay what they are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.store.encoding import dumps, encoded

TEXT = st.text(st.characters(), max_size=8)  # half surrogate pairs among them
NUMBERS = st.integers(-(2**70), 2**70)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4) | st.tuples(inner, inner),
    max_leaves=12,
)


def plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(VALUES)
def test_the_standard_library_would_write_the_same(value: object) -> None:
    assert dumps(value) == plain(value)


@given(VALUES)
def test_bytes_are_the_same_unless_they_cannot_be(value: object) -> None:
    try:
        expected = plain(value).encode()
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            encoded(value)
    else:
        assert encoded(value) == expected


@pytest.mark.parametrize("also", ["", 2**64], ids=["orjson", "the standard library"])
def test_bytes_in_a_row_are_hexadecimal(also: object) -> None:
    assert encoded([b"\xed\xa0\x80", also]) == plain([{"": "eda080"}, also]).encode()


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        dumps({"text": b"\xed\xa0\x80"})
    with pytest.raises(TypeError):
        encoded({1j})
