"""Tables in plain text: the cases, their twins in the other script, the laws, and real tables drawn again."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flat_cases import Case, cases, lines_of, printed, tables
from flat_redraw import redrawn
from tongwen.normalise import convert
from tongwen.structure.flat import FlatTable, drawn, flat

_RULES = re.compile(r"[\u2500-\u257f|+=｜:-]")
_BLANK = re.compile(r"\s")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_tables_of_a_text(case: Case) -> None:
    assert printed(case.text, tables(case.text)) == list(case.expected)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_twin_in_the_other_script_has_the_same_grid(case: Case) -> None:
    for script in ("hans", "hant"):
        twin = convert(case.text, script)
        assert [_spans(table) for table in tables(twin)] == [_spans(table) for table in tables(case.text)]


def _spans(table: FlatTable) -> object:
    return table.lines, table.caption, table.number, table.header, table.rows, table.groups, table.notes


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_character_is_in_one_place(case: Case) -> None:
    _laws(case.text)


WORDS = ["表1 甲\n", "甲乙", "12", "3.5", "国家 人数\n", "注：丙", "Table 2. A\n"]
PIECES = st.sampled_from([*"┌─┬┐│├┼┤└┴┘|+- \n\n\t\u3000", *WORDS])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_text_breaks_the_laws(text: str) -> None:
    _laws(text)


ROWS = st.lists(
    st.tuples(st.sampled_from(["甲国", "乙国", "North Bay"]), st.integers(0, 99999), st.floats(0, 99, width=16)),
    min_size=2,
    max_size=8,
)


@given(ROWS, st.booleans(), st.booleans())
def test_rows_of_numbers_are_read_back(rows: list[tuple[str, int, float]], spaced: bool, before: bool) -> None:
    """Wherever the caption stands, and whether or not blank lines part the rows."""
    wanted = [[name, str(number), f"{rate:.1f}"] for name, number, rate in rows]
    body = ("\n\n" if spaced else "\n").join(["国家 人数 比例", *(" ".join(row) for row in wanted)])
    text = f"表1 人数\n\n{body}\n" if before else f"{body}\n\n表1 人数\n"
    (table,) = tables(text)
    assert [[cell.pieces[0].of(text) for cell in row] for row in table.rows] == wanted
    assert table.header is not None


def test_a_header_counts_its_levels() -> None:
    (case,) = (case for case in cases() if "merged cells" in case.name)
    (table,) = tables(case.text)
    assert table.head == 2


def _laws(text: str) -> None:
    lines, key = lines_of(text)
    framed = drawn(lines, key)
    _partition(text, framed)
    others = flat(lines, key, {i for table in framed for i in table.lines})
    _partition(text, others)
    used = Counter(i for table in others for i in (*table.lines, *table.caption))
    assert not used or max(used.values()) == 1


def _partition(text: str, found: list[FlatTable]) -> None:
    """Rows are of one width; what is printed on a table's lines is in one cell or note, or is a rule."""
    lines, _key = lines_of(text)
    held: Counter[int] = Counter()
    for table in found:
        assert len({len(row) for row in (*table.rows, *([table.header] if table.header else []))}) == 1
        held += Counter(_held(table, lines))
    framed = {i for table in found if table.origin == "drawn" for i in table.lines}
    for i in {i for table in found for i in table.lines}:
        for offset in range(lines[i].span.start, lines[i].span.end):
            char = text[offset]
            if not _BLANK.match(char):
                rule = held[offset] == 0 and i in framed and _RULES.match(char)
                assert held[offset] == 1 or rule, (char, lines[i].text)


def _held(table: FlatTable, lines: list) -> Iterator[int]:  # type: ignore[type-arg]
    cells = [cell for row in (*([table.header] if table.header else []), *table.rows) for cell in row]
    spans = [piece for cell in cells if not cell.repeat for piece in cell.pieces] + list(table.beside)
    spans += [lines[i].span for note in table.notes for i in note]
    rest = [lines[i].span for i in table.again]
    yield from (offset for span in (*spans, *rest) for offset in range(span.start, span.end))


FLOOR = 0.98
"""Share of the drawn tables of real statutes that are printed again as they are."""


def test_real_drawn_tables_are_drawn_again(shared: Path) -> None:
    verdicts = []
    for path in sorted((shared / "data" / "tw" / "zh").glob("*.json")):
        for text in _texts(json.loads(path.read_text(encoding="utf-8"))):
            if "─" in text:
                lines, key = lines_of(text)
                found = drawn(lines, key)
                beside: Counter[int] = Counter()
                for table in found:
                    verdicts.append(redrawn(table, lines, beside[table.lines[0]]))
                    beside[table.lines[0]] += 1
                _partition(text, found)
    assert len(verdicts) >= 60
    assert sum(verdicts) >= FLOOR * len(verdicts)


def _texts(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    for branch in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _texts(branch)


SHAPES = {"1": (15, 3), "2": (4, 6), "3": (3, 6), "4": (16, 2), "5": (4, 2)}


def test_a_real_report_has_its_tables_and_no_other(shared: Path) -> None:
    path = shared / "corpus" / "zh-Hans" / "drug-decriminalisation-asia-2016.txt"
    text = path.read_text(encoding="utf-8")
    lines, key = lines_of(text)
    found = flat(lines, key)
    assert {table.number: (len(table.rows), len(table.rows[0])) for table in found} == SHAPES
    assert len(found) == len(SHAPES)
    (group,) = next(table.groups for table in found if table.number == "4")
    assert group.last - group.first == 3
    _partition(text, found)


def test_statutes_have_no_table_in_their_text(shared: Path) -> None:
    """Rows of bars aside, none of the statutes' lines is one; forms in an annex may be."""
    wrong = 0
    paths = sorted((shared / "data" / "prc").rglob("*.md"))[::12]
    for path in paths:
        wrong += bool(flat(*lines_of(path.read_text(encoding="utf-8"))))
    assert wrong == 0
