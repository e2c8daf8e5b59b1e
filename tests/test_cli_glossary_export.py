"""``tongwen glossary export``: what goes into a file, what is told, and that a file is there in whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from little_corpus import write
from tongwen.cli.boundary import run
from tongwen.cli.glossary_export import NAMES
from tongwen.exchange.formats import WRITERS, read

TERMS = """concept,language,term,status
psychotropic,zh-Hans,精神药物,preferred
psychotropic,zh-Hans,精神药品,deprecated
psychotropic,en,psychotropic substance,preferred
fine,zh-Hans,罚款,preferred
idea,zh-Hant,概念,candidate
"""
TEXT = "甲法\n\n第一条　本法所称精神药物，是指附表所列物质。\n\n第二条　违反前条的，处罚款。\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("library")
    write(place, {"texts/a.txt": TEXT, "texts/termbase/terms.csv": TERMS})
    assert run(["index", str(place / "texts"), "--index", str(place / "index")]) == 0
    return place


def export(library: Path, *arguments: object) -> int:
    return run(["glossary", "--index", str(library / "index"), "export", *map(str, arguments)])


def test_every_format_is_offered() -> None:
    assert list(NAMES) == list(WRITERS)


@pytest.mark.parametrize("name", [name for name in NAMES if not WRITERS[name].directed])
def test_a_file_is_written_in_the_format_of_its_name_and_ending(library: Path, tmp_path: Path, name: str) -> None:
    by_ending = tmp_path / f"out.{WRITERS[name].extension}"
    assert export(library, "--format", name, "-o", tmp_path / "named") == 0
    if name not in ("memoq", "google"):  # whose ending is that of CSV
        assert export(library, "-o", by_ending) == 0
        if name == "xlsx":  # whose bytes have the time in them
            assert read(by_ending) == read(tmp_path / "named")._replace(faults=())
        else:
            assert by_ending.read_bytes() == (tmp_path / "named").read_bytes()
    assert (tmp_path / "named").stat().st_size


@pytest.mark.parametrize("ending", ["tbx", "v2.tbx", "tmx", "xlsx", "csv"])
def test_what_is_exported_can_be_read_again_and_holds_the_terms(library: Path, tmp_path: Path, ending: str) -> None:
    assert export(library, "-o", tmp_path / f"out.{ending}") == 0
    concepts, faults = read(tmp_path / f"out.{ending}")
    assert not faults
    found = {(t.text, t.status) for c in concepts for t in c.terms}
    assert found == {
        ("精神药物", "preferred"),
        ("精神药品", "deprecated"),
        ("psychotropic substance", "preferred"),
        ("罚款", "preferred"),
    }


def test_a_converted_form_is_left_out_or_says_that_it_is_one(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def traditional(*options: str) -> set[tuple[str, str, bool]]:
        assert export(library, *options, "-o", tmp_path / "out.tbx") == 0
        terms = (t for c in read(tmp_path / "out.tbx").concepts for t in c.terms if t.language == "zh-Hant")
        return {(t.text, t.status, t.converted) for t in terms}

    assert traditional() == set()
    assert "2 forms that a machine converted are left out" in capsys.readouterr().err
    both = {"精神藥物", "罰款"}
    assert traditional("--converted", "admitted") == {(text, "admitted", True) for text in both}
    assert traditional("--converted", "preferred") == {(text, "preferred", True) for text in both}


def test_candidates_go_alone(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(library, "--status", "candidate", "-o", tmp_path / "out.csv") == 0
    assert {t.text for c in read(tmp_path / "out.csv").concepts for t in c.terms} == {"概念"}
    assert export(library, "--status", "candidate", "--status", "preferred", "-o", tmp_path / "out.csv") == 2
    assert "never mixed" in capsys.readouterr().err


def test_a_format_of_pairs_gets_a_file_for_each(library: Path, tmp_path: Path) -> None:
    assert export(library, "--format", "omegat", "-o", f"{tmp_path}/all/") == 0
    assert sorted(file.name for file in (tmp_path / "all").iterdir()) == [
        "glossary.en.zh-Hans.utf8",
        "glossary.zh-Hans.en.utf8",
    ]
    one = tmp_path / "one.utf8"
    assert export(library, "--format", "omegat", "--source", "zh-Hans", "--target", "en", "-o", one) == 0
    first = one.read_text("utf-8").splitlines()[0].split("\t")
    assert first[:2] == ["精神药物", "psychotropic substance"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "omegat"], "is for one pair of languages"),
        (["--format", "tbx", "--source", "en"], "holds all languages"),
        (["-o", "out.docx"], "names no format"),
        ([], "not named"),
    ],
)
def test_what_cannot_be_meant_is_told(
    library: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(library, *arguments) == 2
    assert said in capsys.readouterr().err


def test_nothing_is_written_where_no_entry_is_left(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(library, "--subject", "nothing", "-o", tmp_path / "out.tbx") == 1
    assert "No entry is left" in capsys.readouterr().err
    assert not (tmp_path / "out.tbx").exists()


def test_no_command_but_import_writes_in_a_termbase(library: Path, tmp_path: Path) -> None:
    termbase = library / "texts/termbase"
    before = {file.name: file.read_bytes() for file in termbase.iterdir()}
    assert run(["index", str(library / "texts"), "--index", str(library / "index"), "--full"]) == 0
    assert export(library, "-o", tmp_path / "out.xlsx") == 0
    assert {file.name: file.read_bytes() for file in termbase.iterdir()} == before


@pytest.mark.parametrize("ending", ["tbx", "v2.tbx", "tmx", "xlsx", "csv"])
def test_what_comes_back_unchanged_changes_nothing(
    library: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"out.{ending}"
    assert export(library, "-o", file) == 0
    capsys.readouterr()
    assert run(["glossary", "--index", str(library / "index"), "import", str(file)]) == 0
    assert capsys.readouterr().out == "Nothing to take.\n"


def test_of_what_comes_back_only_what_was_changed_is_taken(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.csv"
    assert export(library, "-o", file) == 0
    file.write_text(file.read_text("utf-8").replace("psychotropic substance", "psychotropic drug"), "utf-8")
    capsys.readouterr()
    assert run(["glossary", "--index", str(library / "index"), "import", str(file), "--dry-run"]) == 3
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "tongwen: psychotropic: preferred term: en: ours is psychotropic substance, theirs psychotropic drug",
        "tongwen: where a field differs ours stays; --prefer-theirs takes the file's",
    ]
    assert out.splitlines() == [
        "psychotropic: term added: en psychotropic drug: admitted",
        "Would be done: term added 1.",
    ]
