"""``tongwen glossary import`` and ``diff``: what is said, what is written, and with which exit code."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import click
import pytest

from conftest import ROOT
from tongwen.cli import glossary_diff, glossary_import
from tongwen.concept import Concept, Term
from tongwen.errors import NotFound, TongwenError, UnreadableFile, UsageError
from tongwen.exchange import formats
from tongwen.exchange.csv_table import read_csv, write_csv
from tongwen.exchange.folder import read_folder, write_folder
from tongwen.exchange.xlsx import read_xlsx, write_xlsx

OURS = (Concept("drug", (Term("drug", "en"), Term("毒品", "zh-Hans"))),)
THEIRS = (
    Concept("drug", (Term("drug", "en"), Term("毒品", "zh-Hans", "admitted"), Term("毒品", "zh-Hant"))),
    Concept("new", (Term("new", "en"), Term("未定", "zh-Hans", "candidate"), Term("新", "zh-Hant", converted=True))),
)


def run(command: click.Command, *arguments: object) -> int:
    with command.make_context("glossary", [str(argument) for argument in arguments]) as context:
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
