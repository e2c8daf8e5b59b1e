"""Glossaries for translators' tools and machines, read as those tools read them, within the limits that they set."""

from __future__ import annotations

import csv
import io
import re
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from translate.storage.csvl10n import csvfile

from concept_strategies import concepts, raw_texts
from conftest import ROOT
from tongwen.concept import Concept, Definition, Evidence, Link, Term
from tongwen.exchange import deepl
from tongwen.exchange.csv_table import read_csv
from tongwen.exchange.deepl import write_deepl
from tongwen.exchange.folder import read_folder
from tongwen.exchange.formats import WRITERS
from tongwen.exchange.google import write_google
from tongwen.exchange.memoq import write_memoq
from tongwen.exchange.omegat import write_omegat
from tongwen.exchange.pairs import pairs
from tongwen.exchange.weblate import write_weblate
from tongwen.exchange.writing import Written
from tongwen.export.guard import is_formula
from tongwen.model import Span

WORKED = settings(max_examples=20, deadline=None)
TERMBASE = ROOT / "corpus" / "termbase"


class Entry(NamedTuple):
    source: str
    target: str
    comment: str


def omegat(data: bytes) -> list[Entry]:
    """As OmegaT's reader of tab-separated glossaries reads a file named .utf8."""
    entries = []
    for line in re.split("\r\n|\r|\n", data.decode("utf-8").removeprefix("\ufeff")):
        cells = line.split("\t")
        while cells and not cells[-1]:  # as Java's split does
            cells.pop()
        if not line.startswith("#") and len(cells) >= 2 and cells[0]:
            entries.append(Entry(cells[0].strip(), cells[1].strip(), cells[2].strip() if len(cells) > 2 else ""))
    return entries


def rows(written: Written) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.data.decode("utf-8-sig"), newline="")))


def concept(key: str, *terms: Term, **more: object) -> Concept:
    return Concept(key, terms, **more)  # type: ignore[arg-type]


DRUG = concept(
    "drug",
    Term("drug", "en"),
    Term("毒品", "zh-Hant", "admitted", note="n", source="s"),
    Term("藥物", "zh-Hant-HK", converted=True),
    Term("麻藥", "zh-Hant-TW", "deprecated"),
    subject="law",
    definitions=(Definition("A thing.", "en"), Definition("物。", "zh-Hant")),
)


@WORKED
@given(concepts(raw_texts()))
def test_every_pair_is_read_by_omegat_or_told(given: list[Concept]) -> None:
    written = write_omegat(given, "en", "zh-Hant")
    wanted = [pair for pair in pairs(given, "en", "zh-Hant") if not is_formula(pair.source.text + pair.target.text)]
    read = {(entry.source, entry.target) for entry in omegat(written.data)}
    for pair in wanted:
        if not is_formula(pair.target.text):
            assert (pair.source.text.strip(), pair.target.text.strip()) in read
    assert not any(is_formula(cell) for entry in omegat(written.data) for cell in entry)


def test_omegat_keeps_a_term_that_would_make_its_line_a_comment() -> None:
    written = write_omegat([concept("a", Term("#metoo", "en"), Term("a\tb\nc", "zh-Hans"))], "en", "zh-Hans")
    assert omegat(written.data) == [("#metoo", "a b c", "")]
    assert written.losses == ()


def test_omegat_says_in_the_comment_what_a_translator_should_know() -> None:
    assert omegat(write_omegat([DRUG], "en", "zh-Hant").data) == [
        ("drug", "藥物", "converted, not attested · zh-Hant-HK · law · A thing."),
        ("drug", "毒品", "admitted · law · 物。 · n · s"),
        ("drug", "麻藥", "deprecated · zh-Hant-TW · law · A thing."),
    ]


def test_scripts_are_in_files_of_their_own_and_a_region_falls_back_on_its_script() -> None:
    both = [concept("a", Term("drug", "en"), Term("毒品", "zh-Hans"), Term("毒品!", "zh-Hant"))]
    assert [e.target for e in omegat(write_omegat(both, "en", "zh-Hans").data)] == ["毒品"]
    assert [e.target for e in omegat(write_omegat(both, "en", "zh-Hant-TW").data)] == ["毒品!"]
    assert write_omegat(both, "en", "fr").losses == (
        "Left out, because there is no term in en or none in fr: 1 concept.",
    )


