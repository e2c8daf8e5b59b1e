"""Tables in plain text: the cases, their twins in the other script, and what holds for every table."""

from __future__ import annotations

import pytest
from flat_cases import Case, cases, printed, tables


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_tables_of_a_text(case: Case) -> None:
    assert printed(case.text, tables(case.text)) == [line.rstrip("\n") for line in case.expected]
