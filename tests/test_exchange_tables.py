"""Termbases that are edited in a spreadsheet: what is written is read back, and nothing in it is run."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from concept_strategies import concepts, raw_texts
from conftest import ROOT
from tongwen.concept import STATUSES, Concept, Definition, Evidence, Link, Term
from tongwen.errors import UnreadableFile, UsageError
from tongwen.exchange import archive
from tongwen.exchange.cells import from_cell, plain, to_cell
from tongwen.exchange.csv_table import COLUMNS, read_csv, write_csv
from tongwen.exchange.folder import read_folder, write_folder
from tongwen.exchange.reading import Reading
from tongwen.exchange.rows import tag_of
from tongwen.exchange.xlsx import read_xlsx, write_xlsx
from tongwen.export.guard import is_formula
from tongwen.model import Span

TERMBASE = ROOT / "corpus" / "termbase"
WORKED = settings(max_examples=15, deadline=None)  # a workbook takes some milliseconds
PLACE = Evidence("d", "p_1", Span(0, 2), "減害")
FOUND = Term("減害", "zh-Hant", found=(PLACE, PLACE), count=12, documents=3, converted=True, score=0.12345)


@given(raw_texts())
def test_a_cell_gives_its_text_back_and_is_never_run(text: str) -> None:
    text = plain(text).strip()
    assert from_cell(to_cell(text)) == text
    assert not is_formula(to_cell(text))


@given(raw_texts(), raw_texts())
def test_no_two_texts_have_one_cell(one: str, other: str) -> None:
    one, other = plain(one).strip(), plain(other).strip()
    assert (to_cell(one) == to_cell(other)) == (one == other)


@settings(max_examples=30, deadline=None)
@given(concepts())
def test_a_csv_file_gives_every_concept_back(given: list[Concept]) -> None:
    assert read_csv(write_csv(given).data, "a.csv") == Reading(tuple(given))


@WORKED
@given(concepts())
def test_a_workbook_gives_every_concept_back(given: list[Concept]) -> None:
    assert read_xlsx(write_xlsx(given).data, "a.xlsx") == Reading(tuple(given))


@settings(max_examples=20, deadline=None)
@given(concepts())
def test_a_folder_gives_every_concept_back(tmp_path_factory: pytest.TempPathFactory, given: list[Concept]) -> None:
    folder = tmp_path_factory.mktemp("termbase")
    write_folder(given, folder)
    written = tuple(replace(c, terms=tuple(replace(t, converted=False) for t in c.terms)) for c in given)
    assert read_folder(folder) == Reading(written)
    cells = [c for f in folder.iterdir() for row in csv.reader(f.open(encoding="utf-8", newline="")) for c in row]
    assert not any(map(is_formula, cells))


@WORKED
@given(concepts(raw_texts()))
def test_whatever_a_text_holds_no_cell_is_run_and_a_second_export_is_the_same(given: list[Concept]) -> None:
    cells = list(csv.reader(io.StringIO(write_csv(given).data.decode("utf-8-sig"), newline="")))
    assert not any(is_formula(cell) for row in cells for cell in row)
    once = read_csv(write_csv(given).data, "a.csv").concepts
    assert read_csv(write_csv(once).data, "a.csv").concepts == once
    book = load_workbook(io.BytesIO(write_xlsx(given).data))
    written = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in written} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in written if is_formula(str(cell.value)))


@pytest.mark.parametrize("write, read", [(write_csv, read_csv), (write_xlsx, read_xlsx)])
def test_the_bundled_termbase_comes_back_whole(write, read) -> None:  # type: ignore[no-untyped-def]
    bundled = read_folder(TERMBASE)
    assert len(bundled.concepts) > 150
    written = write(bundled.concepts)
    assert read(written.data, "a") == bundled
    assert written.losses == ()


def test_a_workbook_is_ready_to_be_edited() -> None:
    book = load_workbook(io.BytesIO(write_xlsx([Concept("a", (Term("x", "en"), FOUND))]).data))
    assert book.sheetnames == ["Glossary", "Terms", "Concepts", "Links"]
    terms = book["Terms"]
    assert terms.freeze_panes == "C2"
    assert terms.auto_filter.ref == "A1:M3"
    assert terms["C1"].font.bold
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in terms.data_validations.dataValidation}
    assert offered["D2"] == f'"{",".join(STATUSES)}"'
    assert [cell.value for cell in terms[3]][8:] == ["yes", 12, 3, "d#p_1", "0.123"]
    assert book["Glossary"].protection.sheet
    assert not terms.protection.sheet
    assert [cell.value for cell in book["Glossary"][1]] == ["concept", "subject", "zh-Hant", "en", "definition"]


def test_what_is_told_of_a_term_is_read_of_none_but_that_it_was_converted() -> None:
    found = Concept("a", (FOUND,))
    read = Term("減害", "zh-Hant", converted=True)
    for reading in (read_csv(write_csv([found]).data, "a"), read_xlsx(write_xlsx([found]).data, "a")):
        assert reading.concepts == (Concept("a", (read,)),)


def test_what_a_table_cannot_hold_is_told_with_how_many() -> None:
    place = Evidence("d", "p_1", Span(0, 1))
    concept = Concept(
        "a",
        (FOUND, Term("a\0", "en")),
        definitions=(Definition("x", "en", found=place, scope="article"),),
        links=(Link("related", "b", found=(place,)),),
        origin="document",
    )
    assert write_csv([concept, Concept("c", ())]).losses == (
        "Only the first place is told: 1 term.",
        "The sentences that show it are not told: 1 link.",
        "The place in the text is not told: 1 definition.",
        "How far it reaches in its text is not told: 1 definition.",
        "Not told that nobody wrote it by hand: 1 concept.",
        "Not read back, without a term: 1 concept.",
        "Not read back, to a concept that is not here: 1 link.",
        "Control characters stand as U+FFFD: 1 text.",
    )


def test_a_text_that_no_cell_of_a_workbook_can_hold_is_told() -> None:
    with pytest.raises(UsageError, match="too large for XLSX: the sheet Glossary"):
        write_xlsx([Concept("a", (Term("x", "en"),), definitions=(Definition("x" * 32_768, "en"),))])


SIMPLE = "concept,language,term\n{}\n"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1a,en,x", "a.csv:2: '1a' is no id: ASCII letters, digits, '-', '_' and '.', a letter first"),
        ("a,English,x", "a.csv:2: 'English' is no language tag such as zh-Hans, zh-Hant-TW or en"),
        ("a,en,x,y", "a.csv:2: has 4 cells, the header 3."),
        ("a,en,x\na,en,x", "a.csv:3: x in en stands twice in a"),
    ],
)
def test_a_row_that_makes_no_sense_is_told_and_the_rest_is_read(row: str, fault: str) -> None:
    reading = read_csv(SIMPLE.format(f"{row}\nb,zh-hant-tw,y").encode(), "a.csv")
    assert reading.concepts[-1] == Concept("b", (Term("y", "zh-Hant-TW"),))
    assert [told.removesuffix("; the row is passed over.") for told in reading.faults] == [fault]


def test_a_column_that_is_not_known_is_told() -> None:
    assert read_csv(b"concept,language,term,colour\na,en,x,red\n", "a.csv").faults == (
        "a.csv: a column is not known and not read: colour.",
    )


def test_rows_may_stand_in_any_order() -> None:
    given = read_folder(TERMBASE).concepts
    header, *rows = list(csv.reader(io.StringIO(write_csv(given).data.decode("utf-8-sig"), newline="")))
    out = io.StringIO()
    csv.writer(out).writerows([header, *sorted(rows, key=lambda row: row[3])])
    back = {c.id: c for c in read_csv(out.getvalue().encode(), "a.csv").concepts}
    for concept in given:
        assert set(back[concept.id].terms) == set(concept.terms)
        assert set(back[concept.id].definitions) == set(concept.definitions)
        assert set(back[concept.id].links) == set(concept.links)


USER = (
    "ID{0}English term{0}简体中文{0}Chinese (Traditional){0}Definition (en){0}备注{0}colour\n"
    "1{0}drug{0}毒品{0}毒品{0}A thing.{0}n{0}red\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_that_somebody_made_is_read_by_its_header(sign: str, encoding: str) -> None:
    reading = read_csv(USER.format(sign).encode(encoding), "a.csv")
    terms = (Term("drug", "en"), Term("毒品", "zh-Hans"), Term("毒品", "zh-Hant"))
    definitions = (Definition("A thing.", "en"),)
    assert reading.concepts == (Concept("x-drug", terms, definitions=definitions, notes=("n",)),)
    assert reading.faults == ("a.csv: a column is not known and not read: colour.",)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        *[("zh_Hant_HK", "zh-Hant-HK"), ("Chinese_PRC", "zh-Hans"), ("臺灣", "zh-Hant-TW"), ("正體中文", "zh-Hant")],
        *[("術語（簡體）", "zh-Hans"), ("fr-CH", "fr-CH"), ("ENGLISH", "en"), ("Taiwan term", "zh-Hant-TW")],
    ],
)
def test_the_languages_of_columns_are_known_by_many_names(header: str, language: str) -> None:
    assert read_csv(f"{header}\nx\n".encode(), "a").concepts[0].terms == (Term("x", language),)


@pytest.mark.parametrize("header", ["no", "source,target", "word", "colour"])
def test_a_header_that_names_no_language_is_told(header: str) -> None:
    with pytest.raises(UnreadableFile, match="no column is known that holds terms"):
        read_csv(f"{header}\nx,y\n".encode(), "a")


def test_cells_of_a_table_hold_alternatives_and_definitions_of_their_script() -> None:
    text = "en,简体,Definition\nharm reduction|harm minimisation;harm reduction,减低伤害；减害,“减少”伤害\n"
    (concept,) = read_csv(text.encode(), "a").concepts
    assert [(t.text, t.status) for t in concept.terms] == [
        *[("harm reduction", "preferred"), ("harm minimisation", "admitted")],
        *[("减低伤害", "preferred"), ("减害", "admitted")],
    ]
    assert concept.definitions == (Definition("“减少”伤害", "zh-Hans"),)


def test_ids_are_made_of_what_a_row_says_and_are_the_same_in_every_import() -> None:
    text = "en,zh-Hans\nprobation,缓刑\nprobation,保护观察\n,缓刑\n1961 Convention,x\nprobation,缓刑\n"
    once, again = read_csv(text.encode(), "a"), read_csv(text.encode(), "b")
    ids = [c.id for c in once.concepts]
    assert ids == [c.id for c in again.concepts]
    assert [ids[0], ids[3]] == ["x-probation", "x-1961-convention"]
    assert ids[1].startswith("x-probation-")
    assert len(ids) == len(set(ids)) == 4


def test_rows_with_one_id_are_one_concept() -> None:
    text = "id,en,zh-Hans\na,probation,缓刑\na,suspended sentence,缓刑\n"
    (concept,) = read_csv(text.encode(), "a").concepts
    assert [(t.text, t.status) for t in concept.terms] == [
        *[("probation", "preferred"), ("缓刑", "preferred"), ("suspended sentence", "admitted")]
    ]


def test_chinese_of_no_script_is_read_as_such_and_told() -> None:
    reading = read_csv("中文,en\n毒品,drug\n,\n".encode(), "a.csv")
    assert reading.concepts[0].terms[0].language == "zh"
    assert reading.faults == ("a.csv: a column of Chinese does not say its script: name it zh-Hans or zh-Hant.",)


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_another_encoding_is_told_and_not_guessed(encoding: str) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv:2: is not UTF-8\. .*GB18030 or Big5"):
        read_csv("en,zh-Hant\ndrug,毒品".encode(encoding), "a.csv")


@pytest.mark.parametrize("text", ['concept,language,term\na,en,"x', 'concept,language,term\na,en,"x"y\n'])
def test_broken_quotation_is_told_with_its_line(text: str) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv:\d: is no CSV"):
        read_csv(text.encode(), "a.csv")


def test_the_line_with_which_excel_names_the_sign_is_passed_over() -> None:
    reading = read_csv(b"sep=;\nconcept;language;term\na;en;x,y\nb;en;\n", "a.csv")
    assert reading.concepts == (Concept("a", (Term("x,y", "en"),)),)
    assert reading.faults == ("a.csv:4: no term belongs to the concept 'b'; the row is passed over.",)


def test_what_a_file_that_is_too_large_gets_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongwen.exchange.separated.LARGEST", 10)
    with pytest.raises(UnreadableFile, match="has more than"):
        read_csv(b"concept,language,term\n", "a.csv")


def workbook(rows: list[list[object]], title: str = "Terms") -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_numbers_and_days_are_read_as_text_and_formulas_are_told() -> None:
    from datetime import datetime  # noqa: PLC0415

    rows: list[list[object]] = [
        ["concept", "language", "term", "note", "source"],
        ["a", "en", 1961, datetime(2025, 3, 1), 1.5],
    ]
    reading = read_xlsx(workbook([*rows, ["b", "en", "x", "=1+1"]]), "a.xlsx")
    assert reading.concepts == (
        Concept("a", (Term("1961", "en", note="2025-03-01", source="1.5"),)),
        Concept("b", (Term("x", "en"),)),
    )
    assert reading.faults == ("a.xlsx Terms!D3: is a formula, and is read as empty.",)


def test_a_workbook_that_somebody_made_is_read_by_its_header() -> None:
    reading = read_xlsx(workbook([[], ["English", "繁體"], ["drug", "毒品"], [None, None, None]], "表"), "a.xlsx")
    assert reading == Reading((Concept("x-drug", (Term("drug", "en"), Term("毒品", "zh-Hant"))),))


def test_the_sheet_for_reading_can_be_read_alone() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(read_folder(TERMBASE).concepts).data))
    for name in ("Terms", "Concepts", "Links"):
        del book[name]
    out = io.BytesIO()
    book.save(out)
    reading = read_xlsx(out.getvalue(), "a.xlsx")
    assert [c.id for c in reading.concepts] == [c.id for c in read_folder(TERMBASE).concepts]
    assert reading.faults == ()


def test_rows_of_a_workbook_are_told_with_sheet_and_row() -> None:
    reading = read_xlsx(workbook([["concept", "language", "term", "x"], ["a", "en", "b"], ["1", "en", "x"]]), "a.xlsx")
    assert reading.faults[0] == "a.xlsx Terms: a column is not known and not read: x."
    assert reading.faults[1].startswith("a.xlsx Terms:3: '1' is no id")


def test_an_empty_workbook_is_told() -> None:
    with pytest.raises(UnreadableFile, match="no column is known"):
        read_xlsx(workbook([]), "a.xlsx")


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04", "is no XLSX workbook"),
        (write_xlsx([Concept("a", (Term("x", "en"),))]).data[:-30], "is no XLSX workbook"),
        (zipped(a=b"x"), "is no XLSX workbook that can be read"),
        (zipped(a=b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "not safe to read: its part a"),
        (zipped(a="<!DOCTYPE a>".encode("utf-16")), "not safe to read"),
        (zipped(**{f"p{n}": b"" for n in range(2_001)}), "is no XLSX workbook"),
    ],
    ids=["head", "cut", "other", "entity", "utf-16", "parts"],
)
def test_what_is_no_workbook_is_told(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read_xlsx(data, "a.xlsx")


def test_a_workbook_that_would_grow_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED", 1 << 20)
    with pytest.raises(UnreadableFile, match="unpacks to more than 1 MiB"):
        read_xlsx(zipped(a=b"\0" * (2 << 20)), "a.xlsx")


@given(st.sampled_from(["zh-hant-tw", "EN", "sgn-be-fr", "zh-hANS", "x y", "", "no good"]))
def test_tags_get_the_letter_case_of_the_standard(text: str) -> None:
    wanted = {"zh-hant-tw": "zh-Hant-TW", "EN": "en", "sgn-be-fr": "sgn-BE-FR", "zh-hANS": "zh-Hans"}
    assert tag_of(text) == wanted.get(text)


def test_the_columns_that_are_documented_are_those_that_are_written() -> None:
    page = (ROOT / "docs" / "exchange-tables.md").read_text(encoding="utf-8")
    assert not [name for name in COLUMNS if f"`{name}`" not in page]
    assert Path(TERMBASE).is_dir()