@WORKED
@given(concepts(raw_texts()))
def test_deepl_gets_nothing_that_it_refuses(given: list[Concept]) -> None:
    read = rows(write_deepl(given, "en", "zh-Hant"))
    assert len({source for source, _ in read}) == len(read)
    for side in (side for row in read for side in row):
        assert side == side.strip() != ""
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]", side)
        assert not is_formula(side)


def test_deepl_has_limits_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [
        concept(f"c{n}", Term(f"s{n}", "en"), Term("長" * length, "zh-Hant"))
        for n, length in enumerate((341, 342, 3, 3))
    ]
    monkeypatch.setattr(deepl, "LARGEST", 1_050)
    written = write_deepl(given, "en", "zh-Hant")
    assert rows(written) == [["s0", "長" * 341], ["s2", "長長長"]]
    assert written.losses == (
        "Left out, because a side is too long or has characters that are refused: 1 pair.",
        "Left out, because the file would be larger than 10 MiB: 1 pair.",
    )


def test_a_machine_is_told_only_what_is_sure() -> None:
    given = [
        concept("a", Term("probation", "en"), Term("缓刑", "zh-Hans")),
        concept("b", Term("probation", "en"), Term("保护观察", "zh-Hans")),
        concept("c", Term("Party", "en"), Term("缔约国", "zh-Hans")),
        concept("d", Term("Party", "en"), Term("缔约国", "zh-Hans")),
        concept("e", Term("INCB", "en"), Term("管制局", "zh-Hans", scope="doc"), Term("麻管局", "zh-Hans", "admitted")),
        concept("f", Term("drug", "en", "deprecated"), Term("x", "zh-Hans", "deprecated"), Term("毒品", "zh-Hans")),
        concept("g", Term("=1", "en"), Term("公式", "zh-Hans")),
    ]
    written = write_deepl(given, "en", "zh-Hans")
    assert rows(written) == [["Party", "缔约国"], ["INCB", "麻管局"], ["drug", "毒品"]]
    assert written.losses == (
        "Left out, because the target is deprecated: 1 pair.",
        "Left out, because it holds in one document alone: 1 pair.",
        "Left out, because a spreadsheet would run it as a formula: 1 pair.",
        "Left out, because it has several meanings with different targets: 1 term.",
    )


def test_the_best_target_is_the_one_a_machine_gets() -> None:
    given = [concept("a", Term("x", "en"), Term("甲", "zh-Hans", "admitted"), Term("乙", "zh-Hans"))]
    written = write_deepl(given, "en", "zh-Hans")
    assert rows(written) == [["x", "乙"]]
    assert written.losses == ("Left out, because a source term has one target: 1 pair.",)


def test_google_gets_a_row_for_each_concept_under_its_own_codes() -> None:
    simple = concept("a", Term("drug", "en"), Term("毒品", "zh-Hans"), Term("藥", "zh-Hant"), Term("毒", "zh-Hant-TW"))
    written = write_google([simple, DRUG, concept("b", Term("lonely", "en"))])
    assert rows(written) == [["en", "zh-CN", "zh-TW", "pos", "description"], ["", "毒品", "毒", "", ""]]
    assert written.losses == (
        "Left out, because the format has no such language (zh-Hant-HK): 1 term.",
        "Left out, because a row has one term of a language, in use everywhere: 2 terms.",
        "Left out, because it names several concepts: 2 terms.",
        "Left out, because fewer than two languages are left: 2 concepts.",
    )


@WORKED
@given(concepts(raw_texts()))
def test_google_gets_two_terms_in_a_row_and_each_once(given: list[Concept]) -> None:
    header, *read = rows(write_google(given))
    assert header[-2:] == ["pos", "description"]
    columns = list(zip(*(row[:-2] for row in read), strict=True))
    assert all(len([*filter(None, column)]) == len({*filter(None, column)}) for column in columns)
    assert all(sum(map(bool, row[:-2])) >= 2 for row in read)
    assert not any(is_formula(cell) for row in read for cell in row)


def test_google_has_limits_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongwen.exchange.google.LARGEST", 1_100)
    given = [concept(f"c{n}", Term(f"term {n}", "en"), Term(f"词{n}", "zh-Hans")) for n in range(9)]
    written = write_google(given)
    assert len(written.data) < 1_100
    assert written.losses == (f"Left out, because the file would be too large: {9 - len(rows(written)) + 1} concepts.",)


