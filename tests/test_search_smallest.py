"""The smallest records that hold all of several words, against reading every record's text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tongwen.nesting import TOP, Nesting
from tongwen.search.smallest import smallest


@st.composite
def nestings(draw: st.DrawFn) -> Nesting:
    size = draw(st.integers(1, 8))
    parents = [draw(st.integers(TOP, record - 1)) for record in range(size)]
    owners = draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=8))
    return Nesting(100, owners, parents, [0] * size)


@given(nestings(), st.data())
def test_a_hit_holds_all_and_no_record_inside_it_does_or_it_holds_all_itself(
    nesting: Nesting, data: st.DataObject
) -> None:
    keys = st.dictionaries(st.sampled_from(nesting.keys()), st.just(1), min_size=1)
    parts = data.draw(st.lists(keys, min_size=1, max_size=3))
    records = range(len(nesting.parents))

    def holds(record: int) -> bool:
        return all(any(record in nesting.upwards(nesting.owner(key)) for key in part) for part in parts)

    def itself(record: int) -> bool:
        return all(any(nesting.owner(key) == record for key in part) for part in parts)

    def inside(record: int) -> list[int]:
        return [other for other in records if other != record and record in nesting.upwards(other)]

    expected = {r for r in records if itself(r) or (holds(r) and not any(map(holds, inside(r))))}
    nearest = smallest(nesting.parents, [set(map(nesting.owner, part)) for part in parts])
    assert {record for record in nearest.values() if record is not None} == expected
    for record, holder in nearest.items():
        around = [] if record == TOP else list(nesting.upwards(record))
        assert holder == next((one for one in around if one in expected), None)
