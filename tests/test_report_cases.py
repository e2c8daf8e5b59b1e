"""Reports in flattened text: each trap of their layout as a case, in both scripts, and the laws for every one."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from report_cases import Case, cases, compared, rows
from structure_of import document
from structure_of import read as read_text
from test_structure import laws
from tongwen.model import Language, Structure
from tongwen.normalise import convert, normalise
from tongwen.structure import structure

CASES = list(cases())


def read(case: Case) -> Structure:
    return read_text(case.text, case.title, case.language)


def parameters(reasons: dict[str, str]) -> list[Any]:
    """Every case; one with a reason is expected to fail, so that the test tells when it no longer does."""
    marks = {name: [pytest.mark.xfail(reason=why, strict=True)] for name, why in reasons.items() if why}
    return [pytest.param(case, marks=marks.get(case.name, []), id=case.name) for case in CASES]


@pytest.mark.parametrize("case", parameters({case.name: case.known for case in CASES}))
def test_report(case: Case) -> None:
    wanted, found = compared(case.expected, rows(read(case), case.kinds))
    assert found == wanted


@pytest.mark.parametrize("case", parameters({case.name: case.unlawful for case in CASES}))
def test_the_laws_hold_for_every_report(case: Case) -> None:
    laws(document(case.text, case.title, case.language), read(case))


@pytest.mark.parametrize("case", [c for c in CASES if c.language != "en"], ids=lambda case: case.name)
def test_the_twin_of_a_report_has_the_same_structure(case: Case) -> None:
    script: Literal["hans", "hant"] = "hans" if case.language == "zh-Hant" else "hant"
    language: Language = "zh-Hans" if script == "hans" else "zh-Hant"
    twin = document(convert(case.text, script), convert(case.title, script), language)
    assert shape(structure(twin, normalise(twin.text))) == shape(read(case))


def shape(found: Structure) -> list[object]:
    """But for what is printed: 附录 in the one script is 附錄 in the other."""
    records = [(r.id, r.kind, r.span, r.parent, r.fields.get("part"), r.fields.get("level")) for r in found.records]
    return [*records, [(p.record, p.pieces) for p in found.passages], [(p.code, p.span) for p in found.problems]]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a heading at a page's foot, inside the sentence that it heads", "where its page begins"),
        ("a numbered heading printed behind its first subsection", "before the first heading with a greater number"),
    ],
)
def test_a_displaced_heading_says_where_it_is_read(name: str, hint: str) -> None:
    (case,) = (case for case in CASES if case.name == name)
    (told,) = (problem.hint for problem in read(case).problems if problem.code == "heading-displaced")
    assert told == f"It is read {hint}."


def test_notes_without_texts_are_told() -> None:
    """Once for all of them, at the first marker."""
    text = "各地的服务仍然不够多1。门诊只在白天开放2。费用由使用者负担3。\n\n多数人步行前来4，也有人乘车5。\n"
    (lost,) = (problem for problem in read_text(text, "", "zh-Hans").problems if problem.code == "note-text-missing")
    assert lost.message == "The text of 5 notes, 1 to 5, is not in the file."
    assert lost.span is not None
    assert lost.span.of(text) == "1"


@pytest.mark.parametrize(
    "line",
    [
        "表 1 列出了各地的服务机构和工作人员，这些数字由各地",
        "表 2 和表 3 的数字由各地的卫生部门分别提供，其中部分",
    ],
)
def test_a_sentence_that_begins_with_a_tables_number_is_no_caption_without_a_table(line: str) -> None:
    text = f"各地的情况不同。\n\n{line}\n每年核对一次，并在次年公布。\n\n服务机构的数目在增加。\n"
    assert "table-unread" not in {problem.code for problem in read_text(text, "", "zh-Hans").problems}


def test_names_of_cases_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 70
    assert len(set(names)) == len(names)