def test_memoq_gets_its_own_header_and_a_row_for_each_concept() -> None:
    found = Evidence("d", "p_1", Span(0, 2), "毒品。")
    given = concept(
        "drug",
        Term("drug", "en"),
        Term("dope", "en", "deprecated"),
        Term("毒品", "zh-Hans", found=(found,), count=1),
        Term("藥物", "zh-Hant"),
        Term("drogue", "it"),
        subject="law",
        definitions=(Definition("A\nthing.", "en"),),
        notes=("n",),
        links=(Link("related", "x"),),
    )
    written = write_memoq([given])
    match = "CasePermissive;HalfPrefix"
    header, row = rows(written)
    triple = ["Term_Info", "Term_Example"]
    assert header == [
        *("Entry_ID", "Entry_Subject", "Entry_Domain", "Entry_Note"),
        *["English_Def", "English", *triple, "English", *triple],
        *["Chinese_PRC_Def", "Chinese_PRC", *triple],
        *["Chinese_Taiwan_Def", "Chinese_Taiwan", *triple],
        *["Chinese_Hong_Kong_Def", "Chinese_Hong_Kong", *triple],
    ]
    assert row == [
        *("1", "law", "", "drug; n"),
        *["A thing.", "drug", match, "", "dope", f"{match};Forbidden", ""],
        *["", "毒品", match, "毒品。"],
        *["", "藥物", match, "", "", "藥物", match, ""],
    ]
    assert written.losses == (
        "Left out, because the format has no such language (it): 1 term.",
        "Told under Taiwan and Hong Kong both, because Traditional has no name of its own: 1 term.",
        "Left out: 1 link.",
        "The id is in the note, because entries are numbered: 1 concept.",
    )


@WORKED
@given(concepts(raw_texts()))
def test_memoq_gets_rows_of_one_width_and_one_line_and_no_formula(given: list[Concept]) -> None:
    written = write_memoq(given)
    read = rows(written)
    assert {len(row) for row in read} == {len(read[0])}
    assert written.data.decode().count("\n") == len(given) + 1
    assert not any(is_formula(cell) for row in read for cell in row)


def test_what_memoq_gets_can_be_read_back_by_its_header() -> None:
    given = concept("a", Term("drug", "en"), Term("dope", "en", "admitted"), Term("毒品", "zh-Hans"), subject="law")
    (back,) = read_csv(write_memoq([given]).data, "a.csv").concepts
    assert {(t.language, t.text) for t in back.terms} == {(t.language, t.text) for t in given.terms}
    assert back.subject == "law"


@WORKED
@given(concepts(raw_texts()))
def test_weblate_tells_entries_apart(given: list[Concept]) -> None:
    written = write_weblate(given, "en", "zh-Hant")
    header, *read = rows(written)
    assert header[:3] == ["source", "target", "context"]
    assert len({(row[0], row[2]) for row in read}) == len(read)
    assert not any(is_formula(cell) or cell[:1] in ("|", "%") for row in read for cell in row[:2])


def test_weblate_reads_what_is_written() -> None:
    store = csvfile()
    store.parse(write_weblate([DRUG, concept("p", Term("%", "en"), Term("百分", "zh-Hant"))], "en", "zh-Hant").data)
    units = [(unit.source, unit.target, unit.context, unit.developer_comments) for unit in store.units]
    assert units == [
        ("drug", "藥物", "drug", "converted, not attested · zh-Hant-HK · law · A thing."),
        ("drug", "毒品", "drug 2", "admitted · law · 物。 · n · s"),
    ]


@pytest.mark.parametrize("name", ["omegat", "memoq", "weblate", "deepl", "google"])
def test_the_bundled_termbase_is_written_for_every_tool(name: str) -> None:
    form, bundled = WRITERS[name], read_folder(TERMBASE).concepts
    written = form.write(bundled, "en", "zh-Hant-TW") if form.directed else form.write(bundled)
    lines = written.data.decode("utf-8-sig").count("\n")
    assert lines > len(bundled) * (0.8 if form.directed else 0.95)
    assert "去罪化" in written.data.decode() or "除罪化" in written.data.decode()
