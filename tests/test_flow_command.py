"""`tongwen index` and `status` as processes of their own: exit codes, what is printed where, and in which shape."""

from __future__ import annotations

import json
import os
import pty
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from little_corpus import command, run, write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", ["a.txt", "b.txt"])


def test_it_says_what_it_did(tmp_path: Path, corpus: Path) -> None:
    done = run("index", corpus, "--index", tmp_path / "index")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("added 2, updated 0, unchanged 0, removed 0, failed 0 (")


def test_json_has_the_promised_shape(tmp_path: Path, corpus: Path) -> None:
    (corpus / "empty\n.txt").touch()
    done = run("index", corpus, "--index", tmp_path / "index", "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 3
    assert {name: said[name] for name in ("added", "updated", "unchanged", "removed")} == {
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
    }
    assert [sorted(failure) for failure in said["failed"]] == [["path", "problem"]]
    assert said["failed"][0]["path"] == str(corpus / "empty\n.txt")
    assert said["seconds"] > 0
    assert done.stderr.count("\n") == 1 and "empty" in done.stderr


def test_a_path_that_is_no_unicode_is_told_in_json_too(tmp_path: Path, corpus: Path) -> None:
    Path(os.fsdecode(os.fsencode(corpus) + b"/\xff.txt")).touch()
    done = run("index", corpus, "--index", tmp_path / "index", "--json")
    assert done.returncode == 3
    assert len(json.loads(done.stdout)["failed"]) == 1


@pytest.mark.parametrize("arguments", [["index", ""], ["index", "--index", ""], ["--index", "", "status"]])
def test_an_empty_path_is_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "It is empty" in done.stderr


def test_an_index_of_nothing_is_not_begun(tmp_path: Path) -> None:
    assert run("index", "missing", cwd=tmp_path).returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_holds_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    assert run("index", cwd=tmp_path).returncode == 0
    search, status = run("search", "法", cwd=tmp_path), run("status", cwd=tmp_path)
    assert (search.returncode, search.stdout, status.returncode, status.stderr) == (1, "", 0, "")
    for told in (search.stderr, status.stdout):
        assert "The index at index holds nothing yet" in told and told.count("\n") == 1


@pytest.mark.parametrize("what", ["*.toc", "*.pst", "*"])
def test_status_tells_when_the_engine_s_files_are_gone(tmp_path: Path, corpus: Path, what: str) -> None:
    run("index", cwd=tmp_path)
    for file in (tmp_path / "index" / "whoosh").glob(what):
        file.unlink()
    told = run("status", cwd=tmp_path)
    assert told.returncode == 0 and "is damaged" in told.stdout and "`tongwen index` fills" in told.stdout
    assert json.loads(run("status", "--json", cwd=tmp_path).stdout)["stale"] is True
    assert run("index", cwd=tmp_path).returncode == 0
    assert json.loads(run("status", "--json", cwd=tmp_path).stdout)["engine_fault"] == ""


@pytest.mark.parametrize("noted", ["words", "fingerprint *"])
def test_damage_to_what_is_noted_is_told_and_rebuilt(tmp_path: Path, corpus: Path, noted: str) -> None:
    run("index", cwd=tmp_path)
    with closing(sqlite3.connect(tmp_path / "index" / "tongwen.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = '{' WHERE name GLOB ?", [noted])
        connection.execute("UPDATE meta SET name = 'fingerprint x' WHERE name GLOB 'fingerprint *'")
        connection.execute("UPDATE files SET stamp = 'x'")
    told = run("index", cwd=tmp_path)
    assert told.returncode == 1 and "tongwen index --full" in told.stderr and told.stderr.count("\n") == 1
    assert run("index", "--full", cwd=tmp_path).returncode == 0
    assert run("search", "精神", cwd=tmp_path).returncode == 0


def test_without_a_path_it_reads_the_folder_corpus(tmp_path: Path, corpus: Path) -> None:
    done = run("index", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "index").is_dir()
    assert run("index", cwd=corpus).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nowhere"], 1, "nowhere"),
        (["--engine", "lucene", "corpus"], 2, "whoosh"),
        (["--jobs", "0", "corpus"], 2, "0 jobs"),
        (["--jobs", "many", "corpus"], 2, "many"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    tmp_path: Path, corpus: Path, arguments: list[str], code: int, told: str
) -> None:
    done = run("index", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr and "Traceback" not in done.stderr


def test_vanished_files_are_named_and_are_no_failure(tmp_path: Path, corpus: Path) -> None:
    run("index", cwd=tmp_path)
    (corpus / "a.txt").unlink()
    done = run("index", cwd=tmp_path)
    assert done.returncode == 0
    assert "a.txt" in done.stderr and "--prune" in done.stderr
    done = run("index", "--prune", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "removed 1" in done.stdout


def test_progress_is_shown_on_a_terminal_alone(tmp_path: Path, corpus: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command("index"), cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        assert process.stdout and b"added 2" in process.stdout.read()
    assert b"2 of 2 files" in os.read(ours, 10_000)
    os.close(ours)


def test_status_says_what_is_there_and_what_is_stale(tmp_path: Path, corpus: Path) -> None:
    assert run("status", cwd=tmp_path).returncode == 1
    run("index", cwd=tmp_path)
    done = run("status", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 documents, 4 articles" in done.stdout and "nothing is stale" in done.stdout
    assert re.search(r"^last run \S+, done$", done.stdout, re.MULTILINE)
    write(corpus, ["c\n.txt"])
    said = run("status", cwd=tmp_path).stdout
    assert "1 new:\n" in said and "c\\n.txt\n" in said and "`tongwen index` brings it up to date" in said
    found = json.loads(run("status", "--json", cwd=tmp_path).stdout)
    assert (found["stale"], found["counts"]["documents"], found["engine"]) == (True, 2, "whoosh")


def test_other_formats_are_told_in_one_line(tmp_path: Path, corpus: Path) -> None:
    for name in ("a.odt", "b.epub", "package.json"):
        (corpus / name).write_text("{}")
    done = run("index", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("tongwen: passed over 3 files of other formats: .epub 1, ")
    assert json.loads(done.stdout)["passed_over"] == {".odt": 1, ".epub": 1, ".json without a statute": 1}
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["TONGWEN_MAX_FILE_MB", "TONGWEN_MAX_PDF_PAGES", "TONGWEN_MAX_PDF_SECONDS"])
def test_a_wrong_limit_is_told_once(tmp_path: Path, corpus: Path, name: str) -> None:
    for number in (1, 2):
        (corpus / f"{number}.pdf").write_bytes(b"%PDF-1.7")
    done = run("index", cwd=tmp_path, env={**os.environ, name: "much"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count(name) == 1


def test_status_says_what_helps_against_each_sort_of_staleness(tmp_path: Path, corpus: Path) -> None:
    other = write(tmp_path / "other folder", ["d.txt", "e.txt"])
    run("index", "corpus", other, cwd=tmp_path)
    (corpus / "a.txt").unlink()
    said = run("status", cwd=tmp_path).stdout
    assert "brings it up to date" not in said
    assert f"`tongwen index --prune {corpus} '{other}'` removes" in said
    other.rename(tmp_path / "moved")
    said = run("status", cwd=tmp_path).stdout
    assert f"`tongwen index --prune '{other}'` removes" in said and "`tongwen index --prune` removes" in said
    run("index", "--prune", "corpus", other, cwd=tmp_path)
    assert "nothing is stale" in run("status", cwd=tmp_path).stdout
    (corpus / "empty.txt").touch()
    assert run("index", cwd=tmp_path).returncode == 3
    said = run("status", cwd=tmp_path).stdout
    assert "mend the files" in said and "brings it up to date" not in said and "nothing is stale" not in said


def test_a_disk_that_is_gone_costs_a_few_lines(tmp_path: Path, corpus: Path) -> None:
    write(corpus, [f"{n}.txt" for n in range(40)])
    run("index", corpus, "--index", tmp_path / "index")
    for file in corpus.iterdir():
        file.unlink()
    done = run("index", corpus, "--index", tmp_path / "index")
    assert done.stderr.count("\n") == 21 and "and 22 more have vanished" in done.stderr


@pytest.mark.parametrize(
    ("file", "arguments", "code"),
    [
        ("last-run.json", ["status"], 0),
        ("terms.sqlite.sums", ["search", "毒品"], 0),
        ("whoosh/*.pst", ["search", "毒品"], 1),
        ("whoosh/*.toc", ["search", "毒品"], 1),
        ("tongwen.sqlite", ["verify"], 1),
    ],
)
def test_a_pipe_in_the_index_is_not_waited_for(
    tmp_path: Path, corpus: Path, file: str, arguments: list[str], code: int
) -> None:
    """An index may be a gift; to open a pipe that nobody writes to never ends."""
    folder = tmp_path / "index"
    run("index", corpus, "--index", folder)
    run("search", "毒品", "--index", folder)
    place = next(iter(folder.glob(file)), folder / file)
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    done = run(*arguments, "--index", folder)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
