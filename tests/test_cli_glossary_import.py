"""``tongwen glossary import`` and ``diff``: what is said, what is written, and with which exit code."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import click
import pytest
from hypothesis import given, settings

from concept_strategies import concepts, raw_texts
from conftest import ROOT
from little_corpus import run as tongwen
from tongwen.cli import glossary_diff, glossary_import
from tongwen.concept import Concept, Definition, Term
from tongwen.errors import NotFound, TongwenError, UnreadableFile, UsageError
from tongwen.exchange import formats
from tongwen.exchange.canonical import canonical
from tongwen.exchange.csv_table import read_csv, write_csv
from tongwen.exchange.folder import read_folder, write_folder
from tongwen.exchange.reading import Reading
from tongwen.exchange.replacing import locked, replace_files
from tongwen.exchange.xlsx import read_xlsx, write_xlsx

OURS = (Concept("drug", (Term("drug", "en"), Term("毒品", "zh-Hans"))),)
THEIRS = (
    Concept("drug", (Term("drug", "en"), Term("毒品", "zh-Hans", "admitted"), Term("毒品", "zh-Hant"))),
    Concept("new", (Term("new", "en"), Term("未定", "zh-Hans", "candidate"), Term("新", "zh-Hant", converted=True))),
)


def run(command: click.Command, *arguments: object) -> int:
    with command.make_context(
        "glossary", [str(argument) for argument in arguments], help_option_names=["-h", "--help"]
    ) as context:
        return int(command.invoke(context) or 0)


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No index, whatever the folder holds in which the tests are run."""
    monkeypatch.setenv("TONGWEN_INDEX", str(tmp_path / "none"))


@pytest.fixture
def termbase(tmp_path: Path) -> Path:
    write_folder(OURS, tmp_path / "termbase")
    return tmp_path / "termbase"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    file = tmp_path / "theirs.xlsx"
    file.write_bytes(write_xlsx(THEIRS).data)
    return file


def test_an_import_says_what_it_takes_and_what_not(
    termbase: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(glossary_import.command, theirs, "--termbase", termbase) == 3
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "drug: term added: zh-Hant 毒品: preferred",
        "new: concept added: new",
        "new: term added: en new: preferred",
        "Done: term added 2, concept added 1.",
    ]
    assert err.splitlines() == [
        "tongwen: drug: status: zh-Hans 毒品: ours is preferred, theirs admitted",
        "tongwen: where a field differs ours stays; --prefer-theirs takes the file's",
        "tongwen: candidates are not taken (1): give them another status to take them",
        "tongwen: forms that a machine converted are not taken (1): clear `converted` to take them",
    ]
    assert [c.id for c in read_folder(termbase).concepts] == ["drug", "new"]
    assert run(glossary_import.command, theirs, "--termbase", termbase) == 3
    assert capsys.readouterr().out == "Nothing to take.\n"


def test_a_dry_run_writes_nothing(termbase: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file.name: file.read_bytes() for file in termbase.iterdir()}
    run(glossary_import.command, theirs, "--termbase", termbase, "--dry-run")
    assert capsys.readouterr().out.splitlines()[-1] == "Would be done: term added 2, concept added 1."
    assert {file.name: file.read_bytes() for file in termbase.iterdir()} == before


def test_theirs_can_be_preferred_and_all_be_told_as_json(
    termbase: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(glossary_import.command, theirs, "--termbase", termbase, "--prefer-theirs", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [change["kind"] for change in said["changes"]] == [
        *("term added", "status changed", "concept added", "term added")
    ]
    assert (said["conflicts"], said["faults"], said["written"]) == ([], [], True)
    assert said["left_out"] == {"candidates": 1, "converted": 1}


def test_a_new_termbase_is_made(tmp_path: Path, theirs: Path) -> None:
    assert run(glossary_import.command, theirs, "--termbase", tmp_path / "new") == 0
    assert len(read_folder(tmp_path / "new").concepts) == 2


def test_without_a_termbase_one_must_be_named(tmp_path: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="Name one"):
        run(glossary_import.command, theirs)


def test_the_bundled_termbase_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "corpus" / "termbase", tmp_path / "corpus" / "termbase")
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_bytes(write_csv(read_folder(Path("corpus/termbase")).concepts).data)
    assert run(glossary_import.command, "own.csv") == 0
    assert capsys.readouterr() == ("Nothing to take.\n", "")


def test_a_termbase_of_which_something_cannot_be_read_is_not_written_anew(termbase: Path, theirs: Path) -> None:
    terms = termbase / "terms.csv"
    terms.write_text(terms.read_text(encoding="utf-8") + "drug,en,x,unheard-of,full,,,\n", encoding="utf-8")
    before = terms.read_bytes()
    with pytest.raises(TongwenError, match=r"something that cannot be read\. Mend it first.*terms\.csv:4"):
        run(glossary_import.command, theirs, "--termbase", termbase)
    assert terms.read_bytes() == before
    assert run(glossary_import.command, theirs, "--termbase", termbase, "--dry-run") == 3


def test_a_difference_is_told_line_by_line(termbase: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(glossary_diff.command, termbase, termbase) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"
    assert run(glossary_diff.command, termbase, theirs) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "drug: term added: zh-Hant 毒品: preferred",
        "drug: status changed: zh-Hans 毒品: preferred → admitted",
    ]
    assert run(glossary_diff.command, theirs, termbase, "--json") == 0
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["term removed", "status changed", "concept removed"]


def test_rows_that_make_no_sense_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("concept,language,term\n1,en,x\n", encoding="utf-8")
    assert run(glossary_diff.command, tmp_path / "a.csv", tmp_path / "a.csv") == 3
    assert "a.csv:2: '1' is no id" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "head", "place"),
    [
        ("a.xlsx", b"PK\x03\x04", "xlsx"),
        ("a.csv", b"PK\x03\x04", "xlsx"),
        ("a.txt", b"en\tzh", "csv_table"),
        ("a.csv", b"en,note\nx,<tbx > is a format", "csv_table"),
        ("a.xml", b"<?xml version='1.0'?><mtf>", ""),
        ("a.doc", b"\xd0\xcf\x11\xe0", ""),
        ("a.xls", b"\xd0\xcf\x11\xe0", ""),
        ("a", b"", ""),
    ],
)
def test_a_format_is_known_by_what_a_file_begins_with(name: str, head: bytes, place: str) -> None:
    if place:
        assert formats.reader_of(Path(name), head) is {"xlsx": read_xlsx, "csv_table": read_csv}[place]
    else:
        with pytest.raises(UnreadableFile):
            formats.reader_of(Path(name), head)


@pytest.mark.parametrize(
    ("name", "head", "wanted"),
    [
        ("a.xml", '<?xml version="1.0"?>\n<tbx type="TBX-Basic">', "tbx"),
        ("a.txt", "<!DOCTYPE martif>\n<martif type='TBX'>", "tbx"),
        ("a.tmx", "<tmx version='1.4'>", "tmx"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_is_known_by_its_root_in_every_encoding(
    name: str, head: str, wanted: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        formats, "READERS", {key: f"xlsx.{'read' if key == wanted else 'write'}_xlsx" for key in ["tbx", "tmx"]}
    )
    assert formats.reader_of(Path(name), head.encode(encoding)) is read_xlsx


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file or folder"):
        formats.read(tmp_path / "none.csv")
    with pytest.raises(NotFound, match=r"A termbase is a folder with a terms\.csv"):
        formats.read(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(UnreadableFile, match="no ordinary file"):
        formats.read(tmp_path / "a.csv")


def test_a_part_of_a_termbase_is_not_written_over(termbase: Path, theirs: Path) -> None:
    (termbase / "terms.csv").unlink()
    before = {file.name: file.read_bytes() for file in termbase.iterdir()}
    with pytest.raises(TongwenError, match="a part of a termbase only"):
        run(glossary_import.command, theirs, "--termbase", termbase)
    assert {file.name: file.read_bytes() for file in termbase.iterdir()} == before


def test_a_second_writer_is_told_and_a_new_folder_is_only_left_with_something_in_it(
    tmp_path: Path, termbase: Path, theirs: Path
) -> None:
    with locked(termbase), pytest.raises(TongwenError, match="is busy"):
        run(glossary_import.command, theirs, "--termbase", termbase)
    with locked(tmp_path / "new"):
        pass
    assert not (tmp_path / "new").exists()
    assert read_folder(termbase).concepts == OURS


def test_links_and_modes_stay_and_nothing_is_left_behind(tmp_path: Path, termbase: Path, theirs: Path) -> None:
    kept = tmp_path / "kept.csv"
    (termbase / "terms.csv").rename(kept)
    (termbase / "terms.csv").symlink_to(kept)
    (termbase / "links.csv").chmod(0o640)
    run(glossary_import.command, theirs, "--termbase", termbase)
    assert (termbase / "terms.csv").is_symlink()
    assert "毒品,preferred" in kept.read_text(encoding="utf-8")
    assert (termbase / "links.csv").stat().st_mode & 0o777 == 0o640
    assert {file.name for file in termbase.iterdir()} == {"concepts.csv", "links.csv", "terms.csv"}


def test_where_one_file_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(OSError, match="none"):
        replace_files({tmp_path / "a": b"new", tmp_path / "none" / "b": b"new"})
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"old")]


def test_a_library_s_curated_words_can_be_taken_into_another_termbase(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    (texts / "termbase").mkdir(parents=True)
    (texts / "a.txt").write_text("甲法\n\n第一条　本法所称毒品，是指鸦片。\n", encoding="utf-8")
    write_folder(OURS, texts / "termbase")
    assert tongwen("index", texts, "--index", tmp_path / "index").returncode == 0
    for folder in ("mine", "termbase"):
        write_folder((Concept("other", (Term("other", "en"),)),), tmp_path / "termbase")
        where = ("--termbase", tmp_path / folder, "--index", tmp_path / "index")
        assert run(glossary_import.command, texts / "termbase", *where) == 0
        assert OURS[0] in read_folder(tmp_path / folder).concepts


@settings(max_examples=20, deadline=None)
@given(concepts(raw_texts()))
def test_what_was_brought_in_form_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, given: list[Concept]
) -> None:
    found = canonical(given).concepts
    found = tuple(replace(c, terms=tuple(replace(t, converted=False) for t in c.terms), links=()) for c in found)
    write_folder(found, folder := tmp_path_factory.mktemp("termbase"))
    assert read_folder(folder) == Reading(found)
    assert canonical(found) == Reading(found)


def test_what_no_cell_holds_is_left_out_and_told_and_scopes_are_dropped() -> None:
    said = (Definition("\u3000a\r\nb\xa0", "en", scope="d"), Definition("x" * 100_001, "en"))
    concept = Concept("a", (Term("甲\u3000", "zh-Hans"), Term("甲", "zh-Hans")), definitions=said)
    found, faults = canonical([concept])
    assert found == (Concept("a", (Term("甲", "zh-Hans"),), definitions=(Definition("a\nb", "en"),)),)
    assert len(faults) == 1
